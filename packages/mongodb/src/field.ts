import type { ColumnInfo, ModelInfo } from "@mortise/core/adapter";

/** The field of a document that holds a column. A primary key of one column is the document's `_id`. */
export function fieldOf(model: ModelInfo, column: ColumnInfo): string {
  const [key, ...others] = model.primaryKey;
  return key === column && others.length === 0 ? "_id" : fieldName(column.databaseName);
}

/**
 * A column's name as a field. A dollar sign at the beginning would make an operator of it, and a point a path, so that both are written
 * as in addresses of the web: `$state` is stored as `%24state`.
 */
export function fieldName(column: string): string {
  return column
    .replaceAll(/%(?=24|25|2E|00)/g, "%25")
    .replace(/^\$/, "%24")
    .replaceAll(".", "%2E")
    .replaceAll("\0", "%00");
}
