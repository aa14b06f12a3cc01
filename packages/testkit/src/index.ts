/** The conformance suite for authors of adapters, run from a test file beside the adapter. */
export { runConformance, type AdapterUnderTest } from "./conformance.ts";
export type { CorpusDatabase, CorpusSchema, Fingerprint } from "./corpus/corpus-database.ts";
export { runCorpus, type CorpusOptions } from "./corpus/run-corpus.ts";
export {
  runDifferential,
  type DeclaredDifference,
  type DifferentialOptions,
  type DifferentialTarget,
} from "./differential/differential.ts";
export { runEndurance } from "./endurance/run-endurance.ts";
export type { EnduranceServer, EnduranceTarget } from "./endurance/target.ts";
export { runInsertFacts, type InsertFactsSpelling } from "./inserts/run-insert-facts.ts";
export { runLaws } from "./laws/run-laws.ts";
export type { Evolution } from "./migrations/evolution.ts";
export { runTraps, type Trap } from "./migrations/run-traps.ts";
export type { Extras } from "./migrations/random/extras.ts";
export { runEvolutions } from "./migrations/random/run-evolutions.ts";
export { runOperations, type Outcome } from "./migrations/operations/run-operations.ts";
export { runOrders } from "./migrations/processes/migrate-process.ts";
export {
  gateTable,
  moduleFiles,
  statementFiles,
  type Files,
  type MigrationKind,
} from "./migrations/processes/migration-folder.ts";
export { ProcessPool } from "./migrations/processes/process-pool.ts";
export type { HeldTable, OwnRows, ProcessDatabase, ProcessTarget } from "./migrations/processes/process-target.ts";
export { runProcesses } from "./migrations/processes/run-processes.ts";
export { runFiles } from "./migrations/run-files.ts";
export { runLockTimeouts } from "./migrations/run-lock-timeouts.ts";
export { withModules, type ModuleBench } from "./migrations/module-bench.ts";
export { runModules } from "./migrations/run-modules.ts";
export { runWritten } from "./migrations/run-written.ts";
export { runMigrations } from "./migrations/run-migrations.ts";
export { codeTable } from "./refusals/code-table.ts";
export { expectRefusal } from "./refusals/refusal.ts";
export { openShop } from "./refusals/shop.ts";
export { runRefusals } from "./refusals/run-refusals.ts";
export { runValues } from "./values/run-values.ts";
export type { SharedDatabase, Target } from "./values/target.ts";
export { becomes, notScalars, same, type ValueCase } from "./values/value-case.ts";
export { valueCase } from "./values/value-cases.ts";
