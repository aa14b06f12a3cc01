import type { RowsType } from "../adapter/adapter.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { SelectStatement } from "./statement.ts";

export const comparisonOperators = ["=", "<>", "<", "<=", ">", ">="] as const;
export type ComparisonOperator = (typeof comparisonOperators)[number];

export const aggregateNames = ["count", "sum", "avg", "min", "max"] as const;
export type AggregateName = (typeof aggregateNames)[number];

export const dateParts = ["date", "year", "month", "day", "time"] as const;
export type DatePart = (typeof dateParts)[number];

/** Where a value's codec comes from, and whom an error names. */
export interface ValuePlace {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly model: string;
  readonly column: string;
  /** The column's own `prepare`, run before the codec; absent for values that are not stored. */
  readonly prepare?: ((value: unknown) => unknown) | undefined;
}

/** A column of a table in scope; `table` is the alias under which the statement knows it. */
export interface ColumnNode {
  readonly kind: "column";
  readonly table: string;
  readonly model: ModelInfo;
  readonly column: ColumnInfo;
}

/** A column known by database name only: of a joined table without a model, a common table expression or an alias. */
export interface NameNode {
  readonly kind: "name";
  readonly table: string | undefined;
  readonly name: string;
  /** What it holds, where that is known: a column of a query of ours keeps its type. */
  readonly type?: ColumnType | undefined;
}

/** One caller value, by its position in the values that travel beside the tree. */
export interface ParameterNode {
  readonly kind: "parameter";
  readonly slot: number;
  /** `undefined` for values of raw fragments, which only have to be scalars. */
  readonly place: ValuePlace | undefined;
  /** The value came from the driver (a key of a row just read) and is bound as it is. */
  readonly encoded?: boolean;
}

/** A caller's list of any length in one slot: the right side of `in`, or entries for a list in a row. */
export interface ListNode {
  readonly kind: "list";
  readonly slot: number;
  readonly place: ValuePlace;
  /** The values came from the driver (keys of rows just read) and are bound as they are. */
  readonly encoded?: boolean;
}

/** A constant that we write, never the caller. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly value: number | string | boolean | null;
}

export interface ComparisonNode {
  readonly kind: "comparison";
  readonly left: Expression;
  readonly operator: ComparisonOperator;
  readonly right: Expression;
}

export interface NullTestNode {
  readonly kind: "nullTest";
  readonly operand: Expression;
  readonly negated: boolean;
}

export interface AndNode {
  readonly kind: "and";
  readonly operands: readonly Expression[];
}

export interface OrNode {
  readonly kind: "or";
  readonly operands: readonly Expression[];
}

export interface NotNode {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface InNode {
  readonly kind: "in";
  readonly operand: Expression;
  readonly list: ListNode | SubqueryNode;
  readonly negated: boolean;
}

/** Whether a list in a row has an entry that equals the operand. What is no list has none. */
export interface MemberNode {
  readonly kind: "member";
  readonly operand: Expression;
  readonly list: Expression;
}

export type ListChange = "push" | "pull" | "addToSet";

/**
 * A list in a row with entries added at its end, added where they are not there yet, or removed. Null counts as an empty list that is added
 * to, and stays null where entries are removed.
 */
export interface ListChangeNode {
  readonly kind: "listChange";
  readonly change: ListChange;
  readonly operand: Expression;
  readonly entries: ListNode;
}

export interface BetweenNode {
  readonly kind: "between";
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly negated: boolean;
}

/** Pattern matching. `literal` means the slot holds plain text that the adapter escapes and wraps as `match` says. */
export interface LikeNode {
  readonly kind: "like";
  readonly operand: Expression;
  readonly pattern: ParameterNode;
  readonly match: "pattern" | "contains" | "startsWith" | "endsWith";
  readonly caseSensitive: boolean;
  readonly negated: boolean;
}

export interface RegexpNode {
  readonly kind: "regexp";
  readonly operand: Expression;
  readonly pattern: ParameterNode;
}

export interface ExistsNode {
  readonly kind: "exists";
  readonly query: SelectStatement;
  readonly negated: boolean;
}

/** A query as a value or as the right side of `in`. */
export interface SubqueryNode {
  readonly kind: "subquery";
  readonly query: SelectStatement;
}

/** Text of the caller between his parameters; `texts` has one entry more than `operands`. */
export interface RawNode {
  readonly kind: "raw";
  readonly texts: readonly string[];
  readonly operands: readonly Expression[];
}

export interface AggregateNode {
  readonly kind: "aggregate";
  readonly name: AggregateName;
  /** `undefined` counts rows. */
  readonly operand: Expression | undefined;
  readonly distinct: boolean;
}

export interface DatePartNode {
  readonly kind: "datePart";
  readonly part: DatePart;
  readonly operand: ColumnNode;
}

/** A value inside a JSON document; the path is one slot holding a list of keys and indexes. */
export interface JsonPathNode {
  readonly kind: "jsonPath";
  readonly operand: ColumnNode;
  readonly path: ParameterNode;
  /** The path, where it is part of what was asked and not a value: plain names of fields, which an index may serve. */
  readonly names?: readonly string[];
}

/** The slot holds any JSON value; true when the document contains it. */
export interface JsonContainsNode {
  readonly kind: "jsonContains";
  readonly operand: ColumnNode;
  readonly value: ParameterNode;
}

export interface JsonLengthNode {
  readonly kind: "jsonLength";
  readonly operand: ColumnNode;
}

/** Compares a value inside a document with a scalar of the caller. */
export interface JsonCompareNode {
  readonly kind: "jsonCompare";
  readonly operand: JsonPathNode;
  readonly operator: ComparisonOperator;
  readonly value: ParameterNode;
}

export interface FullTextNode {
  readonly kind: "fullText";
  readonly columns: readonly ColumnNode[];
  readonly text: ParameterNode;
}

export interface ArithmeticNode {
  readonly kind: "arithmetic";
  readonly left: Expression;
  readonly operator: "+" | "-";
  readonly right: Expression;
}

/** `coalesce(a, b)`. */
export interface CoalesceNode {
  readonly kind: "coalesce";
  readonly operands: readonly Expression[];
}

/** `row_number() over (partition by … order by …)`: how a limit becomes one per parent. */
export interface RowNumberNode {
  readonly kind: "rowNumber";
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderBy[];
}

/** The rows of a query that names columns of the one around it, as one value: how a relation stands inside its parent's row. */
export interface RowListNode {
  readonly kind: "rowList";
  readonly query: SelectStatement;
  readonly type: RowsType;
}

export interface OrderBy {
  readonly expression: Expression;
  readonly direction: "asc" | "desc";
  /** Nulls sort first ascending and last descending unless said otherwise, on every engine. */
  readonly nulls: "first" | "last" | undefined;
}

/** Random order; only ever inside `OrderBy`. */
export interface RandomNode {
  readonly kind: "random";
}

export type Expression =
  | ColumnNode
  | NameNode
  | ParameterNode
  | ListNode
  | LiteralNode
  | ComparisonNode
  | NullTestNode
  | AndNode
  | OrNode
  | NotNode
  | InNode
  | MemberNode
  | ListChangeNode
  | BetweenNode
  | LikeNode
  | RegexpNode
  | ExistsNode
  | SubqueryNode
  | RawNode
  | AggregateNode
  | DatePartNode
  | JsonPathNode
  | JsonContainsNode
  | JsonLengthNode
  | JsonCompareNode
  | FullTextNode
  | ArithmeticNode
  | CoalesceNode
  | RowNumberNode
  | RowListNode
  | RandomNode;
