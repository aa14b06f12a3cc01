import { UnsupportedError, type ColumnInfo, type ModelInfo } from "@mortise/core/adapter";

/** The field of a document that holds a column. A primary key of one column is the document's `_id`. */
export function fieldOf(model: ModelInfo, column: ColumnInfo): string {
  const [key, ...others] = model.primaryKey;
  if (key === column && others.length === 0) return "_id";
  const { databaseName } = column;
  if (!/[.\0]/.test(databaseName) && !databaseName.startsWith("$")) return databaseName;
  throw new UnsupportedError({
    capability: `The field name "${databaseName}" of ${model.table}.${column.property}`,
    adapter: "mongodb",
    alternative: "A field has no point in its name and no dollar sign before it: give the column another databaseName.",
    model: model.table,
    column: column.property,
  });
}
