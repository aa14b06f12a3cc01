import { InvalidValueError } from "../errors/errors.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { SchemaRegistry } from "../model/relation.ts";
import type { RelationInfo } from "../model/relation.ts";
import { findEntryOfRow } from "../runtime/parent-row.ts";
import { keyOf, type KeyValue } from "../runtime/row-key.ts";
import { copyData } from "../runtime/write-values.ts";

/** One row to attach: its key, and what its pivot row shall hold. */
export interface PivotKey {
  readonly id: KeyValue;
  /** The values of the target's key, in the order of the relation's columns. */
  readonly values: readonly unknown[];
  readonly pivot: Readonly<Record<string, unknown>>;
}

/** The keys that a caller gave, each once: values, lists or objects of a composite key, rows, or `{ id, pivot }`. The last one counts. */
export function pivotKeys(
  registry: SchemaRegistry,
  relation: RelationInfo,
  given: unknown,
  shared: unknown,
): readonly PivotKey[] {
  const common = shared === undefined ? {} : pivotData(relation, shared);
  const keys = new Map<KeyValue, PivotKey>();
  for (const one of listed(relation, given)) {
    const key = pivotKey(registry, relation, one, common);
    keys.set(key.id, key);
  }
  return [...keys.values()];
}

/** A list of keys, or the only one. A composite key is itself a list, but of no lists and no objects. */
function listed({ to }: RelationInfo, given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) return [given];
  const isOneKey =
    to.length > 1 && given.length > 0 && given.every((part) => typeof part !== "object" || part === null);
  return isOneKey ? [given] : given;
}

function pivotKey(registry: SchemaRegistry, relation: RelationInfo, given: unknown, common: object): PivotKey {
  const { to, target } = relation;
  const isObject =
    typeof given === "object" && given !== null && !(given instanceof Date) && !(given instanceof Uint8Array);
  const named = isObject && !Array.isArray(given);
  const entry = named ? findEntryOfRow(registry, given) : undefined;
  if (entry !== undefined && entry.info !== target) {
    throw new InvalidValueError(
      `A row of model "${entry.info.table}" was given where "${relation.name}" takes rows of model "${target.table}".`,
      { model: target.table },
    );
  }
  const values = named ? to.map(({ property }): unknown => Reflect.get(given, property)) : isObject ? given : [given];
  // The pivot of a row is what it was read with, and says nothing of the row to write.
  const own: unknown = named && entry === undefined ? Reflect.get(given, "pivot") : undefined;
  const pivot = own === undefined ? common : { ...common, ...pivotData(relation, own) };
  return { ...checkedKey(relation, Array.isArray(values) ? values : []), pivot: { ...pivot } };
}

function checkedKey({ name, to, target }: RelationInfo, values: readonly unknown[]): Pick<PivotKey, "id" | "values"> {
  const id = keyOf(values, [...to.keys()]);
  const isWhole = values.length === to.length && values.every(isKeyPart);
  if (isWhole && id !== undefined) return { id, values };
  const columns = to.map(({ property }) => property).join(", ");
  throw new InvalidValueError(
    `The relation "${name}" takes rows of model "${target.table}" by their key (${columns}): a value, a row, or an object with it.`,
    { model: target.table, column: to[0]?.property },
  );
}

function isKeyPart(value: unknown): boolean {
  if (typeof value === "string" || typeof value === "bigint") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return value instanceof Date || value instanceof Uint8Array;
}

/** What a pivot row shall hold beside its keys, which the relation sets. */
export function pivotData(
  { name, through, constants }: RelationInfo,
  given: unknown,
): Readonly<Record<string, unknown>> {
  if (through === undefined) return {};
  const { model } = through;
  const data = copyData(model, given);
  const tied: readonly ColumnInfo[] = [
    ...through.left,
    ...through.right,
    ...constants.flatMap(({ at, column }) => (at === "through" ? [column] : [])),
  ];
  const set = tied.find(({ property }) => property in data);
  if (set === undefined) return data;
  throw new InvalidValueError(
    `Column "${set.property}" of model "${model.table}" is set by the relation "${name}". Leave it out of the pivot's values.`,
    { model: model.table, column: set.property },
  );
}
