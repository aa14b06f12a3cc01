import { UnsupportedError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import { RawExpression } from "../model/raw.ts";
import type { SchemaEntry } from "../model/relation.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import { fetchRows, fetchVariant, plain } from "./fetch-rows.ts";
import { executeInsert } from "./insert-statement.ts";
import { canInsertTogether, insertTogether } from "./insert-together.ts";
import { atMost, withKeys } from "./read.ts";
import type { Reader } from "./reader.ts";
import { rowChunks } from "./row-chunks.ts";
import { unscoped } from "./unscoped.ts";
import { whereEqual } from "./where-equal.ts";
import type { RowValues } from "./row-values.ts";

/** The primary key of a stored row; `undefined` where only the database knows it. */
type Key = RowValues | undefined;

/**
 * Inserts rows on an engine that gives none back, and reads them again by their keys. Runs inside a transaction, so that nobody can
 * change them in between.
 */
export async function insertThenRead(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
): Promise<object[]> {
  const { capabilities } = reader.session.core.adapter;
  const stored: object[] = [];
  let together = rows.length > 1 && (await canInsertTogether(reader, entry));
  for (const chunk of rowChunks(rows, capabilities)) {
    const isCounted = chunk.length > 1 && chunk.every((row) => keyOf(entry.info, row, undefined) === undefined);
    const inserted = together && isCounted ? await insertTogether(reader, entry, chunk) : undefined;
    if (isCounted && inserted === undefined) together = false;
    stored.push(...(inserted ?? (await insertByKeys(reader, entry, chunk))));
  }
  return stored;
}

/** Where the engine counts the key, each row has a statement of its own: no two ids are taken to be neighbours. */
async function insertByKeys(reader: Reader, entry: SchemaEntry, rows: readonly RowValues[]): Promise<object[]> {
  const isKnown = rows.every((row) => keyOf(entry.info, row, undefined) !== undefined);
  const keys: Key[] = [];
  for (const some of isKnown ? [rows] : rows.map((row) => [row])) {
    const { insertId } = await executeInsert(reader, entry, some, undefined, "nothing");
    for (const row of some) keys.push(keyOf(entry.info, row, insertId));
  }
  return readAgain(reader, entry, rows, keys);
}

function keyOf(info: ModelInfo, row: RowValues, insertId: number | bigint | undefined): Key {
  const key = new Map<ColumnInfo, unknown>();
  for (const column of info.primaryKey) {
    const given = row.get(column);
    const value = given ?? (column.definition.increment ? insertId : undefined);
    if (value === undefined || RawExpression.is(value)) return undefined;
    key.set(column, value);
  }
  return key.size === 0 ? undefined : key;
}

/** The stored rows in the order in which they were given. */
async function readAgain(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
  keys: readonly Key[],
): Promise<object[]> {
  const [column, another] = entry.info.primaryKey;
  const listed = keys.filter((key) => key !== undefined);
  if (column !== undefined && another === undefined && rows.length > 1 && listed.length === rows.length) {
    const found = await readByList(reader, entry, column, listed);
    if (found !== undefined) return found;
  }
  const stored: object[] = [];
  for (const [at, row] of rows.entries()) stored.push(await readOne(reader, entry, row, keys[at]));
  return stored;
}

/** All rows in one query; `undefined` where a key comes back in another form than it was written. */
async function readByList(
  reader: Reader,
  entry: SchemaEntry,
  column: ColumnInfo,
  keys: readonly RowValues[],
): Promise<object[] | undefined> {
  const { core } = reader.session;
  const values = keys.map((key) => key.get(column));
  const place = placeOfColumn(entry.info, column);
  const { encode } = core.adapter.codecFor(place);
  const { prepare } = place;
  const state = withKeys(unscoped(core.stateOf(entry)), values);
  const { rows, raw } = await fetchVariant(reader, state, plain);
  const position = [...entry.info.columns.values()].indexOf(column);
  const byKey = new Map(raw.map((one, at) => [keyText(one[position]), rows[at]]));
  const found = values.flatMap(
    (value) => byKey.get(keyText(encode(prepare === undefined ? value : prepare(value)))) ?? [],
  );
  return found.length === values.length ? found : undefined;
}

function keyText(value: unknown): string {
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return String(value);
}

async function readOne(reader: Reader, entry: SchemaEntry, row: RowValues, key: Key): Promise<object> {
  const state = unscoped(reader.session.core.stateOf(entry));
  const searched = key ?? comparableValues(row);
  const found = await fetchRows(reader, atMost(whereEqual(state, searched), 2));
  const [stored, other] = found;
  // Without a key two rows may look alike; they must then be alike in everything.
  if (stored !== undefined && (other === undefined || JSON.stringify(stored) === JSON.stringify(other))) return stored;
  throw new UnsupportedError({
    capability: `Giving back the row inserted into "${entry.info.table}", whose key only the database knows,`,
    adapter: reader.session.core.adapter.name,
    alternative: "Give the key with the data, or let the model have an increment, uuid or ulid key.",
    model: entry.info.table,
  });
}

/** The given values that the database can compare for equality. */
function comparableValues(row: RowValues): RowValues {
  return new Map(
    [...row].filter(([{ definition }, value]) => !RawExpression.is(value) && !incomparable.has(definition.type.kind)),
  );
}

const incomparable: ReadonlySet<string> = new Set([
  "json",
  "jsonb",
  "array",
  "set",
  "encrypted",
  "geometry",
  "any",
  "specific",
]);
