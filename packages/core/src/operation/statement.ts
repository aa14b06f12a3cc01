import type { ModelInfo, ColumnInfo } from "../model/model-info.ts";
import type { Expression, ListNode, OrderBy, ParameterNode } from "./expression.ts";

/** A table in `from` or `join`: of a model, by name only, or a query of our own. */
export type Source =
  | { readonly kind: "model"; readonly model: ModelInfo; readonly alias: string }
  | { readonly kind: "table"; readonly name: string; readonly alias: string }
  | { readonly kind: "derived"; readonly query: SelectStatement; readonly alias: string }
  /** No table at all: `select exists (…)`. */
  | { readonly kind: "none" };

/** One result column. `name` is the property of the result; the database sees it as an alias. */
export interface Selection {
  readonly name: string;
  readonly expression: Expression;
}

export const joinTypes = ["inner", "left", "right", "full", "cross"] as const;
export type JoinType = (typeof joinTypes)[number];

export interface Join {
  readonly type: JoinType;
  readonly source: Source;
  readonly on: Expression | undefined;
}

export interface Lock {
  readonly strength: "update" | "share";
  readonly wait: "wait" | "skipLocked" | "noWait";
}

export const setOperators = ["union", "unionAll", "intersect", "except"] as const;
export type SetOperator = (typeof setOperators)[number];

export interface SetOperation {
  readonly operator: SetOperator;
  readonly query: SelectStatement;
}

export interface CommonTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: SelectStatement;
  readonly recursive: boolean;
}

export interface SelectStatement {
  readonly kind: "select";
  readonly with: readonly CommonTable[];
  readonly from: Source;
  readonly joins: readonly Join[];
  readonly selections: readonly Selection[];
  readonly distinct: boolean;
  readonly distinctOn: readonly Expression[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly setOperations: readonly SetOperation[];
  readonly orderBy: readonly OrderBy[];
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
  readonly lock: Lock | undefined;
}

/** What an insert does when a unique key already holds the value. */
export interface OnConflict {
  readonly columns: readonly ColumnInfo[];
  /** `undefined` leaves the stored row as it is. */
  readonly update: readonly Assignment[] | undefined;
}

export interface Assignment {
  readonly column: ColumnInfo;
  /** `excluded` takes the value the insert offered. */
  readonly value: Expression | { readonly kind: "excluded"; readonly column: ColumnInfo };
}

export interface InsertStatement {
  readonly kind: "insert";
  readonly into: Source & { readonly kind: "model" };
  readonly columns: readonly ColumnInfo[];
  /** One list for each row, in the order of `columns`; `undefined` asks for the column's default. */
  readonly rows: readonly (readonly (Expression | undefined)[])[];
  /** One list for each of `columns` instead of `rows`: the rows are as many as their lists are long. */
  readonly lists?: readonly ListNode[] | undefined;
  readonly conflict: OnConflict | undefined;
  readonly returning: readonly Selection[];
}

export interface UpdateStatement {
  readonly kind: "update";
  readonly table: Source & { readonly kind: "model" };
  readonly set: readonly Assignment[];
  readonly where: Expression | undefined;
  readonly returning: readonly Selection[];
}

export interface DeleteStatement {
  readonly kind: "delete";
  readonly from: Source & { readonly kind: "model" };
  readonly where: Expression | undefined;
  readonly returning: readonly Selection[];
}

export interface TruncateStatement {
  readonly kind: "truncate";
  readonly table: Source & { readonly kind: "model" };
}

/** A whole statement in the caller's words. */
export interface RawStatement {
  readonly kind: "rawStatement";
  readonly texts: readonly string[];
  readonly operands: readonly ParameterNode[];
}

/** How the engine would run a query. */
export interface ExplainStatement {
  readonly kind: "explain";
  readonly query: SelectStatement;
}

export type Statement =
  | ExplainStatement
  | SelectStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | TruncateStatement
  | RawStatement;
