/** One thing that every subject does in its own way, for the same input and with the same result. */
export interface Workload {
  readonly title: string;
  /** What stands between two turns, so that tables do not grow from turn to turn. */
  readonly leaves?: readonly Leftover[];
  /** Subjects of our own may leave this out; peers may leave out whatever they have nothing for. */
  readonly optional?: boolean;
  /** The results of subjects differ, as SQL texts do; nothing is compared. */
  readonly unlike?: boolean;
  /** How many callers call side by side, on as many connections; one unless said otherwise. */
  readonly callers?: number;
}

/** What a turn may leave behind: rows of `notes`, or users with other names. */
export type Leftover = "notes" | "names";

export const workloads = {
  findByKey: { title: "find by key" },
  list100: { title: "list of 100: filter, order, limit" },
  wide1k: { title: "1,000 rows of 31 columns" },
  wide10k: { title: "10,000 rows of 31 columns" },
  nested10: { title: "10 users, posts, comments" },
  nested100: { title: "100 users, posts, comments" },
  manyToMany: { title: "20 posts with their tags" },
  groupBy: { title: "group by: count and sum" },
  insertOne: { title: "insert one", leaves: ["notes"] },
  insert1k: { title: "insert 1,000", leaves: ["notes"] },
  updateByKey: { title: "update by key", leaves: ["names"] },
  transaction: { title: "transaction of five statements", leaves: ["notes", "names"] },
  planHit: { title: "plan hit: two texts by key, bare statement" },
  planMiss: { title: "plan miss: build and compile a list", optional: true, unlike: true },
  find16: { title: "16 callers: find by key", callers: 16 },
  list16: { title: "16 callers: list of 100", callers: 16 },
  nested16: { title: "16 callers: 10 users, posts, comments", callers: 16 },
  insert16: { title: "16 callers: insert one", callers: 16, leaves: ["notes"] },
} as const satisfies Readonly<Record<string, Workload>>;

export type WorkloadName = keyof typeof workloads;

export const workloadNames = Object.keys(workloads).filter(isWorkloadName);

/** Those of one caller. */
export const plainWorkloads = workloadNames.filter((name) => workloadOf(name).callers === undefined);

export function isWorkloadName(name: string): name is WorkloadName {
  return Object.hasOwn(workloads, name);
}

/** The workload of a name, with what it leaves out. */
export function workloadOf(name: WorkloadName): Workload {
  return workloads[name];
}

/** Does the workload once. `turn` counts the calls, so that inputs differ from call to call. */
export type Call = (turn: number) => unknown;

/** The workloads of a subject; one that it cannot do is left out. */
export type Calls = Readonly<Partial<Record<WorkloadName, Call>>>;

/** The calls with those of many callers, which are the same calls. */
export function withCallers(calls: Calls): Calls {
  const { findByKey, list100, nested10, insertOne } = calls;
  return {
    ...calls,
    ...(findByKey && { find16: findByKey }),
    ...(list100 && { list16: list100 }),
    ...(nested10 && { nested16: nested10 }),
    ...(insertOne && { insert16: insertOne }),
  };
}
