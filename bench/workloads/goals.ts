import type { WorkloadName } from "./workload.ts";

/** What `mortise` should reach in a workload. */
export interface Goals {
  /** The highest ratios to other subjects, by subject. */
  readonly ratios?: Readonly<Record<string, number>>;
  /** Microseconds on top of `raw-prepared`, or in all where nothing stands beside it. */
  readonly microseconds?: number;
}

/** The goals on an engine, by workload; what is not named has none. */
export type EngineGoals = Readonly<Partial<Record<WorkloadName, Goals>>>;

const sqlite: EngineGoals = {
  findByKey: { ratios: { raw: 0.5, "raw-prepared": 1.5 } },
  list100: { ratios: { raw: 0.95, "raw-prepared": 1.2 } },
  wide1k: { ratios: { raw: 1.1, "raw-prepared": 1.2 } },
  wide10k: { ratios: { raw: 1.1, "raw-prepared": 1.2 } },
  nested10: { ratios: { raw: 1 } },
  nested100: { ratios: { raw: 1 } },
  manyToMany: { ratios: { raw: 1 } },
  groupBy: { ratios: { raw: 1.05 } },
  insertOne: { ratios: { raw: 0.9 } },
  insert1k: { ratios: { raw: 0.95 } },
  updateByKey: { ratios: { raw: 0.85 } },
  transaction: { ratios: { raw: 0.7 } },
  planHit: { microseconds: 1.5 },
  planMiss: { microseconds: 40 },
};

const postgres: EngineGoals = {
  findByKey: { ratios: { raw: 0.9 } },
  list100: { ratios: { raw: 0.85 } },
  wide1k: { ratios: { raw: 0.9 } },
  wide10k: { ratios: { raw: 0.9 } },
  nested10: { ratios: { raw: 0.85 } },
  nested100: { ratios: { raw: 0.75 } },
  manyToMany: { ratios: { raw: 0.85 } },
  groupBy: { ratios: { raw: 1.1 } },
  insertOne: { ratios: { raw: 1 } },
  insert1k: { ratios: { raw: 0.9 } },
  updateByKey: { ratios: { raw: 1 } },
  transaction: { ratios: { raw: 1 } },
  find16: { ratios: { raw: 0.95 } },
  list16: { ratios: { raw: 0.9 } },
  nested16: { ratios: { raw: 0.85 } },
  insert16: { ratios: { raw: 1.25 } },
};

const mysql: EngineGoals = {
  findByKey: { ratios: { raw: 1 } },
  list100: { ratios: { raw: 1 } },
  wide1k: { ratios: { raw: 0.95 } },
  wide10k: { ratios: { raw: 1 } },
  nested10: { ratios: { raw: 1 } },
  nested100: { ratios: { raw: 1 } },
  manyToMany: { ratios: { raw: 1 } },
  groupBy: { ratios: { raw: 1.05 } },
  insertOne: { ratios: { raw: 1.05 } },
  insert1k: { ratios: { raw: 1 } },
  updateByKey: { ratios: { raw: 1.05 } },
  transaction: { ratios: { raw: 1.05 } },
};

/** By the folder of the engine's subjects; MongoDB has none yet. */
export const goals = { sqlite, postgres, mysql, mongodb: {} } as const satisfies Readonly<Record<string, EngineGoals>>;
