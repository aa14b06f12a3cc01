/** The conformance suite for authors of adapters, run from a test file beside the adapter. */
export { runConformance, type AdapterUnderTest } from "./conformance.ts";
export { runDifferential, type DifferentialOptions, type DifferentialTarget } from "./differential/differential.ts";
export { runEndurance } from "./endurance/run-endurance.ts";
export type { EnduranceServer, EnduranceTarget } from "./endurance/target.ts";
export { runLaws } from "./laws/run-laws.ts";
export type { Evolution } from "./migrations/evolution.ts";
export { runTraps, type Trap } from "./migrations/run-traps.ts";
export { runFiles } from "./migrations/run-files.ts";
export { runMigrations } from "./migrations/run-migrations.ts";
export { codeTable } from "./refusals/code-table.ts";
export { expectRefusal } from "./refusals/refusal.ts";
export { runRefusals } from "./refusals/run-refusals.ts";
export { runValues } from "./values/run-values.ts";
export type { SharedDatabase, Target } from "./values/target.ts";
export { becomes, notScalars, same, type ValueCase } from "./values/value-case.ts";
