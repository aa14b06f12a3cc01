import { workloadNames, type WorkloadName } from "../workloads/workload.ts";

/** What is measured together. */
export interface Engine {
  /** All ratios are to the first one. */
  readonly subjects: readonly string[];
  readonly workloads: readonly WorkloadName[];
}

const relations: readonly WorkloadName[] = ["nested10", "nested100", "manyToMany"];

/** The engines, and on them the ways to load relations. */
export const engines: Readonly<Record<string, Engine>> = {
  sqlite: { subjects: ["raw", "raw-prepared", "mortise"], workloads: workloadNames },
  "sqlite-relations": { subjects: ["raw-prepared", "raw-json", "mortise", "mortise-json"], workloads: relations },
  "postgres-relations": {
    subjects: ["postgres-raw", "postgres-raw-json", "postgres-separate", "postgres-json"],
    workloads: relations,
  },
};
