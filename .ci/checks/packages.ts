import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkConsumer } from "./consumer.ts";
import { report } from "./report.ts";

/** Packs every public package as it would be published, after a build, lints the tarball, and makes an application of all of them. */
const folders = globSync("packages/*/package.json")
  .map(dirname)
  .filter((folder) => readManifest(folder).private !== true)
  .toSorted();
const destination = mkdtempSync(join(tmpdir(), "mortise-pack-"));
try {
  const wrong = folders.flatMap(checkTarball);
  const tarballs = new Map(folders.map((folder) => [readManifest(folder).name, tarballOf(folder)]));
  const unusable = wrong.length === 0 ? checkConsumer(tarballs, join(destination, "application")) : [];
  report("packages", [...wrong, ...unusable], `${folders.length} packages`);
} finally {
  rmSync(destination, { recursive: true });
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, unknown>> };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** In the repository an entry point is source; what is published has to replace every one of them. */
function checkEntryPoints(folder: string): string[] {
  const { exports, publishConfig } = readManifest(folder);
  return Object.keys(exports)
    .filter((entry) => !Object.hasOwn(publishConfig?.exports ?? {}, entry))
    .map((entry) => `${folder} publishes no build of its entry point "${entry}".`);
}

function tarballOf(folder: string): string {
  return join(destination, `${folder.replaceAll(/\W/g, "-")}.tgz`);
}

function checkTarball(folder: string): string[] {
  const tarball = tarballOf(folder);
  return [
    ...checkEntryPoints(folder),
    ...run(folder, "pnpm", ["-C", folder, "pack", "--out", tarball]),
    ...run(folder, "publint", ["--strict", tarball]),
    ...run(folder, "attw", ["--profile", "esm-only", tarball]),
  ];
}

function run(folder: string, command: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return status === 0 ? [] : [`${folder} fails ${command}:\n${stdout}${stderr}`];
}
