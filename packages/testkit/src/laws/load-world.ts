import { col, createDatabase, createSchema, defineModel, defineRelations, type AnySchema } from "@mortise/core";
import { push } from "@mortise/migrator";
import fc, { type Arbitrary } from "fast-check";
import { looseDatabase, type LooseQuery } from "../differential/loose-query.ts";
import { documentValues } from "../values/document-values.ts";
import { numberValues } from "../values/number-values.ts";
import type { Target } from "../values/target.ts";
import { textValues } from "../values/text-values.ts";
import { timeValues } from "../values/time-values.ts";
import type { CaseValue, ValueCase } from "../values/value-case.ts";

/** The tables of a schema, each related to the next one. */
export const levels = ["tops", "mids", "leaves", "links"] as const;
export type Level = (typeof levels)[number];

/** A schema by the types of its columns: of the keys that tables are related by, and of the value of each table. */
export interface LoadSchema {
  readonly key: ValueCase;
  readonly values: Readonly<Record<Level, ValueCase>>;
}

/** Types whose values the databases call equal when they are read equal. */
const keyNames: ReadonlySet<string> = new Set([
  "integer",
  "bigInteger",
  'bigInteger of mode "bigint"',
  'decimal(38, 10) of mode "string"',
  "string",
  "uuid",
  "date",
  "datetime as text",
  "boolean",
  "enum",
]);

/** Schemas of the types that an engine holds. */
export function loadSchemas({ exclusions }: Target): Arbitrary<LoadSchema> {
  const held = [...numberValues, ...textValues, ...timeValues, ...documentValues].filter(
    // Without limits a decimal holds as many digits as the engine does.
    ({ name }) => exclusions?.[name] === undefined && !name.endsWith("without limits"),
  );
  const key = fc.constantFrom(...held.filter(({ name }) => keyNames.has(name)));
  const value = fc.constantFrom(...held);
  return fc.record({ key, values: fc.record({ tops: value, mids: value, leaves: value, links: value }) });
}

/** A row as it is written, and as hand-written code needs it. */
export type WrittenRow = Readonly<Record<string, unknown>>;
export type WrittenRows = Readonly<Record<Level, readonly WrittenRow[]>>;

/** Rows for the tables of a schema: few keys, so that parents share children, and nulls among everything. */
export function loadRows({ key, values }: LoadSchema): Arbitrary<WrittenRows> {
  const keys = fc.option(given(key.values.slice(0, 4)), { freq: 4 });
  const n = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 4 });
  const value = (level: Level) => fc.option(given(values[level].values), { freq: 5 });
  const side = fc.integer({ min: 1, max: 6 });
  return fc
    .record({
      tops: fc.array(fc.record({ key: keys, n, value: value("tops") }), { maxLength: 5 }),
      mids: fc.array(fc.record({ topKey: keys, key: keys, n, value: value("mids") }), { maxLength: 7 }),
      leaves: fc.array(fc.record({ midKey: keys, n, value: value("leaves") }), { maxLength: 9 }),
      links: fc.uniqueArray(fc.record({ topId: side, leafId: side, value: value("links") }), {
        selector: ({ topId, leafId }) => `${topId} ${leafId}`,
        maxLength: 8,
      }),
    })
    .map(({ tops, mids, leaves, links }) => ({
      tops: keyed(tops),
      mids: keyed(mids),
      leaves: keyed(leaves),
      links: keyed(links),
    }));
}

/** Long values are tried elsewhere. */
function given(values: readonly CaseValue[]): Arbitrary<unknown> {
  return fc.constantFrom(...values.map((one) => one.given).filter((value) => sizeOf(value) < 1000));
}

function sizeOf(value: unknown): number {
  return typeof value === "string" || value instanceof Uint8Array ? value.length : 0;
}

function keyed(rows: readonly object[]): readonly WrittenRow[] {
  return rows.map((row, at) => ({ id: at + 1, ...row }));
}

/** The tables of one schema in a database. */
export interface LoadTables {
  readonly query: Readonly<Record<Level, LooseQuery>>;
  readonly refill: (rows: WrittenRows) => Promise<void>;
}

/** One database with the tables of several schemas. */
export async function openLoadTables(target: Target, schemas: readonly LoadSchema[]) {
  const parts = schemas.map(modelsOf);
  const schema: AnySchema = createSchema(
    Object.fromEntries(parts.flatMap(({ models }) => Object.values(models).map((model) => [model.table, model]))),
    Object.assign({}, ...parts.map(({ relations }) => relations)),
  );
  const adapter = await target.open();
  const db = createDatabase(schema, adapter);
  await push(db);
  const tables = parts.map(({ models }): LoadTables => {
    const from = (level: Level) => looseDatabase(db).from(models[level]);
    const query = { tops: from("tops"), mids: from("mids"), leaves: from("leaves"), links: from("links") };
    const refill = async (rows: WrittenRows) => {
      for (const level of levels) {
        await query[level].unfiltered().delete();
        await query[level].insertMany(rows[level]);
      }
    };
    return { query, refill };
  });
  return { db, tables, strategies: adapter.capabilities.relations };
}

function modelsOf({ key: { column: key }, values }: LoadSchema, at: number) {
  const own = (level: Level) => ({ n: col.integer(), value: values[level].column });
  const tops = defineModel(`tops_${at}`, { columns: { id: col.increment(), key, ...own("tops") } });
  const mids = defineModel(`mids_${at}`, { columns: { id: col.increment(), topKey: key, key, ...own("mids") } });
  const leaves = defineModel(`leaves_${at}`, { columns: { id: col.increment(), midKey: key, ...own("leaves") } });
  const links = defineModel(`links_${at}`, {
    columns: { id: col.increment(), topId: col.integer(), leafId: col.integer(), value: values.links.column },
  });
  const relations = {
    [tops.table]: defineRelations(tops, ({ hasMany, hasOne, manyToMany }) => ({
      mids: hasMany(mids, { foreignKey: "topKey", localKey: "key" }),
      best: hasOne(mids, { foreignKey: "topKey", localKey: "key", orderBy: ["n", "desc"] }),
      twins: hasMany(tops, { foreignKey: "n", localKey: "n" }),
      linked: manyToMany(leaves, {
        through: links,
        leftForeignKey: "topId",
        rightForeignKey: "leafId",
        pivot: ["value"],
      }),
    })),
    [mids.table]: defineRelations(mids, ({ belongsTo, hasMany }) => ({
      top: belongsTo(tops, { foreignKey: "topKey", ownerKey: "key" }),
      leaves: hasMany(leaves, { foreignKey: "midKey", localKey: "key" }),
    })),
    [leaves.table]: defineRelations(leaves, ({ belongsTo }) => ({
      mid: belongsTo(mids, { foreignKey: "midKey", ownerKey: "key" }),
    })),
  };
  return { models: { tops, mids, leaves, links }, relations };
}
