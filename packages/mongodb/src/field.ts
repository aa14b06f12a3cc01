import type { ColumnInfo, ModelInfo } from "@mortise/core/adapter";

/** The field of a document that holds a column. A primary key of one column is the document's `_id`. */
export function fieldOf(model: ModelInfo, column: ColumnInfo): string {
  const [key, ...others] = model.primaryKey;
  return key === column && others.length === 0 ? "_id" : fieldName(column.databaseName);
}

/**
 * A column's name as a field. A dollar sign at the beginning would make an operator of it, and a point a path, so that their wide forms
 * (U+FF04, U+FF0E) stand for them, as MongoDB's manual long advised.
 */
export function fieldName(column: string): string {
  return column.replace(/^\$/, "\uFF04").replaceAll(".", "\uFF0E");
}
