import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { loadDriver } from "../../packages/sqlite/src/load-driver.ts";
import { schema } from "./schema.ts";

/** A question to the shop, asked of Mortise and in SQL written by hand; both must give the same rows in the same order. */
export interface Question {
  readonly title: string;
  readonly ask: (db: ChinookDatabase) => Promise<readonly (readonly unknown[])[]>;
  readonly sql: string;
}

export type ChinookDatabase = ReturnType<typeof openDatabase>;

function openDatabase(filename: string) {
  return createDatabase(schema, sqlite({ filename }));
}

/** Chinook in a database file of its own: through Mortise, and through the bare driver. */
export function openChinook(script: string) {
  const folder = mkdtempSync(join(tmpdir(), "mortise-chinook-"));
  const filename = join(folder, "chinook.db");
  const Driver = loadDriver();
  const driver = new Driver(filename);
  driver.exec(`begin; ${readFileSync(script, "utf8")}; commit`);
  const db = openDatabase(filename);
  return {
    db,
    /** Rows as lists of the driver's own values. */
    select: (sql: string): unknown[] => driver.prepare(sql).raw().all(),
    close: async () => {
      await db.close();
      driver.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An instant as Chinook's tables hold it: `2021-01-31 00:00:00`. */
export function stored(instant: Date | null): string | null {
  return instant && instant.toISOString().slice(0, 19).replace("T", " ");
}

/** Numbers that SQL added up as floating point, to the cent. */
export function cents(amount: number | null): number | null {
  return amount && Math.round(amount * 100) / 100;
}
