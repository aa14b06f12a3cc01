import type {
  AggregateName,
  CodecFor,
  ColumnInfo,
  ColumnType,
  ComparisonOperator,
  DatePart,
  LikeNode,
  ModelInfo,
  ValuePlace,
} from "@mortise/core/adapter";
import type { ExplainNode, OperationNode, RootOperationNode, TableNode } from "kysely";
import type { Encode } from "./bind.ts";
import type { RowListDialect } from "./row-list.ts";

/** A caller value on its way into SQL: the slot it comes from, whom an error names, and how its column encodes it. */
export interface Parameter {
  readonly slot: number;
  readonly place: ValuePlace | undefined;
  readonly encode: Encode;
}

export interface LikeParts {
  readonly operand: OperationNode;
  readonly pattern: Parameter;
  readonly match: LikeNode["match"];
  readonly caseSensitive: boolean;
}

/** How a database spells the parts of JSON queries. Paths are slots that hold a list of keys and indexes. */
export interface JsonDialect {
  /** The operand in the form in which the other functions take it, where its type is stored in another one. */
  readonly document?: (operand: OperationNode, type: ColumnType) => OperationNode;
  /** The value at a path as an SQL scalar. */
  path(document: OperationNode, path: Parameter): OperationNode;
  contains(document: OperationNode, value: Parameter): OperationNode;
  /** The number of elements of an array; null for anything else. */
  length(document: OperationNode): OperationNode;
  /** Compares values of the same JSON type; values of different types are unequal and have no order. */
  compare(document: OperationNode, path: Parameter, operator: ComparisonOperator, value: Parameter): OperationNode;
}

/** How one database spells what SQL engines spell differently. A frozen value; the lowering asks nothing else. */
export interface Dialect {
  /** For messages; never compared. */
  readonly name: string;
  readonly codecFor: CodecFor;
  /** Checks and encodes a value of a raw fragment, which has no column. */
  readonly encodeRaw: Encode;
  /** The parameter of a value; a dialect that must tell the type casts it here. */
  readonly parameter: (parameter: Parameter) => OperationNode;
  /** A list of any length in one parameter: `operand in (…)`. */
  readonly inList: (operand: OperationNode, list: Parameter) => OperationNode;
  /**
   * The lengths, ascending, in which a list is written out, `in (?, ?, ?, ?)`, where that is faster than one parameter: the shortest that
   * holds the list, whose last value fills it up. A longer list, and an empty one, is one parameter.
   */
  readonly listSizes?: readonly number[];
  readonly like: (like: LikeParts) => OperationNode;
  readonly regexp: (operand: OperationNode, pattern: Parameter) => OperationNode;
  readonly datePart: (part: DatePart, operand: OperationNode, type: ColumnType) => OperationNode;
  readonly json: JsonDialect;
  readonly rowList: RowListDialect;
  readonly fullText: ((columns: readonly OperationNode[], text: Parameter) => OperationNode) | undefined;
  readonly random: () => OperationNode;
  /** What `<`, `between`, `order by`, `min` and `max` compare where the stored form does not sort by itself. */
  readonly orderKey: (type: ColumnType) => ((operand: OperationNode) => OperationNode) | undefined;
  /** An aggregate that this type needs in another spelling: another function, or a whole expression. */
  readonly aggregate: (
    name: AggregateName,
    type: ColumnType,
  ) => string | ((operand: OperationNode) => OperationNode) | undefined;
  /** Addition and subtraction where the type needs another spelling. */
  readonly arithmetic: (
    type: ColumnType,
  ) => ((left: OperationNode, operator: "+" | "-", right: OperationNode) => OperationNode) | undefined;
  /** Where nulls sort by themselves when ascending, and whether `nulls first` can be said. */
  readonly nulls: { readonly ascending: "first" | "last"; readonly clause: boolean };
  readonly rowLocks: boolean;
  /** How a shared lock is asked for, where it is not `for share`. */
  readonly lockForShare?: "for share" | "lock in share mode";
  readonly distinctOn: boolean;
  readonly upsert: "onConflict" | "onDuplicateKey";
  /** A row of nothing but defaults: `default values`, or empty lists of columns and values. */
  readonly emptyInsert?: "defaultValues" | "lists";
  /** Whether the query behind `in` may have a limit. */
  readonly limitInList?: boolean;
  /** A write whose condition reads its own table: as it is, or through a derived table of the keys. */
  readonly selfReference?: "plain" | "derived";
  /** The source of an insert whose values come as a list for each column; absent where no codec says `listed`. */
  readonly insertLists?: (lists: readonly Parameter[]) => OperationNode;
  /** A row of an insert that leaves a column to its default while another row gives it. */
  readonly insertDefault: (column: ColumnInfo, model: string) => OperationNode;
  /**
   * What a write that gives a counted column a number gives back besides, so that the engine counts on behind that number. Absent where
   * the engine does so by itself.
   */
  readonly moveCounter?: (given: OperationNode, column: ColumnInfo, model: ModelInfo) => OperationNode;
  /** What `limit` says when only an offset was asked for; `undefined` where `offset` can stand alone. */
  readonly noLimit: (() => OperationNode) | undefined;
  readonly explain: () => ExplainNode;
  readonly truncate: (table: TableNode) => RootOperationNode;
}
