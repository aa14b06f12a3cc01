import type { ModelInfo } from "../model/model-info.ts";
import type { Expression } from "../operation/expression.ts";
import { columnNode } from "../query/resolve-column.ts";

/** Hides soft-deleted rows, or shows only them. A flag column hides rows where it is true. */
export function softDeleteFilter(
  model: ModelInfo,
  alias: string,
  trashed: "without" | "with" | "only",
): Expression | undefined {
  const column = model.softDelete;
  if (column === undefined || trashed === "with") return undefined;
  const operand = columnNode(model, column, alias);
  if (column.definition.type.kind === "boolean") {
    const isTrue: Expression = {
      kind: "comparison",
      left: { kind: "coalesce", operands: [operand, { kind: "literal", value: false }] },
      operator: "=",
      right: { kind: "literal", value: trashed === "only" },
    };
    return isTrue;
  }
  return { kind: "nullTest", operand, negated: trashed === "only" };
}
