import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";

/** A migration as it lies in a folder: `20260101120000_add_users.sql`, or `….up.sql` with `….down.sql` beside it. */
export interface MigrationFile {
  readonly name: string;
  readonly up: string;
  readonly down: string | undefined;
}

/** The migrations of a folder in the order of their names. */
export async function readMigrations(directory: string): Promise<readonly MigrationFile[]> {
  const names = (await namesIn(directory)).filter((name) => name.endsWith(".sql")).toSorted();
  const files: MigrationFile[] = [];
  for (const file of names.filter((name) => !name.endsWith(".down.sql"))) {
    const name = file.replace(/(\.up)?\.sql$/, "");
    const twin = files.find((other) => other.name === name);
    if (twin !== undefined) throw new MigrationError(`The migration "${name}" is there twice, with and without ".up".`);
    const down = names.includes(`${name}.down.sql`) ? await read(directory, `${name}.down.sql`) : undefined;
    files.push({ name, up: await read(directory, file), down });
  }
  const lonely = names.find(
    (name) => name.endsWith(".down.sql") && !files.some((file) => `${file.name}.down.sql` === name),
  );
  if (lonely !== undefined) throw new MigrationError(`The file "${lonely}" takes back a migration that is not there.`);
  return files;
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (cause) {
    throw new MigrationError(`The folder of migrations ${JSON.stringify(directory)} cannot be read.`, { cause });
  }
}

function read(directory: string, file: string): Promise<string> {
  return readFile(join(directory, file), "utf8");
}

/** What a comment at the beginning of a file says of it: `-- mortise: no transaction`. */
export function directive(text: string, word: "no transaction" | "irreversible"): string | undefined {
  const line = text.split("\n").find((one) => one.trim().startsWith(`-- mortise: ${word}`));
  return line?.trim().slice(`-- mortise: ${word}`.length).replace(/^:\s*/, "");
}

/** A hash of a text; line ends of any system are one. */
export function checksum(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
