import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { Expression } from "../operation/expression.ts";

/** Every write of an encrypted text is different, so that comparing, sorting or grouping what is stored means nothing. */
export function refuseEncrypted(node: Expression): void {
  if (node.kind === "column") refuseEncryptedColumn(node.model, node.column);
}

export function refuseEncryptedColumn(model: ModelInfo, column: ColumnInfo): void {
  if (column.definition.type.kind !== "encrypted") return;
  throw new InvalidQueryError(
    `${model.table}.${column.property} is encrypted: it can be read and tested for null, but not compared, sorted or grouped.`,
    { model: model.table, column: column.property },
  );
}
