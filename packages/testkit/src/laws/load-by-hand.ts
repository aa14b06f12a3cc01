import fc, { type Arbitrary } from "fast-check";
import type { LooseQuery } from "../differential/loose-query.ts";
import { exactText } from "../values/exact-text.ts";
import type { Strategy } from "../suite.ts";
import type { Level } from "./load-world.ts";

/** A relation as hand-written code knows it. */
interface Link {
  readonly target: Level;
  readonly from: string;
  readonly to: string;
  readonly isList: boolean;
  /** The order in which one of several is picked. */
  readonly picks?: "desc";
  readonly through?: { readonly left: string; readonly right: string };
}

const related: Readonly<Record<Level, Readonly<Record<string, Link>>>> = {
  tops: {
    mids: { target: "mids", from: "key", to: "topKey", isList: true },
    best: { target: "mids", from: "key", to: "topKey", isList: false, picks: "desc" },
    twins: { target: "tops", from: "n", to: "n", isList: true },
    linked: { target: "leaves", from: "id", to: "id", isList: true, through: { left: "topId", right: "leafId" } },
  },
  mids: {
    top: { target: "tops", from: "topKey", to: "key", isList: false },
    leaves: { target: "leaves", from: "key", to: "midKey", isList: true },
  },
  leaves: { mid: { target: "mids", from: "midKey", to: "key", isList: false } },
  links: {},
};

/** What a load asks of a relation. */
export interface LoadSpec {
  readonly relation: string;
  readonly least: number | undefined;
  readonly order: "asc" | "desc" | undefined;
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly isShort: boolean;
  readonly loads: readonly LoadSpec[];
}

const maybe = <T>(value: Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

/** Loads from a table, so many levels deep. */
export function loadSpecs(level: Level, depth: number): Arbitrary<readonly LoadSpec[]> {
  const names = Object.keys(related[level]);
  if (depth === 0 || names.length === 0) return fc.constant([]);
  const spec = fc.constantFrom(...names).chain((relation) => {
    const { isList, target } = linkOf(level, relation);
    const cut = (most: number) => (isList ? maybe(fc.nat(most)) : fc.constant(undefined));
    return fc.record({
      relation: fc.constant(relation),
      least: maybe(fc.nat(2)),
      order: maybe(fc.constantFrom("asc", "desc")),
      limit: cut(3),
      offset: cut(2),
      isShort: fc.boolean(),
      loads: loadSpecs(target, depth - 1),
    });
  });
  return fc.uniqueArray(spec, { selector: ({ relation }) => relation, minLength: 1, maxLength: 2 });
}

function linkOf(level: Level, relation: string): Link {
  const link = related[level][relation];
  if (link === undefined) throw new TypeError(`${level} have no relation ${relation}.`);
  return link;
}

/** The query with its loads, each by this strategy. */
export function addLoads(query: LooseQuery, level: Level, specs: readonly LoadSpec[], strategy: Strategy): LooseQuery {
  return specs.reduce(
    (at, spec) => at.load(spec.relation, (inner) => fill(inner, level, spec, strategy), { strategy }),
    query,
  );
}

function fill(query: LooseQuery, level: Level, spec: LoadSpec, strategy: Strategy): LooseQuery {
  const { target, isList } = linkOf(level, spec.relation);
  let filled = query;
  if (spec.isShort) filled = filled.select("id", "value");
  if (spec.least !== undefined) filled = filled.where("n", ">=", spec.least);
  if (spec.order !== undefined) filled = filled.orderBy("n", spec.order, {});
  // A limit and a relation to one row break ties by the key themselves.
  if (isList && spec.limit === undefined && spec.offset === undefined) filled = filled.orderBy("id", "asc", {});
  if (spec.limit !== undefined) filled = filled.limit(spec.limit);
  if (spec.offset !== undefined) filled = filled.offset(spec.offset);
  return addLoads(filled, target, spec.loads, strategy);
}

/** Rows as flat reads give them. */
export type FlatRow = Readonly<Record<string, unknown>>;
export type FlatRows = Readonly<Record<Level, readonly FlatRow[]>>;

/** The rows of a table with their relations, put together from flat reads. */
export function loadByHand(flat: FlatRows, level: Level, rows: readonly FlatRow[], specs: readonly LoadSpec[]) {
  return rows.map((row) => {
    const loaded = copy(row, Object.keys(row));
    for (const spec of specs) Reflect.set(loaded, spec.relation, relationByHand(flat, level, row, spec));
    return loaded;
  });
}

function relationByHand(flat: FlatRows, level: Level, row: FlatRow, spec: LoadSpec): unknown {
  const link = linkOf(level, spec.relation);
  const { least, offset = 0, limit = link.isList ? Infinity : 1 } = spec;
  const chosen = childrenOf(flat, link, row)
    .filter(({ child }) => least === undefined || (child["n"] !== null && Number(child["n"]) >= least))
    .toSorted((left, right) => compare(left.child, right.child, spec.order ?? (link.isList ? undefined : link.picks)))
    .slice(offset, offset + limit);
  const whole = loadByHand(
    flat,
    link.target,
    chosen.map(({ child }) => child),
    spec.loads,
  ).map((loaded, at) => {
    const keys = spec.isShort ? ["id", "value", ...spec.loads.map(({ relation }) => relation)] : Object.keys(loaded);
    const shown = copy(loaded, keys);
    const pivot = chosen[at]?.pivot;
    if (pivot !== undefined) Reflect.set(shown, "pivot", { value: pivot["value"] });
    return shown;
  });
  return link.isList ? whole : (whole[0] ?? null);
}

/** Children by the text of their key, which tells values apart as the databases do. */
function childrenOf(flat: FlatRows, { target, from, to, through }: Link, row: FlatRow) {
  const equal = (left: unknown, right: unknown) => left !== null && exactText(left) === exactText(right);
  if (through === undefined) {
    return flat[target].flatMap((child) => (equal(row[from], child[to]) ? [{ child, pivot: undefined }] : []));
  }
  return flat.links
    .filter((pivot) => equal(row[from], pivot[through.left]))
    .flatMap((pivot) =>
      flat[target].flatMap((child) => (equal(pivot[through.right], child[to]) ? [{ child, pivot }] : [])),
    );
}

/** Nulls come before every number; equal numbers stand in the order of their keys. */
function compare(left: FlatRow, right: FlatRow, order: "asc" | "desc" | undefined): number {
  const number = (row: FlatRow) => (row["n"] === null ? -1 : Number(row["n"]));
  const byNumber = number(left) - number(right);
  const ordered = order === undefined ? 0 : order === "asc" ? byNumber : -byNumber;
  return ordered === 0 ? Number(left["id"]) - Number(right["id"]) : ordered;
}

/** A row of the same class with these of its properties. */
function copy(row: object, keys: readonly string[]): object {
  const made: object = Object.create(Object.getPrototypeOf(row));
  for (const key of keys) Reflect.set(made, key, Reflect.get(row, key));
  return made;
}
