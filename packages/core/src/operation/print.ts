import { assertNever } from "./assert-never.ts";
import type { Expression, OrderBy } from "./expression.ts";
import type { Assignment, SelectStatement, Selection, Source, Statement } from "./statement.ts";

/**
 * The tree as text, for people: `select id, name from users where (id = $0)`.
 *
 * No engine's dialect: properties stand for columns and `$0` for the value in slot 0, which is never shown.
 */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "select":
      return printSelect(statement);
    case "explain":
      return `explain ${printSelect(statement.query)}`;
    case "insert": {
      const rows = statement.rows.map(
        (row) => `(${row.map((value) => (value ? printExpression(value) : "default")).join(", ")})`,
      );
      const { conflict } = statement;
      const target = conflict?.columns.map((column) => column.property).join(", ");
      const update = conflict?.update === undefined ? "nothing" : `update ${assignments(conflict.update)}`;
      return clauses(
        `insert into ${statement.into.model.table} (${statement.columns.map((column) => column.property).join(", ")})`,
        statement.lists === undefined
          ? `values ${rows.join(", ")}`
          : `values of ${statement.lists.map(printExpression).join(", ")}`,
        conflict && `on conflict (${target}) do ${update}`,
        returning(statement.returning),
      );
    }
    case "update":
      return clauses(
        `update ${statement.table.model.table} set ${assignments(statement.set)}`,
        where(statement.where),
        returning(statement.returning),
      );
    case "delete":
      return clauses(
        `delete from ${statement.from.model.table}`,
        where(statement.where),
        returning(statement.returning),
      );
    case "truncate":
      return `truncate ${statement.table.model.table}`;
    case "rawStatement":
      return `raw ${interleave(statement.texts, statement.operands.map(printExpression))}`;
    default:
      return assertNever(statement);
  }
}

function printSelect(query: SelectStatement): string {
  return clauses(
    query.with.length > 0 &&
      `with ${query.with.map((table) => `${table.name} as (${printSelect(table.query)})`).join(", ")}`,
    `select ${query.distinct ? "distinct " : ""}${query.selections.map(printSelection).join(", ")}`,
    query.from.kind !== "none" && `from ${printSource(query.from)}`,
    ...query.joins.map((join) =>
      clauses(`${join.type} join ${printSource(join.source)}`, join.on && `on ${printExpression(join.on)}`),
    ),
    where(query.where),
    query.groupBy.length > 0 && `group by ${query.groupBy.map(printExpression).join(", ")}`,
    query.having && `having ${printExpression(query.having)}`,
    ...query.setOperations.map((one) => `${one.operator} (${printSelect(one.query)})`),
    query.orderBy.length > 0 && `order by ${printOrder(query.orderBy)}`,
    query.limit && `limit ${printExpression(query.limit)}`,
    query.offset && `offset ${printExpression(query.offset)}`,
    query.lock && `for ${query.lock.strength}`,
  );
}

function clauses(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== "").join(" ");
}

function where(condition: Expression | undefined): string | undefined {
  return condition && `where ${printExpression(condition)}`;
}

function returning(selections: readonly Selection[]): string | false {
  return selections.length > 0 && `returning ${selections.map(printSelection).join(", ")}`;
}

function printSelection({ name, expression }: Selection): string {
  return expression.kind === "column" && expression.column.property === name
    ? printExpression(expression)
    : `${printExpression(expression)} as ${name}`;
}

function printSource(source: Source): string {
  switch (source.kind) {
    case "model":
      return source.model.table === source.alias ? source.alias : `${source.model.table} as ${source.alias}`;
    case "table":
      return source.name === source.alias ? source.alias : `${source.name} as ${source.alias}`;
    case "derived":
      return `(${printSelect(source.query)}) as ${source.alias}`;
    case "none":
      return "nothing";
    default:
      return assertNever(source);
  }
}

function printOrder(orderBy: readonly OrderBy[]): string {
  return orderBy
    .map(({ expression, direction, nulls }) =>
      clauses(printExpression(expression), direction, nulls !== undefined && `nulls ${nulls}`),
    )
    .join(", ");
}

