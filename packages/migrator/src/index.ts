export { apply, diff, inspect, plan } from "./database.ts";
export { push, type PushOptions, type PushResult } from "./push.ts";
export type { OnStep } from "./apply/run-plan.ts";
export type { KeptObject, SchemaDiff } from "./diff/schema-diff.ts";
export type { Plan, Refusal, Step } from "./plan/plan-changes.ts";
