import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { configError } from "../config/config-error.ts";

/** A file that is to be made. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Refuses to write over what is there, before anything is written. */
export function requireNew(files: readonly NewFile[], cwd: string): void {
  const there = files.find(({ path }) => existsSync(path));
  if (there !== undefined) throw configError(`${relative(cwd, there.path)} is there already, so nothing was written.`);
}

export async function writeNew({ path, text }: NewFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: "wx" });
}
