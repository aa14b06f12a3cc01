import { workloadOf, type WorkloadName } from "../workloads/workload.ts";
import type { Turn } from "./messages.ts";
import { rotated } from "./statistics.ts";
import { SubjectProcess } from "./subject-process.ts";

/** What one subject did in one workload, round by round. */
export interface Measured {
  readonly subject: string;
  readonly turns: readonly Turn[];
}

export interface MeasuredWorkload {
  readonly workload: WorkloadName;
  readonly subjects: readonly Measured[];
}

/** The bytes that one call of a workload allocates, by subject. */
export interface Allocation {
  readonly workload: WorkloadName;
  readonly bytes: Readonly<Record<string, number>>;
}

export interface MeasureOptions {
  readonly rounds: number;
  readonly milliseconds: number;
}

/** Measures workloads one after the other; within each the subjects take turns, and every round begins with another one. */
export async function measureAll(
  names: readonly string[],
  workloads: readonly WorkloadName[],
  options: MeasureOptions,
  tell: (text: string) => void,
): Promise<readonly MeasuredWorkload[]> {
  const processes = names.map((name) => new SubjectProcess(name));
  try {
    const measured: MeasuredWorkload[] = [];
    for (const workload of workloads) {
      tell(workload);
      const able = await checkedSubjects(processes, workload);
      measured.push({ workload, subjects: await measure(able, workload, options) });
    }
    return measured;
  } finally {
    for (const one of processes) one.stop();
  }
}

/** The subjects that can do a workload; all of them gave equal results before anything is timed. */
async function checkedSubjects(
  processes: readonly SubjectProcess[],
  workload: WorkloadName,
): Promise<readonly SubjectProcess[]> {
  const able: SubjectProcess[] = [];
  let expected: string | undefined;
  for (const one of processes) {
    const results = await one.ask({ kind: "results", workload, turns: 3 });
    if (results === undefined) {
      if (workloadOf(workload).optional !== true) throw new Error(`${one.name} has no workload ${workload}.`);
      continue;
    }
    const given = results.join("\n");
    expected ??= given;
    if (given !== expected) throw new Error(different(one.name, workload, given, expected));
    able.push(one);
  }
  return able;
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
export async function measureAllocation(names: readonly string[], workload: WorkloadName): Promise<Allocation> {
  const bytes: Record<string, number> = {};
  for (const name of names) {
    const subject = new SubjectProcess(name, ["--min-semi-space-size=512", "--max-semi-space-size=512"]);
    try {
      bytes[name] = await subject.ask({ kind: "allocation", workload });
    } finally {
      subject.stop();
    }
  }
  return { workload, bytes };
}
