import { InvalidValueError } from "../errors/errors.ts";
import type { RelationInfo, SchemaEntry } from "../model/relation.ts";
import type { QueryState } from "../query/query-state.ts";
import { beforeInsert, beforeInsertMany, insertInChunks, requireList } from "./insert.ts";
import { insertPivotRows } from "./insert-pivot-rows.ts";
import { insertTree, type InsertNode, type LinkItem, type NodeLink } from "./insert-tree.ts";
import { keyValue } from "./parent-row.ts";
import type { Reader } from "./reader.ts";
import { allOrNothing } from "./all-or-nothing.ts";
import { insertValuesOfAll } from "./write-values.ts";

/** Inserts one row, and with it the rows that stand under the names of its relations. */
export function insertOneTree(reader: Reader, state: QueryState, data: unknown): Promise<object> {
  const node = insertTree(state.registry, state.entry, data);
  return allOrNothing(reader.session, async (session) => {
    const [row] = await storeNodes({ ...reader, session }, state, [node], true);
    return row ?? {};
  });
}

/** As `insertOneTree` for a list, with statements for each level and not for each row. */
export function insertTrees(reader: Reader, state: QueryState, list: unknown): Promise<object[]> {
  const nodes = requireList(state.entry.info, list).map((data) => insertTree(state.registry, state.entry, data));
  return allOrNothing(reader.session, (session) => storeNodes({ ...reader, session }, state, nodes, false));
}

/** Stores the rows of one level: what they point at, themselves, then what points at them. */
async function storeNodes(
  reader: Reader,
  state: QueryState,
  nodes: readonly InsertNode[],
  isOne: boolean,
): Promise<object[]> {
  const parents = await storeLinks(reader, nodes, ({ parents: links }) => links);
  for (const { node, relation, rows } of parents) pointAt(node, relation, rows);
  const rows = await insertLevel(reader, state, nodes, isOne);
  const rowOf = new Map(nodes.map((node, at) => [node, rows[at] ?? {}]));
  for (const node of nodes) for (const link of node.owned) pointBack(link, rowOf.get(node) ?? {});
  const owned = await storeLinks(reader, nodes, ({ owned: links }) => links);
  const attached = await storeLinks(reader, nodes, ({ attached: links }) => links);
  await storePivots(reader, attached, rowOf);
  for (const { node, relation, rows: related } of [...parents, ...owned, ...attached]) {
    const own = relation.cardinality === "many" ? related : (related[0] ?? null);
    Reflect.set(rowOf.get(node) ?? {}, relation.name, own);
  }
  return rows;
}

async function insertLevel(
  reader: Reader,
  state: QueryState,
  nodes: readonly InsertNode[],
  isOne: boolean,
): Promise<object[]> {
  const { entry, registry } = state;
  const copies = nodes.map(({ data }) => ({ ...data }));
  if (isOne) await beforeInsert(state, copies[0] ?? {});
  else await beforeInsertMany(state, copies);
  return insertInChunks(reader, entry, insertValuesOfAll(registry, entry.info, copies));
}

/** A link of a node with its stored rows, in order. */
interface StoredLink {
  readonly node: InsertNode;
  readonly relation: RelationInfo;
  readonly items: readonly LinkItem[];
  readonly rows: readonly object[];
}

/** Stores what stands under the same relation of all nodes at once. */
async function storeLinks(
  reader: Reader,
  nodes: readonly InsertNode[],
  linksOf: (node: InsertNode) => readonly NodeLink[],
): Promise<readonly StoredLink[]> {
  const links = nodes.flatMap((node) => linksOf(node).map((link) => ({ node, ...link })));
  const stored = new Map<LinkItem, object>();
  for (const relation of new Set(links.map((link) => link.relation))) {
    const items = links.flatMap((link) => (link.relation === relation ? link.items : []));
    await storeItems(reader, items, stored);
  }
  return links.map((link) => ({ ...link, rows: link.items.flatMap((item) => stored.get(item) ?? []) }));
}

async function storeItems(reader: Reader, items: readonly LinkItem[], stored: Map<LinkItem, object>): Promise<void> {
  const fresh: { readonly item: LinkItem; readonly node: InsertNode }[] = [];
  for (const item of items) {
    if (item.row !== undefined) stored.set(item, item.row);
    if (item.node !== undefined) fresh.push({ item, node: item.node });
  }
  const [first] = fresh;
  if (first === undefined) return;
  const state = reader.session.core.stateOf(first.node.entry);
  const rows = await storeNodes(
    reader,
    state,
    fresh.map(({ node }) => node),
    false,
  );
  for (const [at, { item }] of fresh.entries()) stored.set(item, rows[at] ?? {});
}

/** Sets the keys by which a row points at its parent, or the list of keys by which it points at many. */
function pointAt({ data }: InsertNode, relation: RelationInfo, parents: readonly object[]): void {
  const keyAt = (at: number, parent: object) =>
    presentKey(relation, parent, relation.target.table, relation.to[at]?.property ?? "");
  const [parent] = parents;
  for (const [at, column] of relation.from.entries()) {
    if (relation.listed) data[column.property] = parents.map((one) => keyAt(at, one));
    else if (parent !== undefined) data[column.property] = keyAt(at, parent);
  }
}

/** Sets the keys by which the rows of a link point back at a row. */
function pointBack({ relation, items }: NodeLink, row: object): void {
  const tied = [
    ...relation.to.map((column, at) => [column, keyValue(relation, row, relation.from[at]!, "insert")] as const),
    ...relation.constants.flatMap(({ at, column, value }) => (at === "target" ? [[column, value] as const] : [])),
  ];
  for (const { node } of items) {
    for (const [{ property }, value] of tied) if (node !== undefined) node.data[property] = value;
  }
}

function presentKey(relation: RelationInfo, row: object, table: string, property: string): unknown {
  const value: unknown = Reflect.get(row, property);
  if (value !== undefined && value !== null) return value;
  throw new InvalidValueError(
    `The row of model "${table}" given for "${relation.name}" has no "${property}" to point at. Select it too.`,
    { model: table, column: property },
  );
}

/** Stores the pivot rows of all links of one relation at once. */
async function storePivots(
  reader: Reader,
  links: readonly StoredLink[],
  rowOf: ReadonlyMap<InsertNode, object>,
): Promise<void> {
  for (const relation of new Set(links.map((link) => link.relation))) {
    const { through } = relation;
    if (through === undefined) continue;
    const rows = links.flatMap((link) =>
      link.relation === relation ? pivotRowsOf(link, rowOf.get(link.node) ?? {}) : [],
    );
    const entry: SchemaEntry | undefined = reader.session.core.registry.byInfo.get(through.model);
    if (entry === undefined || rows.length === 0) continue;
    await insertPivotRows(reader, reader.session.core.stateOf(entry), through, rows);
  }
}

function pivotRowsOf({ relation, items, rows }: StoredLink, owner: object): Record<string, unknown>[] {
  const { through, from, to, constants } = relation;
  if (through === undefined) return [];
  const tied: [string, unknown][] = [
    ...through.left.map(({ property }, at): [string, unknown] => [
      property,
      keyValue(relation, owner, from[at]!, "insert"),
    ]),
    ...constants.flatMap(({ at, column, value }): [string, unknown][] =>
      at === "through" ? [[column.property, value]] : [],
    ),
  ];
  return rows.map((row, index) => ({
    ...items[index]?.pivot,
    ...Object.fromEntries(tied),
    ...Object.fromEntries(
      through.right.map(({ property }, at) => [
        property,
        presentKey(relation, row, relation.target.table, to[at]?.property ?? ""),
      ]),
    ),
  }));
}
