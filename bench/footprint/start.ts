/**
 * Cold start: a process that imports the library, defines 50 models, runs its first query on SQLite and ends: `pnpm bench start`.
 *
 * Every round starts each program once, in rotating order; time is over an empty Node, memory the peak of the process.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";
import { median, medianDifference, rotated } from "../run/statistics.ts";
import { aligned } from "../run/table.ts";
import { preparePrograms, type Prepared } from "./prepare.ts";

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { rounds: { type: "string", default: "15" }, subjects: { type: "string" } },
});
const names = values.subjects === undefined ? undefined : ["node", ...values.subjects.split(",")];
const programs = preparePrograms(50, names);
const runs = new Map(programs.map((one) => [one, { milliseconds: [] as number[], megabytes: [] as number[] }]));
for (const one of programs) run(one);
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const one of rotated(programs, round)) {
    const { milliseconds, megabytes } = run(one);
    runs.get(one)!.milliseconds.push(milliseconds);
    runs.get(one)!.megabytes.push(megabytes);
  }
}
const empty = runs.get(programs[0]!)!.milliseconds;
const rows = programs.map((one) => {
  const { milliseconds, megabytes } = runs.get(one)!;
  const over = medianDifference(milliseconds, empty) ?? Number.NaN;
  return [one.name, median(milliseconds).toFixed(0), over.toFixed(0), median(megabytes).toFixed(0)];
});
console.log(aligned([["cold start, 50 models", "ms", "over an empty Node", "peak MB"], ...rows]));

function run({ path, name }: Prepared): { readonly milliseconds: number; readonly megabytes: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: "utf8" });
  const milliseconds = performance.now() - start;
  if (status !== 0) throw new Error(`The program of ${name} failed:\n${stderr}`);
  return { milliseconds, megabytes: Number(stdout) / 1024 };
}
