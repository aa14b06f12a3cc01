import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateProject, type Size } from "./generate.ts";

/** What the compiler did for one generated project. */
export interface Measured extends Size {
  readonly instantiations: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Below `node_modules`, so that git ignores it and packages are found by name. */
const folder = join(root, "node_modules/.cache/mortise-types");
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Compiles a generated project of that size; an error in it is thrown with the compiler's words. */
export function measure(size: Size): Measured {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "project.ts"), generateProject(size));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../tsconfig.json", include: ["project.ts"] }),
  );
  const parameters = [compiler, "-p", folder, "--extendedDiagnostics", "--singleThreaded", "--pretty", "false"];
  const { stdout } = spawnSync(process.execPath, parameters, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  if (errors.length > 0)
    throw new Error(`The project of ${size.models} models does not compile:\n${errors.join("\n")}`);
  const { instantiations, seconds, megabytes } = diagnosticsOf(stdout);
  return { ...size, instantiations, seconds, megabytes };
}

/** What the compiler tells of itself. */
interface Diagnostics {
  readonly instantiations: number;
  /** Of checking, and of everything. */
  readonly seconds: number;
  readonly total: number;
  readonly megabytes: number;
}

export function diagnosticsOf(output: string): Diagnostics {
  return {
    instantiations: figure(output, "Instantiations"),
    seconds: figure(output, "Check time"),
    total: figure(output, "Total time"),
    megabytes: Math.round(figure(output, "Memory used") / 1024),
  };
}

export function removeProjects(): void {
  rmSync(folder, { recursive: true, force: true });
}

function figure(output: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(output)?.[1];
  if (found === undefined) throw new Error(`The compiler did not tell its ${name}:\n${output}`);
  return Number(found);
}
