import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Puts the licence of every package whose code was taken in beside the code. */
export function writeLicences(files: readonly string[], folder: string): void {
  const packages = new Set(
    files.flatMap((path) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path) ?? []),
  );
  if (packages.size === 0) return;
  const texts = [...packages].toSorted().map(licenceOf);
  writeFileSync(join(folder, "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

function licenceOf(folder: string): string {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const [file] = globSync("LICEN[CS]E*", { cwd: folder });
  if (file === undefined) throw new Error(`${name} has no licence text that could go along with its code.`);
  return `This package contains code of ${name} ${version}, under this licence:\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
