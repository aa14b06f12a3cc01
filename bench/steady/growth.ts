/**
 * Whether ten times the rows take at most eleven times the time: `pnpm bench growth [engine]`.
 *
 * Both sizes are measured by turns in one process of Mortise; the figure is the median of the rounds' ratios.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { median } from "../run/statistics.ts";
import { SubjectProcess } from "../run/subject-process.ts";
import type { WorkloadName } from "../workloads/workload.ts";

const pairs: readonly (readonly [WorkloadName, WorkloadName])[] = [
  ["wide1k", "wide10k"],
  ["nested10", "nested100"],
];
const allowed = 11;

const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { rounds: { type: "string", default: "21" }, ms: { type: "string", default: "200" } },
});
const subject = new SubjectProcess(positionals[0] ?? "sqlite", "mortise");
try {
  for (const pair of pairs) await growth(...pair, Number(values.rounds), Number(values.ms));
} finally {
  subject.stop();
}

async function growth(small: WorkloadName, large: WorkloadName, rounds: number, milliseconds: number): Promise<void> {
  const walls = { small: [] as number[], large: [] as number[] };
  const turn = (workload: WorkloadName, from: number) => subject.ask({ kind: "turn", workload, milliseconds, from });
  for (const workload of [small, large]) await turn(workload, 0);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (["small", "large"] as const) : (["large", "small"] as const);
    for (const size of order) walls[size].push((await turn(size === "small" ? small : large, round * 101)).p50);
  }
  const ratio = median(walls.large.map((wall, at) => wall / walls.small[at]!));
  const verdict = ratio <= allowed ? "ok" : "MISSED";
  console.log(`${large} takes ${ratio.toFixed(2)} times as long as ${small}: ${verdict}, at most ${allowed}`);
  if (ratio > allowed) process.exitCode = 1;
}
