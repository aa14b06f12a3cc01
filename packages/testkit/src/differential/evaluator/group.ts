import { columnOf, type GroupSpec, type HavingSpec, type Value } from "../program.ts";
import { aggregate, type Cell } from "./aggregate.ts";
import type { Listing } from "./answer.ts";
import { sameValue } from "./compare.ts";
import { compare, filterRows } from "./condition.ts";
import { arrange } from "./order.ts";
import { presentCell } from "./select.ts";
import { valueOf, type Row, type Store } from "./store.ts";
import { every, some, type Truth } from "./truth.ts";

type Group = ReadonlyMap<string, Cell>;

/** One row for each group that `having` finds. Nulls make a group of their own; without columns all rows are one. */
export function groupRows(store: Store, spec: GroupSpec): Listing {
  const model = store.model(spec.model);
  const rows = filterRows(store, model, store.rows(model, spec.trashed), spec.where);
  const columns = spec.by.map((name) => columnOf(model, name));
  const parts: Row[][] = columns.length === 0 ? [rows] : [];
  for (const row of columns.length === 0 ? [] : rows) {
    const part = parts.find(([first]) =>
      columns.every(({ kind, name }) => first && sameValue(kind, valueOf(first, name), valueOf(row, name))),
    );
    if (part === undefined) parts.push([row]);
    else part.push(row);
  }
  const groups = parts.map((part): Group => {
    const keys = columns.map(({ kind, name, scale }): [string, Cell] => {
      const value: Value = part[0] === undefined ? null : valueOf(part[0], name);
      return [name, { kind, scale, value }];
    });
    const computed = spec.aggregates.map(({ does, column, as }): [string, Cell] => {
      return [as, aggregate(does, column === undefined ? undefined : columnOf(model, column), part)];
    });
    return new Map([...keys, ...computed]);
  });
  const kept = groups.filter((group) => testHaving(group, spec.having) === "true");
  const listing = arrange(kept, spec.order, cellOf, spec);
  return { ...listing, groups: listing.groups.map((group) => group.map(present)) };
}

function testHaving(group: Group, having: readonly HavingSpec[]): Truth {
  const alternatives: Truth[][] = [];
  for (const { connector, name, operator, value } of having) {
    const cell = cellOf(group, name);
    const truth = compare(cell.kind, cell.value, operator, value);
    const last = alternatives.at(-1);
    if (last === undefined || connector === "or") alternatives.push([truth]);
    else last.push(truth);
  }
  return alternatives.length === 0 ? "true" : some(alternatives.map(every));
}

function cellOf(group: Group, name: string): Cell {
  const cell = group.get(name);
  if (cell === undefined) throw new TypeError(`A group has no "${name}".`);
  return cell;
}

function present(group: Group): object {
  return Object.fromEntries([...group].map(([name, cell]) => [name, presentCell(cell)]));
}
