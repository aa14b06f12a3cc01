import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnNode, Expression } from "./expression.ts";
import { rewriteSelect, type ExpressionRewrite } from "./rewrite.ts";
import type { SelectStatement, Source } from "./statement.ts";

/** Old names of tables with their new ones. */
type Names = ReadonlyMap<string, string>;

/**
 * A query whose tables have other names: in `from` and `join`, and wherever one of their columns is named. A query inside it that has
 * a table of the old name of its own means that one.
 */
export function renameTables(query: SelectStatement, names: Names): SelectStatement {
  if (names.size === 0) return query;
  const renamed = rewriteSelect(
    query,
    renaming(names, () => names),
  );
  const source = <S extends Source>(one: S): S =>
    one.kind === "none" ? one : { ...one, alias: names.get(one.alias) ?? one.alias };
  const joins = renamed.joins.map((join) => ({ ...join, source: source(join.source) }));
  return { ...renamed, from: source(renamed.from), joins };
}

function renaming(names: Names, inQuery: (query: SelectStatement) => Names): ExpressionRewrite {
  const inside = (query: SelectStatement) => renaming(inQuery(query), (inner) => withoutOwn(inQuery(query), inner));
  return Object.assign((expression: Expression) => renamedIn(expression, names), { inside });
}

function withoutOwn(names: Names, { from, joins }: SelectStatement): Names {
  const own = [from, ...joins.map((join) => join.source)].map((source) => source.kind !== "none" && source.alias);
  return new Map([...names].filter(([name]) => !own.includes(name)));
}

/** An expression whose children have their new names. */
function renamedIn(node: Expression, names: Names): Expression {
  const column = (one: ColumnNode): ColumnNode => ({ ...one, table: names.get(one.table) ?? one.table });
  switch (node.kind) {
    case "column":
      return column(node);
    case "name":
      return node.table === undefined ? node : { ...node, table: names.get(node.table) ?? node.table };
    case "datePart":
    case "jsonPath":
    case "jsonContains":
    case "jsonLength":
      return { ...node, operand: column(node.operand) };
    case "jsonCompare":
      return { ...node, operand: { ...node.operand, operand: column(node.operand.operand) } };
    case "fullText":
      return { ...node, columns: node.columns.map(column) };
    case "raw":
      if (names.size === 0) return node;
      throw new InvalidQueryError(
        `The raw text ${JSON.stringify(node.texts.join("?"))} stands in a relation of a model to itself, whose table has another name ` +
          'inside its parent. Write it with where, or load the relation with { strategy: "separate" }.',
      );
    default:
      return node;
  }
}
