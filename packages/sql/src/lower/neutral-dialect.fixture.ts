import { FunctionNode, RawNode, SqliteQueryCompiler, ExplainNode } from "kysely";
import type { PlannedQuery, ResultType, Statement } from "@mortise/core/adapter";
import { compileSql, type CompiledSql } from "../compiled-sql.ts";
import type { Dialect, Parameter } from "../dialect.ts";
import { bindNode } from "./bind-node.ts";
import { template } from "./template.ts";

const bind = ({ slot, encode }: Parameter) => bindNode(slot, encode);

/** A dialect of no database, in which every hook leaves its name in the text. */
export const neutralDialect: Dialect = Object.freeze<Dialect>({
  name: "neutral",
  codecFor: (place) => ({ encode: (value) => `${place.column}:${String(value)}`, decode: undefined }),
  encodeRaw: (value) => value,
  parameter: bind,
  inList: (operand, list) => template`${operand} in list(${bind(list)})`,
  like: ({ operand, pattern, match, caseSensitive }) =>
    FunctionNode.create(caseSensitive ? match : `${match}Folded`, [operand, bind(pattern)]),
  regexp: (operand, pattern) => template`${operand} ~ ${bind(pattern)}`,
  datePart: (part, operand) => FunctionNode.create(part, [operand]),
  json: {
    path: (document, path) => FunctionNode.create("jsonPath", [document, bind(path)]),
    contains: (document, value) => FunctionNode.create("jsonContains", [document, bind(value)]),
    length: (document) => FunctionNode.create("jsonLength", [document]),
    compare: (document, path, operator, value) =>
      template`jsonCompare(${document}, ${bind(path)}, ${RawNode.createWithSql(`'${operator}'`)}, ${bind(value)})`,
  },
  rowList: {
    formOf: () => ({ project: (operand) => FunctionNode.create("form", [operand]), revive: undefined }),
    spell: ({ columns, lists, whole }) => template`list(${whole(FunctionNode.create("row", [...columns, ...lists]))})`,
  },
  fullText: (columns, text) => FunctionNode.create("match", [...columns, bind(text)]),
  random: () => template`random()`,
  orderKey: (type) => (type.kind === "decimal" ? (operand) => FunctionNode.create("key", [operand]) : undefined),
  aggregate: (name, type) => (type.kind === "decimal" ? `decimal_${name}` : undefined),
  arithmetic: (type) =>
    type.kind === "decimal"
      ? (left, operator, right) => FunctionNode.create(operator === "+" ? "add" : "subtract", [left, right])
      : undefined,
  nulls: { ascending: "first", clause: true },
  rowLocks: true,
  distinctOn: true,
  upsert: "onConflict",
  insertDefault: (column) => template`default_of(${RawNode.createWithSql(column.databaseName)})`,
  noLimit: () => template`all`,
  explain: () => ExplainNode.create(),
  truncate: (table) => template`truncate ${table}`,
});

export function planned(statement: Statement, results: readonly ResultType[] = []): PlannedQuery {
  return { statement, results, model: undefined, access: "read" };
}

export function compileNeutral(statement: Statement, dialect: Dialect = neutralDialect): CompiledSql {
  return compileSql(planned(statement), dialect, new SqliteQueryCompiler());
}

/** The text and the slots of its parameters, which is all there is. */
export function golden(statement: Statement, dialect: Dialect = neutralDialect): readonly [string, ...number[]] {
  const { sql, binds } = compileNeutral(statement, dialect);
  return [sql, ...binds.map((one) => one.slot)];
}
