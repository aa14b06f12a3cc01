/** One thing that every subject does in its own way, for the same input and with the same result. */
export interface Workload {
  readonly title: string;
  /** What stands between two turns, so that tables do not grow from turn to turn. */
  readonly reset?: readonly string[];
  /** Highest ratios to other subjects that `mortise` should need, by subject. */
  readonly goals: Readonly<Record<string, number>>;
  /** Microseconds that `mortise` may need on top of `raw-prepared`, or in all where nothing stands beside it. */
  readonly microseconds?: number;
  /** Subjects that leave this out have nothing like it. */
  readonly optional?: boolean;
}

const noNotes = "delete from notes";
const oldNames = "update users set name = 'User ' || id";

export const workloads = {
  findByKey: { title: "find by key", goals: { raw: 0.5, "raw-prepared": 1.5 } },
  list100: { title: "list of 100: filter, order, limit", goals: { raw: 0.95, "raw-prepared": 1.2 } },
  wide1k: { title: "1,000 rows of 31 columns", goals: { raw: 1.1, "raw-prepared": 1.2 } },
  wide10k: { title: "10,000 rows of 31 columns", goals: { raw: 1.1, "raw-prepared": 1.2 } },
  nested10: { title: "10 users, posts, comments", goals: { raw: 1 } },
  nested100: { title: "100 users, posts, comments", goals: { raw: 1 } },
  manyToMany: { title: "20 posts with their tags", goals: { raw: 1 } },
  groupBy: { title: "group by: count and sum", goals: { raw: 1.05 } },
  insertOne: { title: "insert one", goals: { raw: 0.9 }, reset: [noNotes] },
  insert1k: { title: "insert 1,000", goals: { raw: 0.95 }, reset: [noNotes] },
  updateByKey: { title: "update by key", goals: { raw: 0.85 }, reset: [oldNames] },
  transaction: { title: "transaction of five statements", goals: { raw: 0.7 }, reset: [noNotes, oldNames] },
  planHit: { title: "plan hit: two texts by key, bare statement", goals: {}, microseconds: 1.5 },
  planMiss: { title: "plan miss: build and compile a list", goals: {}, microseconds: 40, optional: true },
} as const satisfies Readonly<Record<string, Workload>>;

export type WorkloadName = keyof typeof workloads;

export const workloadNames = Object.keys(workloads).filter(isWorkloadName);

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
