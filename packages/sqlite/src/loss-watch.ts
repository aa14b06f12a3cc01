import { MigrationError } from "@mortise/core/adapter";
import type { Session } from "./session.ts";
import { quoteName } from "./spelling.ts";

interface Standing {
  /** Table, row and parent of each row that points at nothing. */
  readonly orphans: ReadonlySet<string>;
  /** Tables with a foreign key that SQLite cannot follow, as its target has no such key. */
  readonly unfit: readonly string[];
  /** The views that can be read. */
  readonly views: readonly string[];
}

/** Watches a session for tables that are dropped, and finds what that breaks elsewhere and was whole before. */
export class LossWatch {
  readonly session: Session;
  readonly #own: Session;
  #before: Standing | undefined;

  constructor(session: Session) {
    this.#own = session;
    this.session = {
      run: async (sql) => {
        if (/^\s*DROP TABLE\b/i.test(sql)) this.#before ??= await standing(session);
        await session.run(sql);
      },
      query: (sql, columns) => session.query(sql, columns),
    };
  }

  async check(): Promise<void> {
    const before = this.#before;
    if (before === undefined) return;
    const after = await standing(this.#own);
    const orphans = [...after.orphans].filter((orphan) => !before.orphans.has(orphan));
    if (orphans.length > 0) throw newOrphans(orphans);
    const unfit = after.unfit.find((table) => !before.unfit.includes(table));
    if (unfit !== undefined) throw targetGone(unfit);
    const broken = before.views.find((view) => !after.views.includes(view));
    if (broken !== undefined) throw brokenView(broken);
  }
}

async function standing(session: Session): Promise<Standing> {
  const orphans = new Set<string>();
  const unfit: string[] = [];
  for (const table of await namesOf(session, "table")) {
    const found = await orphansOf(session, table);
    if (found === undefined) unfit.push(table);
    for (const orphan of found ?? []) orphans.add(orphan);
  }
  const views: string[] = [];
  for (const view of await namesOf(session, "view")) if (await isReadable(session, view)) views.push(view);
  return { orphans, unfit, views };
}

async function namesOf(session: Session, type: "table" | "view"): Promise<readonly string[]> {
  const rows = await session.query(`SELECT name FROM main.sqlite_schema WHERE type = '${type}' ORDER BY name`, 1);
  return rows.map(([name]) => String(name));
}

async function orphansOf(session: Session, table: string): Promise<readonly string[] | undefined> {
  try {
    const rows = await session.query(`PRAGMA foreign_key_check(${quoteName(table)})`, 4);
    return rows.map((row) => JSON.stringify(row.map(String)));
  } catch {
    return undefined;
  }
}

async function isReadable(session: Session, view: string): Promise<boolean> {
  try {
    await session.run(`EXPLAIN SELECT * FROM ${quoteName(view)}`);
    return true;
  } catch {
    return false;
  }
}

function newOrphans(orphans: readonly string[]): MigrationError {
  const tables = [...new Set(orphans.map((orphan) => String(JSON.parse(orphan)[0])))].map((name) => `"${name}"`);
  return new MigrationError(
    `${orphans.length} rows of ${tables.join(", ")} would point at rows that are gone, so nothing was changed. ` +
      "Remove or change those rows first.",
  );
}

function targetGone(table: string): MigrationError {
  return new MigrationError(
    `A foreign key of the table "${table}" would point at columns that are no key any more, so nothing was changed. ` +
      "Change or drop that foreign key first.",
  );
}

function brokenView(view: string): MigrationError {
  return new MigrationError(
    `The view "${view}" uses something that this migration removes, so nothing was changed. Change or drop the view first.`,
  );
}
