import type { Expression } from "../operation/expression.ts";
import type { SelectStatement, Statement } from "../operation/statement.ts";

/** Whether a statement gives one row at most, as far as its shape tells. Drivers have a shorter way for these. */
export function givesAtMostOneRow(statement: Statement): boolean {
  switch (statement.kind) {
    case "select":
      return isKeyLookup(statement);
    case "insert":
      return statement.rows.length === 1;
    default:
      return false;
  }
}

/** A select from one table whose conditions all hold at once and fix every column of the primary key. */
function isKeyLookup({ from, joins, setOperations, where, having, groupBy }: SelectStatement): boolean {
  if (from.kind !== "model" || joins.length > 0 || setOperations.length > 0) return false;
  if (groupBy.length > 0 || having !== undefined || where === undefined) return false;
  const conditions = conjunction(where);
  const { primaryKey } = from.model;
  return primaryKey.length > 0 && primaryKey.every((key) => conditions.some((one) => fixes(one, from.alias, key)));
}

function conjunction(condition: Expression): readonly Expression[] {
  return condition.kind === "and" ? condition.operands.flatMap(conjunction) : [condition];
}

function fixes(condition: Expression, alias: string, key: object): boolean {
  if (condition.kind !== "comparison" || condition.operator !== "=") return false;
  const { left, right } = condition;
  return left.kind === "column" && left.table === alias && left.column === key && right.kind === "parameter";
}
