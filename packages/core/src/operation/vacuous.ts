import type { Expression } from "./expression.ts";

/**
 * Whether a condition is true for every row of `table`, as far as its shape tells: no condition, an empty group,
 * `not (nothing)`, a required column that is not null or equals itself.
 *
 * Raw text, subqueries and comparisons with values count as real conditions.
 */
export function isVacuous(condition: Expression | undefined, table?: string): boolean {
  return condition === undefined || constant(condition, table) === true;
}

/** `true` or `false` where the shape alone decides, else `undefined`. */
function constant(node: Expression, table: string | undefined): boolean | undefined {
  switch (node.kind) {
    case "literal":
      return typeof node.value === "boolean" ? node.value : undefined;
    case "not": {
      const inner = constant(node.operand, table);
      return inner === undefined ? undefined : !inner;
    }
    case "and": {
      const parts = node.operands.map((operand) => constant(operand, table));
      if (parts.includes(false)) return false;
      return parts.every((part) => part === true) ? true : undefined;
    }
    case "or": {
      const parts = node.operands.map((operand) => constant(operand, table));
      if (parts.includes(true)) return true;
      return parts.length > 0 && parts.every((part) => part === false) ? false : undefined;
    }
    case "comparison":
      if (!isRequired(node.left, table) || !isSameColumn(node.left, node.right)) return undefined;
      return node.operator === "=" || node.operator === "<=" || node.operator === ">=";
    case "nullTest":
      return isRequired(node.operand, table) ? node.negated : undefined;
    default:
      return undefined;
  }
}

/** A column that holds a value in every row of the table; one of a joined table may still be null. */
function isRequired(node: Expression, table: string | undefined): boolean {
  return node.kind === "column" && node.table === table && !node.column.definition.nullable;
}

function isSameColumn(left: Expression, right: Expression): boolean {
  return (
    left.kind === "column" && right.kind === "column" && left.table === right.table && left.column === right.column
  );
}
