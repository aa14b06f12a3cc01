import type { Calls } from "../workloads/workload.ts";

/** A library at work, or hand-written code, on connections of its own. */
export interface Crew {
  readonly calls: Calls;
  /** Closes the connections. */
  readonly close: () => unknown;
}

/** A subject: opened on a freshly seeded database of its own, on one connection. */
export interface Subject extends Crew {
  /** Runs a statement that gives no rows. */
  readonly exec: (sql: string) => unknown;
  /** The same on so many connections, for workloads of many callers; databases in the process have none. */
  readonly crew?: (connections: number) => Crew | Promise<Crew>;
}

/**
 * What the file of a subject exports as `open`. To add a subject, write its file and name it in `names.ts`; its calls take
 * the inputs of `workloads/inputs.ts` and give results equal to those of `raw`. `server` is the address of the server to use.
 */
export type OpenSubject = (server: string) => Subject | Promise<Subject>;
