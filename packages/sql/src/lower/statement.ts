import { assertNever, type Statement } from "@mortise/core/adapter";
import { RawNode, type RootOperationNode } from "kysely";
import type { Dialect } from "../dialect.ts";
import { lowerDelete } from "./delete.ts";
import { lowerExpression } from "./expression.ts";
import { lowerInsert } from "./insert.ts";
import { lowerAll, type ListWriting, type Lowering } from "./lowering.ts";
import { lowerSelect } from "./select.ts";
import { tableNode } from "./source.ts";
import { lowerUpdate } from "./update.ts";

/** Lowers a statement to the nodes of the SQL compiler. Pure: no caller value is in them, only slots. */
export function lowerStatement(statement: Statement, dialect: Dialect, lists: ListWriting): RootOperationNode {
  const lowering: Lowering = {
    dialect,
    encoders: new Map(),
    bare: undefined,
    full: new Set(),
    lists,
    expression: lowerExpression,
    select: lowerSelect,
  };
  switch (statement.kind) {
    case "select":
      return lowerSelect(statement, lowering);
    case "insert":
      return lowerInsert(statement, lowering);
    case "update":
      return lowerUpdate(statement, lowering);
    case "delete":
      return lowerDelete(statement, lowering);
    case "truncate": {
      const { model } = statement.table;
      return dialect.truncate(tableNode(model.table, model.options.schema));
    }
    case "rawStatement":
      return RawNode.create(statement.texts, lowerAll(statement.operands, lowering));
    case "explain":
      return { ...lowerSelect(statement.query, lowering), explain: dialect.explain() };
    default:
      return assertNever(statement);
  }
}
