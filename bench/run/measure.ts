import { workloadOf, type WorkloadName } from "../workloads/workload.ts";
import { engines } from "../subjects/names.ts";
import type { BenchOptions } from "../options.ts";
import type { Turn } from "./messages.ts";
import { rotated } from "./statistics.ts";
import { SubjectProcess } from "./subject-process.ts";

/** What one subject did in one workload, round by round. */
export interface Measured {
  readonly subject: string;
  readonly turns: readonly Turn[];
}

/** A peer that is not measured in a workload. */
export interface LeftOut {
  readonly subject: string;
  readonly reason: string;
}

export interface MeasuredWorkload {
  readonly workload: WorkloadName;
  readonly subjects: readonly Measured[];
  readonly leftOut: readonly LeftOut[];
}

/** The bytes that one call of a workload allocates, by subject. */
export interface Allocation {
  readonly workload: WorkloadName;
  readonly bytes: Readonly<Record<string, number>>;
}

type MeasureOptions = Pick<BenchOptions, "rounds" | "milliseconds">;

/** Measures workloads one after the other; within each the subjects take turns, and every round begins with another one. */
export async function measureAll(
  { engine, subjects: names, workloads, rounds, milliseconds }: BenchOptions,
  tell: (text: string) => void,
): Promise<readonly MeasuredWorkload[]> {
  const processes = names.map((name) => new SubjectProcess(engine, name));
  const peers = new Set(engines[engine]?.peers);
  try {
    const measured: MeasuredWorkload[] = [];
    for (const workload of workloads) {
      tell(workload);
      const { able, leftOut } = await checkedSubjects(processes, workload, peers);
      measured.push({ workload, subjects: await measure(able, workload, { rounds, milliseconds }), leftOut });
    }
    return measured;
  } finally {
    for (const one of processes) one.stop();
  }
}

interface Checked {
  readonly able: readonly SubjectProcess[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The subjects that can do a workload; all of them gave equal results before anything is timed. A peer whose results differ or that fails
 * is left out of it; where that happens to a subject of our own, the run ends.
 */
async function checkedSubjects(
  processes: readonly SubjectProcess[],
  workload: WorkloadName,
  peers: ReadonlySet<string>,
): Promise<Checked> {
  const able: SubjectProcess[] = [];
  const leftOut: LeftOut[] = [];
  let expected: string | undefined;
  for (const one of processes) {
    try {
      const results = await one.ask({ kind: "results", workload, turns: 3 });
      if (results === undefined) {
        if (workloadOf(workload).optional !== true) throw new Error(`${one.name} has no workload ${workload}.`);
        continue;
      }
      const given = results.join("\n");
      if (workloadOf(workload).unlike !== true) {
        expected ??= given;
        if (given !== expected) throw new Error(different(one.name, workload, given, expected));
      }
      able.push(one);
    } catch (error) {
      if (!peers.has(one.name)) throw error;
      leftOut.push({ subject: one.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { able, leftOut };
}

function different(name: string, workload: WorkloadName, given: string, expected: string): string {
  let at = 0;
  while (given[at] === expected[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  return `${name} gives another result for ${workload}:\n  ${part(given)}\nand expected is\n  ${part(expected)}`;
}

async function measure(
  processes: readonly SubjectProcess[],
  workload: WorkloadName,
  { rounds, milliseconds }: MeasureOptions,
): Promise<readonly Measured[]> {
  const turns = new Map(processes.map((one) => [one, [] as Turn[]]));
  for (const one of processes) await one.ask({ kind: "turn", workload, milliseconds: 2 * milliseconds, from: 0 });
  for (let round = 0; round < rounds; round += 1) {
    for (const one of rotated(processes, round)) {
      turns.get(one)!.push(await one.ask({ kind: "turn", workload, milliseconds, from: round * 101 }));
    }
  }
  return processes.map((one) => ({ subject: one.name, turns: turns.get(one)! }));
}

/** Measures what one call allocates, each subject in a process with a young generation that nothing leaves. */
export async function measureAllocation(engine: string, { workload, subjects }: MeasuredWorkload): Promise<Allocation> {
  const bytes: Record<string, number> = {};
  for (const { subject: name } of subjects) {
    const subject = new SubjectProcess(engine, name, ["--min-semi-space-size=512", "--max-semi-space-size=512"]);
    try {
      bytes[name] = await subject.ask({ kind: "allocation", workload });
    } finally {
      subject.stop();
    }
  }
  return { workload, bytes };
}
