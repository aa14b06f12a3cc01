import type { ResultType } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { AggregateName } from "../operation/expression.ts";
import { placeOfColumn } from "./resolve-column.ts";

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

/** What an aggregate over a column gives; sums and averages are of numbers only. */
export function aggregateType(name: AggregateName, model: ModelInfo, column: ColumnInfo | undefined): ResultType {
  if (column === undefined) return { kind: "aggregate", name, place: undefined };
  const { kind } = column.definition.type;
  if ((name === "sum" || name === "avg") && !numeric.has(kind)) {
    throw new InvalidQueryError(
      `${name} needs a column of numbers, and "${column.property}" of model "${model.table}" holds ${kind}.`,
      { model: model.table, column: column.property },
    );
  }
  return { kind: "aggregate", name, place: placeOfColumn(model, column) };
}
