import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { OrderState, QueryState } from "../query/query-state.ts";
import { columnNode } from "../query/resolve-column.ts";

/** A to-one relation whose keys are not known to be unique: the database picks one row for each parent. */
export function takesOneOfMany({ cardinality, target, to, through, constants }: RelationInfo): boolean {
  if (cardinality === "many") return false;
  const fixed = (at: "target" | "through") => constants.flatMap((one) => (one.at === at ? [one.column] : []));
  const oneTarget = isUnique(target, [...to, ...fixed("target")]);
  return !oneTarget || (through !== undefined && !isUnique(through.model, [...through.left, ...fixed("through")]));
}

/** Whether no two rows of a model are equal in these columns. */
function isUnique({ primaryKey, uniques }: ModelInfo, columns: readonly ColumnInfo[]): boolean {
  const given = columns.map((column) => column.property);
  const key = primaryKey.map((column) => column.property);
  const keys = [key, ...uniques.map((unique) => unique.columns)];
  if (columns.some((column) => column.definition.unique)) return true;
  return keys.some((names) => names.length > 0 && names.every((name) => given.includes(name)));
}

/** The order rows are picked in: the query's, the relation's, and last the primary key. */
export function pickOrder(relation: RelationInfo, query: QueryState): readonly OrderState[] {
  const order = (column: ColumnInfo, direction: "asc" | "desc"): OrderState => ({
    expression: columnNode(relation.target, column, query.alias),
    direction,
    nulls: undefined,
    column,
  });
  const own =
    query.orderBy.length > 0 ? query.orderBy : relation.orderBy.map((one) => order(one.column, one.direction));
  return [...own, ...relation.target.primaryKey.map((column) => order(column, "asc"))];
}
