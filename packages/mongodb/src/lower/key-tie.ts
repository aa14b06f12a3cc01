import type { ColumnNode, Expression, Join, Source } from "@mortise/core/adapter";
import type { Template } from "../command.ts";
import { fieldOf } from "../field.ts";
import { conjunction, conjuncts } from "./conjuncts.ts";
import { isList } from "./list-column.ts";
import type { Scope } from "./scope.ts";

/** A table, what is joined to it, and what ties it to documents around it. */
interface Tied {
  readonly condition: Expression | undefined;
  readonly table: Source;
  readonly joins: readonly Join[];
}

/** What ties the documents of a lookup to the one that asks for them. */
interface KeyTie {
  /** `localField` and `foreignField`, where the server can compare two fields by itself. */
  readonly fields: Template | undefined;
  /** What the pipeline has to ask for. */
  readonly rest: Expression | undefined;
}

/**
 * Takes an equality of two fields out of what ties a table to the documents of a scope: servers find its documents several times faster by
 * the names of two fields than by an expression. Inside another lookup some of them do so by the key alone, and any other field has them
 * look at every document, so that it stays in the expression there.
 */
export function keyTie({ condition, table, joins }: Tied, scope: Scope): KeyTie {
  const none = { fields: undefined, rest: condition };
  if (table.kind !== "model") return none;
  const conditions = conjuncts(condition);
  const own = joins.map(({ source }) => (source.kind === "none" ? "" : source.alias));
  const isOutside = (alias: string) => scope.isWithin(alias) && !own.includes(alias);
  const tie = conditions.find((one) => sidesOf(one, table.alias, isOutside) !== undefined);
  const sides = tie && sidesOf(tie, table.alias, isOutside);
  if (sides === undefined) return none;
  const { local, foreign } = sides;
  const localField = scope.column(local.table, local.model, local.column).slice(1);
  const foreignField = fieldOf(table.model, foreign.column);
  if (scope.depth > 0 && foreignField !== "_id") return none;
  const others = conditions.filter((one) => one !== tie);
  // Between the names of fields null is equal to null.
  if (foreignField !== "_id") others.push({ kind: "nullTest", operand: foreign, negated: true });
  return { fields: { localField, foreignField }, rest: conjunction(others) };
}

interface Sides {
  readonly local: ColumnNode;
  readonly foreign: ColumnNode;
}

/** The two columns of an equality of a table with a document of the scope. */
function sidesOf(one: Expression, alias: string, isOutside: (alias: string) => boolean): Sides | undefined {
  if (one.kind !== "comparison" || one.operator !== "=") return undefined;
  const { left, right } = one;
  if (left.kind !== "column" || right.kind !== "column" || isList(left) || isList(right)) return undefined;
  if (left.table === alias && isOutside(right.table)) return { local: right, foreign: left };
  return right.table === alias && isOutside(left.table) ? { local: left, foreign: right } : undefined;
}
