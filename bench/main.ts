import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import process from "node:process";
import { parseOptions, type BenchOptions } from "./options.ts";
import { chartOf } from "./run/chart.ts";
import { measureAll, measureAllocation } from "./run/measure.ts";
import { summarise, type Summary } from "./run/summary.ts";
import { tableOf } from "./run/table.ts";
import { engines, subjectsOf } from "./subjects/names.ts";
import { goals } from "./workloads/goals.ts";

const options = parseOptions(process.argv.slice(2));
const summary = await bench(options);
console.log(tableOf(summary));
if (isWhole(options)) save(options, summary);

function isWhole({ engine, subjects, workloads }: BenchOptions): boolean {
  const whole = engines[engine];
  return (
    whole !== undefined && subjects.length === subjectsOf(whole).length && workloads.length === whole.workloads.length
  );
}

async function bench(asked: BenchOptions): Promise<Summary> {
  const tell = (text: string) => process.stderr.write(`${text} `);
  const measured = await measureAll(asked, tell);
  process.stderr.write("\n");
  const wide = measured.find(({ workload }) => workload === "wide10k");
  const allocation = wide && (await measureAllocation(asked.engine, wide));
  return summarise(measured, allocation, goals[engines[asked.engine]!.folder]);
}

/** Keeps the figures of a whole run with the machine they are of. */
function save({ engine, rounds, milliseconds }: BenchOptions, summary: Summary): void {
  const folder = new URL("results/", import.meta.url);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    new URL(`${engine}.json`, folder),
    `${JSON.stringify({ machine, rounds, milliseconds, ...summary }, null, 2)}\n`,
  );
  writeFileSync(new URL(`${engine}.txt`, folder), `${tableOf(summary)}\n`);
  writeFileSync(new URL(`${engine}.svg`, folder), chartOf(summary));
}
