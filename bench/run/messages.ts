import type { WorkloadName } from "../workloads/workload.ts";

/** What the harness asks of a subject's process. */
export type Request =
  | { readonly kind: "results"; readonly workload: WorkloadName; readonly turns: number }
  | { readonly kind: "turn"; readonly workload: WorkloadName; readonly milliseconds: number; readonly from: number }
  | { readonly kind: "allocation"; readonly workload: WorkloadName };

/** One turn of a subject, in milliseconds for each call. */
export interface Turn {
  readonly calls: number;
  readonly wall: number;
  readonly cpu: number;
  readonly p50: number;
  readonly p99: number;
}

/** What a subject's process answers; `undefined` where it cannot do the workload. */
export interface Answers {
  readonly results: readonly string[] | undefined;
  readonly turn: Turn;
  /** In bytes. */
  readonly allocation: number;
}

export type Answer = { readonly answer: Answers[Request["kind"]] } | { readonly error: string };
