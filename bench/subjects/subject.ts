import type { Calls } from "../workloads/workload.ts";

/** A library at work, or hand-written code: opened on an empty database of its own. */
export interface Subject {
  /** Runs a statement that gives no rows. */
  readonly exec: (sql: string) => unknown;
  readonly calls: Calls;
}

/**
 * What the file of a subject exports as `open`. To add a subject, write `subjects/<name>.ts` and name it in `names.ts`; its calls take
 * the inputs of `workloads/inputs.ts` and give results equal to those of `raw`.
 */
export type OpenSubject = () => Subject | Promise<Subject>;
