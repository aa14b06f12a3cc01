export { apply, diff, inspect, plan } from "./database.ts";
export { generate, type GenerateOptions } from "./files/generate.ts";
export type { History } from "./files/history.ts";
export {
  migrate,
  rollback,
  status,
  type MigrateOptions,
  type MigrateResult,
  type RollbackOptions,
} from "./files/migrate.ts";
export type { OnStatement } from "./files/run-migration.ts";
export { push, type PushOptions, type PushResult } from "./push.ts";
export type { OnStep, PlanOptions, RunOptions } from "./apply/run-plan.ts";
export type { DiffOptions, KeptObject, SchemaDiff } from "./diff/schema-diff.ts";
export type { Hazard } from "./plan/hazards.ts";
export { lint, type Finding } from "./lint/lint-plan.ts";
export { printPlan } from "./plan/print-plan.ts";
export type { Choice, Plan, Refusal, Step } from "./plan/plan-changes.ts";
