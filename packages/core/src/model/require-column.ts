import { UnknownColumnError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { ColumnInfo, ModelInfo } from "./model-info.ts";

/** The column of a model by its property name, or an error that names the ones there are. */
export function requireColumn(info: ModelInfo, property: unknown): ColumnInfo {
  const column = typeof property === "string" ? info.columns.get(property) : undefined;
  if (column !== undefined) return column;
  throw new UnknownColumnError(
    `Model "${info.table}" has no column ${shown(property)}. It has: ${[...info.columns.keys()].join(", ")}.`,
    { model: info.table, column: typeof property === "string" ? property : undefined },
  );
}
