import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { report } from "./report.ts";

/** Runs every program in examples/ and shows the output of those that fail. */
const programs = globSync("examples/*/main.ts").toSorted();
const violations = programs.flatMap((path) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path], { encoding: "utf8" });
  return status === 0 ? [] : [`${path} ended with ${status}:\n${stdout}${stderr}`];
});
report("examples", violations, `${programs.length} programs`);
