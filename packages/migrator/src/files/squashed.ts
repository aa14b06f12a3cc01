import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter } from "@mortise/core/state";
import { checksum, type MigrationFile, type ModuleFile } from "./migration-file.ts";
import { hashOf } from "./statement-ledger.ts";

/** Lets a squashed migration take the place of those that it was made from, where all of them are made. */
export async function adopt(
  held: SchemaAdapter,
  table: string,
  file: ModuleFile,
  replaces: readonly string[],
  entries: readonly JournalEntry[],
): Promise<boolean> {
  const made = entries.filter(({ name }) => replaces.includes(name));
  if (made.length === 0) return false;
  const open = replaces.filter((name) => !made.some((entry) => entry.name === name && entry.done === entry.total));
  if (open.length > 0) {
    throw new MigrationError(
      `"${file.name}" takes the place of migrations that are not all made here. Missing: ${open.join(", ")}. ` +
        "Make them with the files of before, then run this again.",
    );
  }
  await held.atomic(async (inside) => {
    for (const { name } of made) await inside.journal.remove(table, name);
    await inside.journal.insert(table, madeEntry(file, Math.max(...made.map(({ batch }) => batch))));
  });
  return true;
}

/** The line of a migration that counts as made although it was not run. */
export function madeEntry({ name, text }: MigrationFile, batch: number): JournalEntry {
  return {
    name,
    batch,
    done: 0,
    total: 0,
    checksum: checksum(text),
    doneHash: hashOf([]),
    madeAt: new Date().toISOString(),
  };
}
