import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeChunks } from "./chunks.ts";
import { writeDeclarations } from "./declarations.ts";
import { writeLicences } from "./licences.ts";
import { publicPackages } from "./package-folder.ts";

/**
 * Builds what is published: each package as a few modules with source maps, its declarations, and the licences of what was taken in.
 * Types are checked before anything is written.
 */
const { status, error } = spawnSync("tsc", ["-b", "packages"], { stdio: "inherit" });
if (error !== undefined) throw error;
if (status !== 0) process.exit(1);
for (const one of publicPackages()) {
  const folder = join(one.folder, "dist");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const bundled = await writeChunks(one, folder);
  writeDeclarations(one, folder);
  writeLicences(bundled, folder);
}
