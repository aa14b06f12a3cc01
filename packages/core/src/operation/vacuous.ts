import type { Expression } from "./expression.ts";

/**
 * Whether a condition is true for every row, as far as its shape tells: no condition, an empty group, `not (nothing)`.
 *
 * Raw text and comparisons count as real conditions.
 */
export function isVacuous(condition: Expression | undefined): boolean {
  return condition === undefined || constant(condition) === true;
}

/** `true` or `false` where the shape alone decides, else `undefined`. */
function constant(node: Expression): boolean | undefined {
  switch (node.kind) {
    case "literal":
      return typeof node.value === "boolean" ? node.value : undefined;
    case "not": {
      const inner = constant(node.operand);
      return inner === undefined ? undefined : !inner;
    }
    case "and": {
      const parts = node.operands.map(constant);
      if (parts.includes(false)) return false;
      return parts.every((part) => part === true) ? true : undefined;
    }
    case "or": {
      const parts = node.operands.map(constant);
      if (parts.includes(true)) return true;
      return parts.length > 0 && parts.every((part) => part === false) ? false : undefined;
    }
    case "comparison":
      return sameColumn(node.left, node.right) && node.operator === "=" ? true : undefined;
    default:
      return undefined;
  }
}

function sameColumn(left: Expression, right: Expression): boolean {
  return (
    left.kind === "column" &&
    right.kind === "column" &&
    left.table === right.table &&
    left.column === right.column &&
    !left.column.definition.nullable
  );
}
