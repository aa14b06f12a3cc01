import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  type Database,
  type Model,
  type ModelQuery,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import fc, { type Arbitrary } from "fast-check";
import type { OpenAdapter } from "../suite.ts";
import { untrusted } from "../untrusted.ts";
import type { CaseColumn } from "../values/value-case.ts";

/** The columns of the laws: names are data, so the compiler does not know them. */
export type LawColumns = Readonly<Record<string, CaseColumn>>;
export type LawQuery = ModelQuery<{}, Model<"rows", LawColumns>>;
export type LawRow = Readonly<Record<string, unknown>>;

/** A column of the laws: few values in the order of the column, so that ties and matches are many. */
export interface LawColumn {
  readonly column: CaseColumn;
  readonly pool: readonly unknown[];
}

/** Every column but `n` is null for half of the rows. */
export const lawColumns: Readonly<Record<string, LawColumn>> = {
  n: { column: col.integer({ nullable: false }), pool: [-2, 0, 1, 3, 2 ** 31 - 1] },
  int: { column: col.integer(), pool: [-1, 0, 1, 2, 7] },
  big: { column: col.bigInteger(), pool: [-(2n ** 63n), -1, 2 ** 53 - 1, 2n ** 53n, 2n ** 53n + 1n] },
  text: { column: col.text(), pool: ["", "%", "' ?--", "A", "a", "a_", "\u{1f600}"] },
  amount: {
    column: col.decimal({ precision: 38, scale: 2, mode: "string" }),
    pool: ["-10.00", "-9.50", "0.00", "9.00", "10.00", "123456789012345678901234567890.10"],
  },
  at: { column: col.datetime(), pool: [0, 1, 86_400_000, 1_709_208_309_250].map((time) => new Date(time)) },
  flag: { column: col.boolean(), pool: [false, true] },
};

export interface LawDatabase {
  readonly db: Database<{}>;
  readonly model: Model<"rows", LawColumns>;
  readonly query: LawQuery;
}

/** An empty table of the laws. */
export async function openLaws(open: OpenAdapter): Promise<LawDatabase> {
  const columns = Object.fromEntries(Object.entries(lawColumns).map(([name, { column }]) => [name, column]));
  const Row = defineModel("rows", { columns: { id: col.increment(), ...columns } });
  const schema = createSchema({ rows: Row });
  const db = createDatabase(schema, await open());
  await push(db);
  return { db: untrusted(db), model: untrusted(schema.rows), query: untrusted(db.from(schema.rows)) };
}

/** Rows of the table, without their keys. */
export const lawRows: Arbitrary<LawRow[]> = fc.array(
  fc.record(
    Object.fromEntries(
      Object.entries(lawColumns).map(([name, { pool }]) => {
        const value = fc.constantFrom(...pool);
        return [name, name === "n" ? value : fc.option(value, { freq: 2 })];
      }),
    ),
  ),
  { maxLength: 24 },
);

/** Empties the table and fills it again; the keys count from 1. */
export async function refill({ query }: LawDatabase, rows: readonly LawRow[]): Promise<readonly LawRow[]> {
  await query.truncate();
  const keyed = rows.map((row, at) => ({ id: at + 1, ...row }));
  await query.insertMany(keyed);
  return keyed;
}
