import { InvalidQueryError, InvalidValueError, RecordNotFoundError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import { findEntryOfRow } from "../runtime/parent-row.ts";
import { whereEqual } from "../runtime/where-equal.ts";
import { pivotKeys } from "./pivot-key.ts";
import { QueryBuilder } from "./query-builder.ts";
import { requireRole, type RelatedScope } from "./related-scope.ts";

/** Makes the row point at another one, in the database and in the row at hand. */
export async function associate(scope: RelatedScope, target: unknown): Promise<object> {
  requireRole(scope, "associate", "belongs");
  const relation = relationTo(scope, target);
  const [key, another] = pivotKeys(scope.source.registry, relation, target, undefined);
  if (key === undefined || another !== undefined) {
    throw new InvalidValueError(`associate of "${relation.name}" takes one row or key.`, {
      model: relation.source.table,
    });
  }
  const set = new Map<ColumnInfo, unknown>([
    ...emptied(scope),
    ...relation.from.map((column, at) => [column, key.values[at]] as const),
    ...relation.constants.flatMap(({ at, column, value }) => (at === "source" ? [[column, value] as const] : [])),
  ]);
  await setColumns(scope, set);
  const isRow = findEntryOfRow(scope.source.registry, target) !== undefined;
  if (isRow && Object.hasOwn(scope.row, relation.name)) Reflect.set(scope.row, relation.name, target);
  return scope.row;
}

/** Makes the row point at nothing. A key that may not be null is refused before anything is sent. */
export async function dissociate(scope: RelatedScope): Promise<object> {
  requireRole(scope, "dissociate", "belongs");
  await setColumns(scope, emptied(scope));
  if (Object.hasOwn(scope.row, scope.relation.name)) Reflect.set(scope.row, scope.relation.name, null);
  return scope.row;
}

/** The relation that leads to a row; of one to several models the row tells which. */
function relationTo({ relation, morph, source }: RelatedScope, target: unknown): RelationInfo {
  if (morph === undefined) return relation;
  const info = findEntryOfRow(source.registry, target)?.info;
  const branch = morph.branches.find((one) => one.target === info);
  if (branch !== undefined) return branch;
  const names = morph.branches.map((one) => one.target.table).join(", ");
  throw new InvalidValueError(`associate of "${morph.name}" needs a row read through one of its models: ${names}.`, {
    model: morph.source.table,
  });
}

/** The columns that point somewhere, all null. */
function emptied({ relation, morph }: RelatedScope): ReadonlyMap<ColumnInfo, unknown> {
  const columns = (morph?.branches ?? [relation]).flatMap(({ from, constants }) => [
    ...from,
    ...constants.flatMap(({ at, column }) => (at === "source" ? [column] : [])),
  ]);
  return new Map(columns.map((column) => [column, null]));
}

async function setColumns(scope: RelatedScope, set: ReadonlyMap<ColumnInfo, unknown>): Promise<void> {
  const { reader, source, row } = scope;
  const { info } = source.entry;
  const key = new Map(
    info.primaryKey.map((column): [ColumnInfo, unknown] => [column, Reflect.get(row, column.property)]),
  );
  const missing = [...key].find(([, value]) => value === undefined || value === null)?.[0];
  if (missing !== undefined || key.size === 0) {
    throw new InvalidQueryError(
      `The row of model "${info.table}" cannot be found again without its primary key. Select ${missing?.property ?? "it"} too.`,
      { model: info.table, column: missing?.property },
    );
  }
  const values = Object.fromEntries([...set].map(([{ property }, value]) => [property, value]));
  const changed = await new QueryBuilder(reader, whereEqual(source, key)).update(values);
  if (changed === 0) {
    throw new RecordNotFoundError(`The row of "${info.table}" that should be changed is gone.`, { model: info.table });
  }
  for (const [name, value] of Object.entries(values)) Reflect.set(row, name, value);
}
