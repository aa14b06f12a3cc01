import { MigrationError } from "@mortise/core/adapter";
import { withTools } from "../tools.ts";
import type { Given } from "./command.ts";
import type { OpenDatabase } from "./open-database.ts";
import { Cancelled } from "./questions.ts";
import type { Terminal } from "./terminal.ts";

/** What drops something goes on when `--force` is said, or when a person types the database's name; else it refuses. */
export async function confirmLoss(
  what: string,
  { db, connection }: OpenDatabase,
  given: Given,
  { interactive, ask }: Terminal,
): Promise<void> {
  if (given.flag("force")) return;
  if (!interactive) throw new MigrationError(`This ${what}. Say --force if that is wanted. Nothing was changed.`);
  const name = await withTools(db, async (schema) => (await schema.databaseName?.()) ?? connection.name);
  const typed = await ask.text(`This ${what}. Type the name of the database, ${name}, to go on:`);
  if (typed.trim() !== name) throw new Cancelled();
}
