import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { modelInfo } from "../model/model.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaEntry, SchemaRegistry } from "../model/relation.ts";

/** The schema's entry of the model that a row was read through; `undefined` for anything else. */
export function findEntryOfRow(registry: SchemaRegistry, row: unknown): SchemaEntry | undefined {
  const prototype: unknown = typeof row === "object" && row !== null ? Object.getPrototypeOf(row) : null;
  const model: unknown = typeof prototype === "object" && prototype !== null && Reflect.get(prototype, "constructor");
  const info = modelInfo(model);
  return registry.byModel.get(model) ?? (info && registry.byInfo.get(info));
}

/** As `findEntryOfRow`, with an error for what is no row. */
export function entryOfRow(registry: SchemaRegistry, row: unknown, method: string): SchemaEntry {
  const entry = findEntryOfRow(registry, row);
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
