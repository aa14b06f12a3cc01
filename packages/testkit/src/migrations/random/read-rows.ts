import { createDatabase } from "@mortise/core";
import { canonicalText } from "@mortise/core/state";
import type { SharedDatabase } from "../../values/target.ts";
import { untrusted } from "../../untrusted.ts";
import type { Draft, DraftColumn, DraftTable } from "./draft.ts";
import { isComputed, kindOf } from "./draft-kinds.ts";
import { schemaOfDraft } from "./draft-schema.ts";

type Row = Readonly<Record<string, unknown>>;

interface Query {
  insertMany(rows: readonly Row[]): PromiseLike<unknown>;
  many(): PromiseLike<readonly Row[]>;
  orderBy(column: string): Query;
  unfiltered(): Query;
  update(values: Row): PromiseLike<unknown>;
}

/** A database handle with the models of a draft. */
export interface DraftDatabase extends AsyncDisposable {
  readonly draft: Draft;
  readonly handle: object;
  query(table: DraftTable): Query;
  raw(text: string): PromiseLike<readonly object[]>;
}

export async function openDraft(shared: SharedDatabase, draft: Draft): Promise<DraftDatabase> {
  const { schema, models } = schemaOfDraft(draft);
  const db = createDatabase(schema, await shared.open());
  return {
    draft,
    handle: db,
    query: ({ name }) => untrusted(db.from(untrusted(models.get(name)))),
    raw: (text) => db.raw(text),
    [Symbol.asyncDispose]: () => db.close(),
  };
}

/** Fills tables that have no rows yet; what points at another table points at its first row. */
export async function fill(db: DraftDatabase, tables: readonly DraftTable[]): Promise<void> {
  for (const table of tables) {
    if (table.rows > 0)
      await db.query(table).insertMany(Array.from({ length: table.rows }, (_, row) => rowOf(table, row + 1)));
  }
  for (const table of db.draft.tables) {
    for (const { column, table: target } of table.references) {
      const name = table.columns.find(({ key }) => key === column)?.name;
      const isThere = db.draft.tables.some(({ key, rows }) => key === target && rows > 0);
      if (name !== undefined && isThere && table.rows > 0)
        await db
          .query(table)
          .unfiltered()
          .update({ [name]: 1 });
    }
  }
}

function rowOf(table: DraftTable, row: number): Row {
  const columns = table.columns.filter(({ kind }) => !isComputed(kind));
  const pointers = new Set(table.references.map(({ column }) => column));
  const values = columns.map((column) => [
    column.name,
    pointers.has(column.key) || (column.nullable && row % 3 === 0) ? null : kindOf(column.kind).value(row),
  ]);
  return { id: row, n: row, ...Object.fromEntries(values) };
}

/** The values of every column of every table, by their keys, as texts that are equal for equal values. */
export type Values = ReadonlyMap<string, readonly (string | undefined)[]>;

export async function valuesIn(db: DraftDatabase): Promise<Values> {
  const values = new Map<string, readonly (string | undefined)[]>();
  for (const table of db.draft.tables) {
    const rows = await db.query(table).orderBy("id").many();
    values.set(
      `${table.key}`,
      rows.map((row) => comparable(row["id"])),
    );
    for (const column of table.columns) {
      values.set(
        `${table.key} ${column.key}`,
        rows.map((row) => comparable(row[column.name])),
      );
    }
  }
  return values;
}

/** Numbers are equal whatever type they have, and as texts. */
function comparable(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "bigint") return String(value);
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? String(Number(value)) : canonicalText(value);
}

/** What must be in the columns that a later draft still has: what was there, and a default where there was nothing. */
export function expectedValues(values: Values, before: Draft, after: Draft): Values {
  const expected = new Map<string, readonly (string | undefined)[]>();
  for (const table of after.tables) {
    const old = before.tables.find(({ key }) => key === table.key);
    if (old === undefined) continue;
    expected.set(`${table.key}`, values.get(`${table.key}`) ?? []);
    for (const column of table.columns) {
      const was = old.columns.find(({ key }) => key === column.key);
      const list = values.get(`${table.key} ${column.key}`);
      if (was === undefined || list === undefined || (isComputed(was.kind) && was.kind !== column.kind)) continue;
      expected.set(
        `${table.key} ${column.key}`,
        list.map((value) => value ?? filling(was, column)),
      );
    }
  }
  return expected;
}

function filling(was: DraftColumn, is: DraftColumn): string | undefined {
  return was.nullable && !is.nullable ? comparable(kindOf(is.kind).value(1)) : undefined;
}

/** The part of the values that is expected to be something. */
export function among(values: Values, expected: Values): Values {
  return new Map([...values].filter(([key]) => expected.has(key)));
}
