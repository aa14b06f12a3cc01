import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { loadRelations } from "../query/load.ts";
import type { LoadState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import { inOrder } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import { fetchVariant } from "./fetch-rows.ts";
import { loadOne, startMorphs } from "./load-relations.ts";
import { entryOfRow, isLed, keyValue } from "./parent-row.ts";
import type { Reader } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/** Loads relations into rows that were read before; `given` is what `load` of a query takes. Gives the same rows. */
export function loadInto(reader: Reader, rows: readonly object[], given: readonly unknown[]): Awaitable<void> {
  const { core } = reader.session;
  const [first] = rows;
  if (first === undefined) return undefined;
  const entry = entryOfRow(core.registry, first, "loadInto");
  for (const row of rows) {
    if (entryOfRow(core.registry, row, "loadInto") === entry) continue;
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
  const positions = [...codecs.keys()];
  const present = new Map<KeyValue, readonly unknown[]>();
  const keys = rows.map((row) => {
    if (!isLed(relation, row)) return undefined;
    const raw = written(relation.from.map((column) => keyValue(relation, row, column, "load")));
    const key = keyOf(raw, positions);
    if (key !== undefined) present.set(key, raw);
    return key;
  });
  return {
    keys,
    wanted: [...present.values()],
    comparable: (raw) => written(codecs.map(({ decode }, at) => (raw[at] === null ? null : decode(raw[at])))),
  };
}
