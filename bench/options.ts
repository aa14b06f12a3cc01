import { parseArgs } from "node:util";
import { arePeersInstalled, engines, subjectsOf } from "./subjects/names.ts";
import { isWorkloadName, workloadNames, type WorkloadName } from "./workloads/workload.ts";

export interface BenchOptions {
  readonly engine: string;
  readonly subjects: readonly string[];
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
  readonly milliseconds: number;
}

export const usage = `pnpm bench <engine> [options]

engines: ${Object.keys(engines).join(", ")}
--rounds 21        how often each subject has its turn
--ms 80            milliseconds of a turn
--only a,b         workloads: ${workloadNames.join(", ")}
--subjects a,b     subjects; the first of the engine's own order is the one ratios are to`;

/** Reads the command line. What it does not understand is an error with the usage. */
export function parseOptions(args: readonly string[], installed = arePeersInstalled()): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "21" },
      ms: { type: "string", default: "80" },
      only: { type: "string" },
      subjects: { type: "string" },
    },
  });
  const [engine = ""] = positionals;
  const known = Object.hasOwn(engines, engine) ? engines[engine] : undefined;
  if (known === undefined) throw new TypeError(`Which engine?\n\n${usage}`);
  const all = [...known.subjects, ...known.peers];
  const able = subjectsOf(known, installed);
  const subjects = values.subjects?.split(",") ?? able;
  const missing = subjects.find((name) => all.includes(name) && !able.includes(name));
  if (missing !== undefined)
    throw new TypeError(`"${missing}" is not installed: pnpm --dir bench/peers install\n\n${usage}`);
  const stray = subjects.find((name) => !all.includes(name));
  if (stray !== undefined) throw new TypeError(`There is no subject "${stray}" of ${engine}.\n\n${usage}`);
  return {
    engine,
    subjects: all.filter((name) => subjects.includes(name)),
    workloads: values.only === undefined ? known.workloads : values.only.split(",").map(requireWorkload),
    rounds: requireNumber("rounds", values.rounds),
    milliseconds: requireNumber("ms", values.ms),
  };
}

function requireWorkload(name: string): WorkloadName {
  if (isWorkloadName(name)) return name;
  throw new TypeError(`There is no workload "${name}".\n\n${usage}`);
}

function requireNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new TypeError(`--${name} takes a whole number, 1 or more.\n\n${usage}`);
}
