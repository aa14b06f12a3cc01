import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter } from "@mortise/core/state";
import type { Migration } from "../builder/define-migration.ts";
import { backName } from "./back-entry.ts";
import { loadMigration } from "./load-migration.ts";
import { directive, type MigrationFile } from "./migration-file.ts";
import { attempt, runMigration } from "./run-migration.ts";
import { takeModuleBack, type ModuleContext } from "./run-module.ts";

/** How a migration is taken back. */
export type WayBack =
  | { readonly kind: "sql"; readonly name: string; readonly text: string }
  | { readonly kind: "module"; readonly name: string; readonly migration: Migration };

/** The way back of a migration that was made; where there is none, an error says why. */
export async function wayBack({ name, done, total }: JournalEntry, files: readonly MigrationFile[]): Promise<WayBack> {
  if (done < total) {
    throw new MigrationError(
      `The migration "${name}" was cut off in the middle. Run migrate first, so that it is whole.`,
    );
  }
  const file = files.find((one) => one.name === name);
  if (file === undefined)
    throw new MigrationError(`The file of the migration "${name}" is gone, and with it the way back.`);
  if (file.kind === "module") {
    const migration = await loadMigration(file);
    requireReversible(name, migration.irreversible);
    if (migration.down !== undefined) return { kind: "module", name, migration };
    throw new MigrationError(`The migration "${name}" has no way back: it gives no down().`);
  }
  requireReversible(name, directive(file.down ?? "", "irreversible"));
  if (file.down !== undefined) return { kind: "sql", name, text: file.down };
  throw new MigrationError(`The migration "${name}" has no way back: there is no "${name}.down.sql".`);
}

function requireReversible(name: string, reason: string | undefined): void {
  if (reason !== undefined) throw new MigrationError(`The migration "${name}" cannot be taken back. ${reason}`.trim());
}

/** Takes a migration back and its line out of the journal. Gives the statements. */
export async function takeBack(held: SchemaAdapter, way: WayBack, context: ModuleContext): Promise<readonly string[]> {
  const { name } = way;
  if (way.kind === "module") return takeModuleBack(held, name, way.migration, context);
  if (held.stepsCommit === true || directive(way.text, "no transaction") !== undefined) {
    const file = { kind: "sql", name: backName(name), text: way.text, down: undefined } as const;
    const made = await runMigration(held, file, context.backs.get(name), context);
    await held.journal.remove(context.table, name);
    await held.journal.remove(context.table, file.name);
    return made;
  }
  const statements = held.script(way.text);
  const texts = statements.map((statement) => held.describe(statement));
  await held.atomic(async (inside) => {
    for (const [index, statement] of statements.entries()) {
      context.onStatement?.(name, texts[index] ?? "", index, statements.length);
      await attempt(inside, statement, name, index, statements.length);
    }
    await inside.journal.remove(context.table, name);
  });
  return texts;
}
