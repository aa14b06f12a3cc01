import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";

/** A migration as it lies in a folder. */
export type MigrationFile = SqlFile | ModuleFile;

/** `20260101120000_add_users.sql`, or `….up.sql` with `….down.sql` beside it. */
export interface SqlFile {
  readonly kind: "sql";
  readonly name: string;
  /** What is done; the journal has its hash. */
  readonly text: string;
  readonly down: string | undefined;
}

/** `20260101120000_add_users.ts`, with both ways in it. */
export interface ModuleFile {
  readonly kind: "module";
  readonly name: string;
  readonly text: string;
  readonly path: string;
}

/** Where the migrations lie. */
export interface MigrationFolder {
  /** The folder of the migrations, or several of them. */
  readonly directory: string | readonly string[];
  /** The endings of files that count: `[".ts", ".sql"]`. All that can be loaded unless said. */
  readonly loadExtensions?: readonly string[] | undefined;
  /** Makes all of one folder before the next one, instead of one order by name. */
  readonly sortDirsSeparately?: boolean | undefined;
}

const moduleEndings = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** The migrations of the folders in the order in which they are made. */
export async function readMigrations(folder: MigrationFolder): Promise<readonly MigrationFile[]> {
  const { directory, loadExtensions = [...moduleEndings, ".sql"], sortDirsSeparately } = folder;
  const directories = typeof directory === "string" ? [directory] : directory;
  const lists = await Promise.all(directories.map((one) => readFolder(one, loadExtensions)));
  const files = sortDirsSeparately === true ? lists.flat() : lists.flat().toSorted(byName);
  const twin = files.find((file, at) => files.findIndex(({ name }) => name === file.name) !== at);
  if (twin !== undefined) throw new MigrationError(`The migration "${twin.name}" is there twice.`);
  return files;
}

function byName(a: MigrationFile, b: MigrationFile): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

async function readFolder(directory: string, endings: readonly string[]): Promise<readonly MigrationFile[]> {
  const names = (await namesIn(directory)).filter((name) => endings.some((ending) => name.endsWith(ending)));
  const files: MigrationFile[] = [];
  for (const file of names) {
    if (file.endsWith(".d.ts") || file.endsWith(".down.sql")) continue;
    const name = migrationName(file);
    const text = await read(directory, file);
    if (file.endsWith(".sql")) {
      const down = names.includes(`${name}.down.sql`) ? await read(directory, `${name}.down.sql`) : undefined;
      files.push({ kind: "sql", name, text, down });
    } else files.push({ kind: "module", name, text, path: join(directory, file) });
  }
  const lonely = names.find(
    (name) => name.endsWith(".down.sql") && !files.some((file) => `${file.name}.down.sql` === name),
  );
  if (lonely !== undefined) throw new MigrationError(`The file "${lonely}" takes back a migration that is not there.`);
  return files.toSorted(byName);
}

/** The name of a migration by that of its file: without the ending. */
export function migrationName(file: string): string {
  return file.replace(/((\.up|\.down)?\.sql|\.[cm]?[jt]s)$/, "");
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

/** What a comment at the beginning of an SQL file says of it: `-- mortise: no transaction`. */
export function directive(text: string, word: "no transaction" | "irreversible"): string | undefined {
  const line = text.split("\n").find((one) => one.trim().startsWith(`-- mortise: ${word}`));
  return line?.trim().slice(`-- mortise: ${word}`.length).replace(/^:\s*/, "");
}

/** A hash of a text; line ends of any system are one. */
export function checksum(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}
