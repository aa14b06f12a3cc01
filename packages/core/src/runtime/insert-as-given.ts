import type { Adapter, Awaitable, InsertFacts } from "../adapter/adapter.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import { columnField } from "../plan/build-select.ts";
import { hydrate, rowShape, type RowShape } from "../plan/row-shape.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import { after } from "./awaitable.ts";
import { encodeRows } from "./check-values.ts";
import type { DatabaseCore } from "./database-core.ts";
import { executeInsert, givesRows, type Inserted } from "./insert-statement.ts";
import type { Reader } from "./reader.ts";
import { RowOfLists, type RowValues } from "./row-values.ts";

/**
 * Inserts rows that give the same columns with one statement, and makes the stored rows of what was given and of the counted keys, where
 * the database is known to store just that. `undefined` where it is not: then nothing was sent.
 */
export function insertAsGiven(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
): Awaitable<object[] | undefined> {
  const { core } = reader.session;
  if (core.adapter.capabilities.insertFacts !== true || !rows.every(isPlain)) return undefined;
  const known = knownColumns(core, entry);
  const { columns } = rows[0]!;
  if (!columns.every((column) => known.exact.has(column))) return undefined;
  return after(factsOf(reader, entry.info), (facts) => {
    const key = facts && countedKey(entry.info, known.all, columns, facts);
    if (facts === undefined || key === undefined) return undefined;
    const isCertain = key === "given" || facts.step !== undefined;
    if (!isCertain && !givesRows(reader)) return undefined;
    if (rows[0]!.isEncoded !== true) encodeRows(core.adapter, entry.info, rows);
    const inserting = executeInsert(reader, entry, rows, undefined, isCertain ? "nothing" : "key");
    return after(inserting, (inserted) =>
      hydrate(
        known.shape,
        storedRows(known.all, rows, (at) => counted(inserted, key, at, facts.step)),
      ),
    );
  });
}

/** Whether `insertAsGiven` is already known to insert rows, so that they need not stay as they were given. */
export function storesAsGiven({ session: { core } }: Reader, entry: SchemaEntry, rows: readonly RowOfLists[]): boolean {
  const facts = core.insertFacts.get(entry.info);
  if (facts?.step === undefined || !rows.every(isPlain)) return false;
  const { all, exact } = knownColumns(core, entry);
  const forms = new Set(rows.map(({ columns }) => columns));
  return [...forms].every(
    (columns) =>
      columns.every((column) => exact.has(column)) && countedKey(entry.info, all, columns, facts) !== undefined,
  );
}

function isPlain(row: RowValues): row is RowOfLists {
  return row instanceof RowOfLists && !row.hasExpression;
}

/** The column whose values the database counts; `undefined` where it makes other values, too. */
function countedKey(
  { primaryKey }: ModelInfo,
  all: readonly ColumnInfo[],
  given: readonly ColumnInfo[],
  { filled }: InsertFacts,
): ColumnInfo | "given" | undefined {
  const absent = all.filter((column) => !given.includes(column));
  const key = absent.find((column) => column.definition.increment);
  if (key !== undefined && (primaryKey.length > 1 || primaryKey[0] !== key)) return undefined;
  const isNull = ({ definition, databaseName }: ColumnInfo): boolean =>
    definition.nullable && definition.serialize === undefined && !filled.has(databaseName);
  return absent.every((column) => column === key || isNull(column)) ? (key ?? "given") : undefined;
}

function counted({ rows, insertId }: Inserted, key: ColumnInfo | "given", at: number, step = 1): unknown {
  if (key === "given") return null;
  const row = rows[at];
  if (row !== undefined) return Reflect.get(row, key.property);
  return typeof insertId === "bigint" ? insertId + BigInt(at * step) : (insertId ?? 0) + at * step;
}

/** A column that no row gives is null, but for the key. */
function storedRows(
  columns: readonly ColumnInfo[],
  rows: readonly RowOfLists[],
  keyOf: (at: number) => unknown,
): unknown[][] {
  const places = columns.map((column) => rows[0]!.columns.indexOf(column));
  const keyAt = columns.findIndex((column, at) => places[at] === -1 && column.definition.increment);
  return rows.map(({ list }, at) => {
    const stored = places.map((place) => (place === -1 ? null : list[place]));
    if (keyAt !== -1) stored[keyAt] = keyOf(at);
    return stored;
  });
}

/** What is known of a model's columns on an adapter. */
interface KnownColumns {
  readonly all: readonly ColumnInfo[];
  /** Those of which is known before they are sent what they will give back. */
  readonly exact: ReadonlySet<ColumnInfo>;
  readonly shape: RowShape;
}

function knownColumns(core: DatabaseCore, entry: SchemaEntry): KnownColumns {
  return core.plans.get(`${core.stateOf(entry).key}\nG`, () => {
    const { info } = entry;
    const all = [...info.columns.values()];
    const storedBy = (column: ColumnInfo) => core.adapter.codecFor(placeOfColumn(info, column));
    const exact = all.filter(
      (column) => column.definition.prepare === undefined && storedBy(column).stored !== undefined,
    );
    const fields = all.map((column) => columnField(info, column));
    return { all, exact: new Set(exact), shape: rowShape(storedDecoders(core.adapter), entry.model, fields, []) };
  });
}

/** Decoders of what was sent, instead of what the driver gives. */
function storedDecoders({ codecFor }: Adapter): Pick<Adapter, "decoderFor"> {
  return {
    decoderFor(type) {
      if (type.kind !== "column") return undefined;
      const { stored, decode } = codecFor(type.place);
      return stored === "decode" ? decode : stored;
    },
  };
}

/** The facts of a model's table, asked for once. */
function factsOf(reader: Reader, info: ModelInfo): Awaitable<InsertFacts | undefined> {
  const { insertFacts } = reader.session.core;
  if (insertFacts.has(info)) return insertFacts.get(info);
  const remember = (facts: InsertFacts | undefined): InsertFacts | undefined => {
    insertFacts.set(info, facts);
    return facts;
  };
  try {
    const asked = reader.session.use((connection) => connection.insertFacts?.(info));
    return asked instanceof Promise ? asked.then(remember, unknownFacts) : remember(asked);
  } catch {
    return unknownFacts();
  }
}

/** Where nothing can be asked the statement itself will fail, in words of ours. */
function unknownFacts(): undefined {
  return undefined;
}