function assignments(list: readonly Assignment[]): string {
  return list
    .map(
      ({ column, value }) => `${column.property} = ${value.kind === "excluded" ? "excluded" : printExpression(value)}`,
    )
    .join(", ");
}

function interleave(texts: readonly string[], operands: readonly string[]): string {
  return texts.map((text, at) => text + (operands[at] ?? "")).join("");
}

function list(operands: readonly Expression[], separator: string): string {
  return `(${operands.map(printExpression).join(separator)})`;
}

/** An expression as text. Brackets show every grouping. */
export function printExpression(node: Expression): string {
  switch (node.kind) {
    case "column":
      return `${node.table}.${node.column.property}`;
    case "name":
      return node.table === undefined ? node.name : `${node.table}.${node.name}`;
    case "parameter":
      return `$${node.slot}`;
    case "list":
      return `$${node.slot}…`;
    case "literal":
      return JSON.stringify(node.value);
    case "comparison":
    case "arithmetic":
      return `(${printExpression(node.left)} ${node.operator} ${printExpression(node.right)})`;
    case "nullTest":
      return `(${printExpression(node.operand)} is ${node.negated ? "not " : ""}null)`;
    case "and":
      return list(node.operands, " and ");
    case "or":
      return list(node.operands, " or ");
    case "not":
      return `not ${printExpression(node.operand)}`;
    case "coalesce":
      return `coalesce${list(node.operands, ", ")}`;
    case "raw":
      return `raw(${interleave(node.texts, node.operands.map(printExpression))})`;
    case "in": {
      const right = node.list.kind === "subquery" ? `(${printSelect(node.list.query)})` : printExpression(node.list);
      return `(${printExpression(node.operand)} ${node.negated ? "not " : ""}in ${right})`;
    }
    case "between":
      return `(${printExpression(node.operand)} ${node.negated ? "not " : ""}between ${printExpression(node.low)} and ${printExpression(node.high)})`;
    case "like": {
      const verb = `${node.negated ? "not " : ""}${node.caseSensitive ? "" : "i"}${node.match === "pattern" ? "like" : node.match}`;
      return `(${printExpression(node.operand)} ${verb} ${printExpression(node.pattern)})`;
    }
    case "regexp":
      return `(${printExpression(node.operand)} regexp ${printExpression(node.pattern)})`;
    case "exists":
      return `${node.negated ? "not " : ""}exists (${printSelect(node.query)})`;
    case "subquery":
      return `(${printSelect(node.query)})`;
    case "rowList":
      return `rows(${printSelect(node.query)})`;
    case "random":
      return "random()";
    default:
      return printFunction(node);
  }
}

type FunctionNode = Extract<
  Expression,
  {
    kind:
      | "aggregate"
      | "datePart"
      | "jsonPath"
      | "jsonContains"
      | "jsonLength"
      | "jsonCompare"
      | "fullText"
      | "rowNumber"
      | "member"
      | "listChange";
  }
>;

function printFunction(node: FunctionNode): string {
  switch (node.kind) {
    case "aggregate":
      return `${node.name}(${node.distinct ? "distinct " : ""}${node.operand ? printExpression(node.operand) : "*"})`;
    case "datePart":
      return `${node.part}(${printExpression(node.operand)})`;
    case "jsonPath":
      return `${printExpression(node.operand)} -> ${printExpression(node.path)}`;
    case "jsonContains":
      return `(${printExpression(node.operand)} contains ${printExpression(node.value)})`;
    case "jsonLength":
      return `length(${printExpression(node.operand)})`;
    case "jsonCompare":
      return `(${printExpression(node.operand)} ${node.operator} ${printExpression(node.value)})`;
    case "fullText":
      return `match(${node.columns.map(printExpression).join(", ")}; ${printExpression(node.text)})`;
    case "rowNumber":
      return `row_number(${node.partitionBy.map(printExpression).join(", ")}; ${printOrder(node.orderBy)})`;
    case "member":
      return `(${printExpression(node.operand)} in entries of ${printExpression(node.list)})`;
    case "listChange":
      return `${node.change}(${printExpression(node.operand)}, ${printExpression(node.entries)})`;
    default:
      return assertNever(node);
  }
}
