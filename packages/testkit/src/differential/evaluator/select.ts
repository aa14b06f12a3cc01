import {
  columnOf,
  relationOf,
  type ColumnSpec,
  type ExtraSpec,
  type LoadSpec,
  type ModelSpec,
  type OrderSpec,
  type QuerySpec,
  type RelationSpec,
  isFirst,
  isMany,
} from "../program.ts";
import { aggregate, type Cell } from "./aggregate.ts";
import type { Listing } from "./answer.ts";
import { sameValue } from "./compare.ts";
import { filterRows, relatedRows } from "./condition.ts";
import { arrange, wanted, type SortKey } from "./order.ts";
import { presentRow, presentValue } from "./present.ts";
import { valueOf, type Row, type Store } from "./store.ts";

/** A row of a result before it is shown: the stored row and what was computed beside it. */
export interface Found {
  readonly row: Row;
  readonly extras: ReadonlyMap<string, Cell>;
}

/** The rows of a query in their order. */
export function select(store: Store, query: QuerySpec): Listing<Found> {
  const model = store.model(query.model);
  const rows = filterRows(store, model, store.rows(model, query.trashed), query.where);
  const found = rows.map((row) => ({ row, extras: extrasOf(store, model, query.extras, row) }));
  const distinct = query.distinct ? withoutRepeats(shownColumns(model, query), found) : found;
  return arrange(distinct, query.order, (item, column) => sortKey(model, item, column), query);
}

function sortKey(model: ModelSpec, { row, extras }: Found, column: string): SortKey {
  return extras.get(column) ?? { kind: columnOf(model, column).kind, value: valueOf(row, column) };
}

export function shownColumns(model: ModelSpec, query: Pick<QuerySpec, "select">): readonly ColumnSpec[] {
  return query.select?.map((name) => columnOf(model, name)) ?? model.columns;
}

function withoutRepeats(columns: readonly ColumnSpec[], found: readonly Found[]): Found[] {
  const same = (one: Found, other: Found) =>
    columns.every(({ kind, name }) => sameValue(kind, valueOf(one.row, name), valueOf(other.row, name)));
  return found.filter((item, at) => found.findIndex((other) => same(item, other)) === at);
}

/** A listing of what callers get to see. */
export function shown(store: Store, query: QuerySpec, { groups, from, to }: Listing<Found>): Listing {
  const model = store.model(query.model);
  const columns = shownColumns(model, query);
  const show = ({ row, extras }: Found) => ({
    ...presentRow(columns, row),
    ...Object.fromEntries([...extras].map(([name, cell]) => [name, presentCell(cell)])),
    ...loaded(store, model, query.loads, row),
  });
  return { groups: groups.map((group) => group.map(show)), from, to };
}

export function presentCell(cell: Cell): unknown {
  return presentValue(cell, cell.value);
}

function extrasOf(store: Store, model: ModelSpec, extras: readonly ExtraSpec[], row: Row): Map<string, Cell> {
  return new Map(
    extras.map((extra) => {
      const relation = relationOf(model, extra.relation);
      const rows = relatedRows(store, relation, row, extra);
      if (extra.does === "exists") return [extra.as, { kind: "boolean", scale: 0, value: rows.length > 0 }];
      const target = store.model(relation.target);
      const column = extra.column === undefined ? undefined : columnOf(target, extra.column);
      return [extra.as, aggregate(extra.does, column, rows)];
    }),
  );
}

/** The loaded relations of a row: a list, a row or null. Limits count for each parent. */
function loaded(store: Store, model: ModelSpec, loads: readonly LoadSpec[], row: Row): Record<string, unknown> {
  return Object.fromEntries(
    loads.map((load) => {
      const relation = relationOf(model, load.relation);
      const target = store.model(relation.target);
      const rows = relatedRows(store, relation, row, load);
      const sorted = wanted(
        arrange(
          rows,
          orderOf(target, relation, load),
          (one, column) => {
            return { kind: columnOf(target, column).kind, value: valueOf(one, column) };
          },
          load,
        ),
      );
      const children = sorted.map((child) => ({
        ...presentRow(target.columns, child),
        ...loaded(store, target, load.loads, child),
      }));
      return [load.relation, isMany(relation) ? children : (children[0] ?? null)];
    }),
  );
}

/** One of several rows is the first by the given order, and by primary key where that leaves it open. */
function orderOf(target: ModelSpec, relation: RelationSpec, { order }: LoadSpec): readonly OrderSpec[] {
  const [key] = target.columns;
  if (!isFirst(relation) || key === undefined) return order;
  return [...order, { column: key.name, direction: "asc", nulls: undefined }];
}
