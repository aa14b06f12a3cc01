import type { Database } from "better-sqlite3";
import { openDatabase } from "./open-database.ts";
import { settingsOf } from "./options.ts";

/** A connection with our functions, without the adapter around it. */
export function openTestDatabase(filename = ":memory:"): Database {
  return openDatabase(settingsOf({ filename }));
}
