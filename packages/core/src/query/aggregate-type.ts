import type { ResultType } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { AggregateName, Expression, ValuePlace } from "../operation/expression.ts";
import { refuseEncryptedColumn } from "./refuse-encrypted.ts";
import { placeOf, placeOfColumn } from "./resolve-column.ts";

const numeric: ReadonlySet<string> = new Set([
  "tinyInteger",
  "smallInteger",
  "mediumInteger",
  "integer",
  "bigInteger",
  "float",
  "double",
  "real",
  "decimal",
  "any",
  "specific",
]);

/** Whether a column holds numbers, which can be added up. */
export function isNumeric(column: ColumnInfo): boolean {
  return numeric.has(column.definition.type.kind);
}

/** What an aggregate over a column gives; sums and averages are of numbers only. */
export function aggregateType(name: AggregateName, model: ModelInfo, column: ColumnInfo | undefined): ResultType {
  if (column === undefined) return { kind: "aggregate", name, place: undefined };
  if (name !== "count") refuseEncryptedColumn(model, column);
  const { kind } = column.definition.type;
  if ((name === "sum" || name === "avg") && !isNumeric(column)) {
    throw new InvalidQueryError(
      `${name} needs a column of numbers, and "${column.property}" of model "${model.table}" holds ${kind}.`,
      { model: model.table, column: column.property },
    );
  }
  return { kind: "aggregate", name, place: placeOfColumn(model, column) };
}

/** The least and the greatest value are values of the column, so that its `serialize` makes them; of no rows there is none. */
export function aggregateSerialize(
  name: AggregateName,
  column: ColumnInfo | undefined,
): ((raw: unknown) => unknown) | undefined {
  const serialize = name === "min" || name === "max" ? column?.definition.serialize : undefined;
  return serialize && ((raw) => (raw === null ? null : serialize(raw)));
}

/**
 * Where a value compared with a computed result gets its codec: decimals and dates are not stored as they are given.
 *
 * A sum of decimals may have more digits than its column takes. What is not of a column is compared as it is.
 */
export function placeOfComputed(expression: Expression): ValuePlace | undefined {
  if (expression.kind !== "aggregate") return placeOf(expression);
  const place = expression.operand && placeOf(expression.operand);
  if (place === undefined || expression.name === "count") return undefined;
  const { type } = place;
  if (type.kind === "decimal") return { ...place, type: { ...type, precision: undefined, scale: undefined } };
  return temporal.has(type.kind) ? place : undefined;
}

const temporal: ReadonlySet<string> = new Set(["date", "datetime", "timestamp", "time"]);
