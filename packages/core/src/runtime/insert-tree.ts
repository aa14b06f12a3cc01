import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaEntry, SchemaRegistry } from "../model/relation.ts";
import { relationRole } from "../model/relation-role.ts";
import { nested } from "../query/nesting.ts";
import { pivotData } from "../query/pivot-key.ts";
import { findEntryOfRow } from "./parent-row.ts";
import { copyData } from "./write-values.ts";

/** A row to insert with the rows around it. */
export interface InsertNode {
  readonly entry: SchemaEntry;
  /** The row's own columns; keys that point at parents are added once those are stored. */
  readonly data: Record<string, unknown>;
  /** Rows that this one points at, which come first. */
  readonly parents: readonly NodeLink[];
  /** Rows that point at this one. */
  readonly owned: readonly NodeLink[];
  /** Rows behind a pivot. */
  readonly attached: readonly NodeLink[];
}

/** What stands under a relation's name: new rows, and rows that are there already, which are only linked. */
export interface NodeLink {
  readonly relation: RelationInfo;
  readonly items: readonly LinkItem[];
}
export interface LinkItem {
  readonly node: InsertNode | undefined;
  readonly row: object | undefined;
  /** What the pivot row shall hold. */
  readonly pivot: Readonly<Record<string, unknown>>;
}

/** The tree of rows that data stands for, checked before anything is sent. `tied`: columns that the row above fills. */
export function insertTree(
  registry: SchemaRegistry,
  entry: SchemaEntry,
  given: unknown,
  tied: readonly ColumnInfo[] = [],
): InsertNode {
  const own: Record<string, unknown> = {};
  const links: NodeLink[] = [];
  for (const [name, value] of Object.entries(requireData(entry, given))) {
    refuseMorph(entry, name);
    const relation = entry.relations.get(name);
    if (relation === undefined) own[name] = value;
    else if (value !== undefined) links.push({ relation, items: linkItems(registry, relation, value) });
  }
  const data = copyData(entry.info, own);
  const role = (wanted: string) => links.filter(({ relation }) => relationRole(relation) === wanted);
  for (const { relation } of role("far")) refuseFar(relation);
  const parents = [...role("belongs"), ...role("lists")];
  for (const { relation } of parents) refuseTwice(relation, data, tied);
  refuseGiven(entry, data, tied);
  return { entry, data, parents, owned: role("owns"), attached: role("pivot") };
}

function requireData(entry: SchemaEntry, given: unknown): object {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return given;
  return copyData(entry.info, given);
}

function linkItems(registry: SchemaRegistry, relation: RelationInfo, value: unknown): readonly LinkItem[] {
  const isMany = relation.cardinality === "many";
  if (isMany !== Array.isArray(value)) {
    throw new InvalidValueError(
      `"${relation.name}" of model "${relation.source.table}" takes ${isMany ? "a list of rows" : "one row or null"} in an insert.`,
      { model: relation.source.table },
    );
  }
  const all: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value];
  return all.map((one) => linkItem(registry, relation, one));
}

function linkItem(registry: SchemaRegistry, relation: RelationInfo, given: unknown): LinkItem {
  const { target, through } = relation;
  const entry = registry.byInfo.get(target);
  if (entry === undefined) throw new TypeError(`Relation ${relation.name} leads out of its schema.`);
  const below = (data: unknown, tied?: readonly ColumnInfo[]) =>
    nested(target.table, () => insertTree(registry, entry, data, tied));
  const role = relationRole(relation);
  const stored = findEntryOfRow(registry, given);
  if (stored?.info === target && role !== "owns" && typeof given === "object" && given !== null) {
    return { node: undefined, row: given, pivot: {} };
  }
  if (role === "owns") {
    const constants = relation.constants.flatMap(({ at, column }) => (at === "target" ? [column] : []));
    return { node: below(given, [...relation.to, ...constants]), row: undefined, pivot: {} };
  }
  if (through === undefined || target.columns.has("pivot")) {
    return { node: below(given), row: undefined, pivot: {} };
  }
  const rest: Record<string, unknown> = { ...requireData(entry, given) };
  const pivot = rest["pivot"] === undefined ? {} : pivotData(relation, rest["pivot"]);
  delete rest["pivot"];
  return { node: below(rest), row: undefined, pivot };
}

function refuseMorph({ info, morphs }: SchemaEntry, name: string): void {
  if (!morphs.has(name)) return;
  throw new InvalidQueryError(
    `"${name}" of model "${info.table}" leads to one of several models and cannot be inserted along. Insert the other row first, then associate.`,
    { model: info.table },
  );
}

function refuseFar({ name, source }: RelationInfo): void {
  throw new InvalidQueryError(
    `"${name}" of model "${source.table}" leads through a model of its own, whose rows an insert would have to make up. Nest that model's rows instead.`,
    { model: source.table },
  );
}

/** A key comes from one place: the data, the row above, or a nested parent. */
function refuseTwice({ name, source, from }: RelationInfo, data: object, tied: readonly ColumnInfo[]): void {
  const twice = from.find((column) => Object.hasOwn(data, column.property) || tied.includes(column));
  if (twice === undefined) return;
  throw new InvalidValueError(
    `Column "${twice.property}" of model "${source.table}" is given twice: by "${name}", and by the data or the row above.`,
    { model: source.table, column: twice.property },
  );
}

function refuseGiven({ info }: SchemaEntry, data: object, tied: readonly ColumnInfo[]): void {
  const given = tied.find(({ property }) => Object.hasOwn(data, property));
  if (given === undefined) return;
  throw new InvalidValueError(
    `Column "${given.property}" of model "${info.table}" is set by the row above. Leave it out.`,
    { model: info.table, column: given.property },
  );
}
