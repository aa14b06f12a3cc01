import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import { loadRelations } from "../query/load.ts";
import { keyText, type LoadState, type QueryState } from "../query/query-state.ts";
import { parentKeys } from "../query/relation-query.ts";
import { placeOfColumn } from "../query/resolve-column.ts";
import { inOrder } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import { fetchVariant } from "./fetch-rows.ts";
import { listedParents, type ListedParents } from "./listed-parents.ts";
import type { LoneLoad } from "./load-guard.ts";
import { loadOne, startMorphs } from "./load-relations.ts";
import { entryOfRow, isLed, keyValue } from "./parent-row.ts";
import type { Reader } from "./reader.ts";
import { keyOf, type KeyValue } from "./row-key.ts";

/** Loads relations into rows that were read before; `given` is what `load` of a query takes. */
export function loadInto(reader: Reader, rows: readonly object[], given: readonly unknown[]): Awaitable<void> {
  const [first] = rows;
  if (first === undefined) return undefined;
  const state = loadState(reader, rows, given);
  const { core, transaction } = reader.session;
  if (rows.length > 1) return runLoads(reader, rows, state);
  if (core.batch !== undefined) return core.batch.add({ reader, row: first, state, transaction });
  core.guard?.notice(loneLoad(first, state), transaction);
  return runLoads(reader, rows, state);
}

/** As `loadInto`, without the relations that a row has already. */
export function loadMissing(reader: Reader, row: object, names: readonly unknown[]): Awaitable<void> {
  const missing = names.filter((name) => typeof name !== "string" || !Object.hasOwn(row, name));
  return missing.length === 0 ? undefined : loadInto(reader, [row], missing);
}

/** The query of the rows' model with the loads, all of it checked. */
function loadState(reader: Reader, rows: readonly object[], given: readonly unknown[]): QueryState {
  const { core } = reader.session;
  const entry = entryOfRow(core.registry, rows[0], "loadInto");
  for (const row of rows) {
    if (entryOfRow(core.registry, row, "loadInto") === entry) continue;
    throw new InvalidQueryError("loadInto loads the relations of one model: call it once for the rows of each.", {
      model: entry.info.table,
    });
  }
  const state = loadRelations(core.stateOf(entry), given, reader.draft);
  for (const load of state.loads) keysOf(core, load, rows);
  return state;
}

function loneLoad(row: object, { entry, loads }: QueryState): LoneLoad {
  const shape = loads.map(({ relation, query }) => keyText(relation.name) + query.key).join();
  const relation = [...new Set(loads.map((load) => load.relation.name))].join(", ");
  return { row, shape: `${entry.key}:${shape}`, model: entry.info.table, relation };
}

/** Loads every relation of a state into its rows: one statement for each. */
export function runLoads(reader: Reader, rows: readonly object[], state: QueryState): Awaitable<void> {
  const { core } = reader.session;
  startMorphs(state, rows, (_, column) => rows.map((row): unknown => Reflect.get(row, column.property)));
  return inOrder(state.loads, (load) => loadOne(reader, load, { rows, ...keysOf(core, load, rows) }, fetchVariant));
}

interface ParentKeys {
  readonly keys: readonly (KeyValue | undefined)[];
  readonly lists?: ListedParents["lists"];
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
  const comparable = (raw: readonly unknown[]) =>
    written(codecs.map(({ decode }, at) => (raw[at] === null ? null : decode(raw[at]))));
  if (relation.listed) {
    const [list] = relation.from;
    const lists = rows.map((row) => listOf(keyValue(relation, row, list!, "load")).map((key) => written([key])[0]));
    return { ...listedParents(lists), comparable };
  }
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
    comparable,
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
