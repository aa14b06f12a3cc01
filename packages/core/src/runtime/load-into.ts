import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaEntry } from "../model/relation.ts";
import { modelInfo } from "../model/model.ts";
import { loadRelations } from "../query/load.ts";
import type { LoadState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import { inOrder } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import { fetchVariant } from "./fetch-rows.ts";
import { loadOne, startMorphs } from "./load-relations.ts";
import type { Reader } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/** Loads relations into rows that were read before; `given` is what `load` of a query takes. Gives the same rows. */
export function loadInto(reader: Reader, rows: readonly object[], given: readonly unknown[]): Awaitable<void> {
  const { core } = reader.session;
  const [first] = rows;
  if (first === undefined) return undefined;
  const entry = entryOfRow(core, first, "loadInto");
  for (const row of rows) {
    if (entryOfRow(core, row, "loadInto") === entry) continue;
    throw new InvalidQueryError("loadInto loads the relations of one model: call it once for the rows of each.", {
      model: entry.info.table,
    });
  }
  const state = loadRelations(core.stateOf(entry), given, reader.draft);
  const parents = state.loads.map((load) => ({ load, rows, ...keysOf(core, load, rows) }));
  startMorphs(state, rows, (_, column) => rows.map((row): unknown => Reflect.get(row, column.property)));
  return inOrder(parents, (one) => loadOne(reader, one.load, one, fetchVariant));
}

/** As `loadInto`, without the relations that a row has already. */
export function loadMissing(reader: Reader, row: object, names: readonly unknown[]): Awaitable<void> {
  const missing = names.filter((name) => typeof name !== "string" || !Object.hasOwn(row, name));
  return missing.length === 0 ? undefined : loadInto(reader, [row], missing);
}

/** The schema's entry of the model that a row was read through. */
export function entryOfRow({ registry }: DatabaseCore, row: unknown, method: string): SchemaEntry {
  const prototype: unknown = typeof row === "object" && row !== null ? Object.getPrototypeOf(row) : null;
  const model: unknown = typeof prototype === "object" && prototype !== null && Reflect.get(prototype, "constructor");
  const info = modelInfo(model);
  const entry = registry.byModel.get(model) ?? (info && registry.byInfo.get(info));
  if (entry !== undefined) return entry;
  throw new InvalidValueError(
    `${method} needs a row that was read through a model of this schema: a plain copy does not tell whose row it is.`,
  );
}

/** The value of a row's key column, which the row must have. */
export function keyValue(relation: RelationInfo, row: object, column: ColumnInfo, method: string): unknown {
  const value: unknown = Reflect.get(row, column.property);
  if (Object.hasOwn(row, column.property) && value !== undefined && column.definition.serialize === undefined) {
    return value;
  }
  const { table } = relation.source;
  throw new InvalidQueryError(
    column.definition.serialize === undefined
      ? `${method} of "${relation.name}" needs the column "${column.property}" of the row of model "${table}". Select it too.`
      : `${method} of "${relation.name}" cannot use the column "${column.property}" of model "${table}", whose stored value its serialize hides. Use load on the query.`,
    { model: table, column: column.property },
  );
}

/** Whether a row is one that the relation leads from: the constants of its own columns hold. */
export function isLed(relation: RelationInfo, row: object): boolean {
  return relation.constants.every(
    ({ at, column, value }) => at !== "source" || keyValue(relation, row, column, "load") === value,
  );
}

interface ParentKeys {
  readonly keys: readonly (KeyValue | undefined)[];
  readonly wanted: readonly (readonly unknown[])[];
  readonly comparable: (key: readonly unknown[]) => readonly unknown[];
}

/** The parents' keys, written as the children's columns write them: so both sides are of one form, whatever a driver gives. */
function keysOf({ adapter }: DatabaseCore, { relation, query }: LoadState, rows: readonly object[]): ParentKeys {
  const parent = parentKeys(relation, query);
  const codecs = parent.columns.map((column) => {
    const place = placeOfColumn(parent.model, column);
    const decode = adapter.decoderFor({ kind: "column", place });
    return { encode: adapter.codecFor(place).encode, decode: decode ?? ((raw: unknown) => raw) };
  });
  const written = (key: readonly unknown[]) =>
    codecs.map(({ encode }, at) => (key[at] === null ? null : encode(key[at])));
  const all = rows.map((row) => written(relation.from.map((column) => keyValue(relation, row, column, "load"))));
  const positions = [...codecs.keys()];
  const keys = all.map((key, at) => (isLed(relation, rows[at]!) ? keyOf(key, positions) : undefined));
  const present = new Map(all.flatMap((key, at) => (keys[at] === undefined ? [] : [[keys[at], key] as const])));
  return {
    keys,
    wanted: [...present.values()],
    comparable: (raw) => written(codecs.map(({ decode }, at) => (raw[at] === null ? null : decode(raw[at])))),
  };
}
