import type { EngineGoals, Goals } from "../workloads/goals.ts";
import type { WorkloadName } from "../workloads/workload.ts";
import type { Allocation, LeftOut, Measured, MeasuredWorkload } from "./measure.ts";
import type { Turn } from "./messages.ts";
import { median, medianDifference, medianRatio } from "./statistics.ts";

/** One subject in one workload; times in milliseconds for each call. */
export interface Figure {
  readonly subject: string;
  readonly wall: number;
  readonly p50: number;
  readonly p99: number;
  /** Medians of the rounds' ratios, by the subject beside which they were measured. */
  readonly wallRatios: Readonly<Record<string, number>>;
  readonly cpuRatios: Readonly<Record<string, number>>;
}

/** A goal and what was reached of it. */
export interface Verdict {
  readonly goal: string;
  readonly reached: number;
  /** The same in CPU time, for ratios. */
  readonly cpu?: number;
  readonly allowed: number;
}

export interface Line {
  readonly workload: WorkloadName;
  readonly figures: readonly Figure[];
  readonly verdicts: readonly Verdict[];
  readonly leftOut: readonly LeftOut[];
}

export interface Summary {
  readonly lines: readonly Line[];
  readonly allocation: Allocation | undefined;
}

const judged = "mortise";

export function summarise(
  measured: readonly MeasuredWorkload[],
  allocation: Allocation | undefined,
  goals: EngineGoals,
): Summary {
  const lines = measured.map(({ workload, subjects, leftOut }) => {
    const figures = subjects.map((one) => figureOf(one, subjects));
    return { workload, figures, verdicts: verdictsOf(goals[workload], figures, subjects), leftOut };
  });
  return { lines, allocation };
}

function figureOf(one: Measured, all: readonly Measured[]): Figure {
  return {
    subject: one.subject,
    wall: median(walls(one)),
    p50: median(one.turns.map((turn) => turn.p50)),
    p99: median(one.turns.map((turn) => turn.p99)),
    wallRatios: ratios(one, all, (turn) => turn.wall),
    cpuRatios: ratios(one, all, (turn) => turn.cpu),
  };
}

function walls(one: Measured): readonly number[] {
  return one.turns.map((turn) => turn.wall);
}

function ratios(
  one: Measured,
  all: readonly Measured[],
  time: (turn: Turn) => number,
): Readonly<Record<string, number>> {
  const others = all.filter((other) => other !== one);
  const entries = others.map(
    (other) => [other.subject, medianRatio(one.turns.map(time), other.turns.map(time))] as const,
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function verdictsOf(
  goals: Goals | undefined,
  figures: readonly Figure[],
  all: readonly Measured[],
): readonly Verdict[] {
  const own = figures.find((figure) => figure.subject === judged);
  if (own === undefined) return [];
  const { ratios: allowedRatios = {}, microseconds } = goals ?? {};
  const verdicts = Object.entries(allowedRatios).flatMap(([beside, allowed]): Verdict[] => {
    const reached = own.wallRatios[beside];
    const cpu = own.cpuRatios[beside];
    return reached === undefined || cpu === undefined ? [] : [{ goal: `of ${beside}`, reached, cpu, allowed }];
  });
  if (microseconds === undefined) return verdicts;
  return [...verdicts, { goal: "microseconds", reached: overhead(all), allowed: microseconds }];
}

/** Microseconds of the median call on top of the prepared statement's, or in all where no subject does the like by hand. */
function overhead(all: readonly Measured[]): number {
  const calls = (name: string) => all.find((one) => one.subject === name)?.turns.map((turn) => turn.p50 * 1000);
  const own = calls(judged) ?? [];
  const bare = calls("raw-prepared");
  return (bare === undefined ? median(own) : medianDifference(own, bare)) ?? Number.NaN;
}
