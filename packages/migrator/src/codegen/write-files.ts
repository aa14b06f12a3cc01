import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";

export interface SourceText {
  /** The name of the file inside its folder. */
  readonly name: string;
  readonly text: string;
}

/** Writes files into a folder, or none: one that is there with another text is left alone unless `overwrite` is said. */
export async function writeFiles(
  folder: string,
  files: readonly SourceText[],
  overwrite: boolean,
): Promise<readonly string[]> {
  const paths = files.map(({ name }) => join(folder, name));
  const there = await Promise.all(paths.map(textOf));
  const stale = paths.filter((_, at) => there[at] !== undefined && there[at] !== files[at]?.text);
  if (stale.length > 0 && !overwrite) {
    throw new MigrationError(
      `pull would overwrite ${stale.slice(0, 5).join(", ")}${stale.length > 5 ? ` and ${stale.length - 5} more files` : ""}, ` +
        "so it wrote nothing. Pull into another folder, or say overwrite: true.",
    );
  }
  await mkdir(folder, { recursive: true });
  for (const [at, { text }] of files.entries()) {
    const path = paths[at];
    if (path !== undefined && there[at] !== text) await writeFile(path, text);
  }
  return paths;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
