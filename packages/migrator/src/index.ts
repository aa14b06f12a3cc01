export { pull, type PullOptions, type PullResult, type UnsaidObject } from "./codegen/pull.ts";
export type { Naming } from "./codegen/pulled.ts";
export {
  defineConfig,
  type AdapterSource,
  type ConnectionSettings,
  type FolderSettings,
  type LogSettings,
  type MigrationExtension,
  type MigrationSettings,
  type MortiseConfig,
  type SchemaSource,
} from "./config/define-config.ts";
export { apply, diff, inspect, plan } from "./database.ts";
export { diagram, type DiagramOptions } from "./diagram/diagram.ts";
export { generate, type GenerateOptions } from "./files/generate.ts";
export type { History } from "./files/history.ts";
export type { MigrationFolder } from "./files/migration-file.ts";
export {
  list,
  migrate,
  reset,
  rollback,
  status,
  type MigrateOptions,
  type MigrateResult,
  type MigrationsOptions,
  type RollbackOptions,
} from "./files/migrate.ts";
export type { OnStatement } from "./files/statement-ledger.ts";
export { baseline, type BaselineOptions, type BaselineResult } from "./files/baseline.ts";
export { squash, type SquashOptions, type SquashResult } from "./files/squash.ts";
export { unlock, type UnlockResult } from "./files/unlock.ts";
export { fresh, wipe, type WipeOptions, type WipeResult } from "./files/wipe.ts";
export { defineMigration, type Migration, type MigrationContext } from "./builder/define-migration.ts";
export type { ColumnBuilder } from "./builder/column-builder.ts";
export type { ColumnTypes, InstantOptions } from "./builder/column-types.ts";
export type { ForeignKeyBuilder, IndexOptions, IndexPart } from "./builder/key-builder.ts";
export type { SchemaBuilder, SchemaFunctions, SchemaQueue } from "./builder/schema-builder.ts";
export type { TableBuilder } from "./builder/table-builder.ts";
export type * from "./builder/table-edit.ts";
export type { TableName, TablePlace } from "./builder/table-name.ts";
export { loadModule, type LoadedModule } from "./load-module.ts";
export { push, type PushOptions, type PushResult } from "./push.ts";
export type { OnStep, PlanOptions, RunOptions } from "./apply/run-plan.ts";
export type { DiffOptions, KeptObject, SchemaDiff } from "./diff/schema-diff.ts";
export type { Hazard } from "./plan/hazards.ts";
export { lint, type Finding } from "./lint/lint-plan.ts";
export { printPlan } from "./plan/print-plan.ts";
export type { Choice, Plan, Refusal, Step } from "./plan/plan-changes.ts";
