import { assertNever, type ColumnType, type Expression } from "@mortise/core/adapter";

/** The logical type of an expression, where it has one that a database may have to treat in its own way. */
export function typeOf(expression: Expression): ColumnType | undefined {
  switch (expression.kind) {
    case "column":
      return expression.column.definition.type;
    case "parameter":
    case "list":
      return expression.place?.type;
    case "aggregate":
      return expression.operand === undefined || expression.name === "count" ? undefined : typeOf(expression.operand);
    case "arithmetic":
      return typeOf(expression.left) ?? typeOf(expression.right);
    case "coalesce":
      return firstType(expression.operands);
    case "subquery":
      return firstType(expression.query.selections.map((selection) => selection.expression));
    case "name":
      return expression.type;
    case "literal":
    case "comparison":
    case "nullTest":
    case "and":
    case "or":
    case "not":
    case "in":
    case "between":
    case "member":
    case "listChange":
    case "like":
    case "regexp":
    case "exists":
    case "raw":
    case "datePart":
    case "jsonPath":
    case "jsonContains":
    case "jsonLength":
    case "jsonCompare":
    case "fullText":
    case "rowNumber":
    case "rowList":
    case "random":
      return undefined;
    default:
      return assertNever(expression);
  }
}

/** The first type that any of the expressions has. */
export function firstType(expressions: readonly Expression[]): ColumnType | undefined {
  for (const expression of expressions) {
    const type = typeOf(expression);
    if (type !== undefined) return type;
  }
  return undefined;
}
