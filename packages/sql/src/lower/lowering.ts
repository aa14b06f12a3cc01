import {
  encoderOf,
  type Encode,
  type Expression,
  type ListNode,
  type ParameterNode,
  type SelectStatement,
  type ValuePlace,
} from "@mortise/core/adapter";
import { ParensNode, type OperationNode, type SelectQueryNode } from "kysely";
import { asItIs } from "../bind.ts";
import type { Dialect, Parameter } from "../dialect.ts";

/** What the lowering of one statement carries along. The two functions are how the parts of the tree reach each other. */
export interface Lowering {
  readonly dialect: Dialect;
  readonly encoders: Map<ValuePlace, Encode>;
  /** The alias whose columns stand without a table name: in `returning`, which knows one table only. */
  readonly bare: string | undefined;
  /** The aliases whose rows no outer join replaces by nulls. */
  readonly full: ReadonlySet<string>;
  /** Whether `true` and `false` travel as parameters: an engine may mistake what stands beside a constant. */
  readonly boundConstants?: boolean;
  /** How lists are written; as one parameter unless said otherwise. */
  readonly lists: ListWriting;
  readonly expression: (expression: Expression, lowering: Lowering) => OperationNode;
  readonly select: (statement: SelectStatement, lowering: Lowering) => SelectQueryNode;
}

/** The slots of the lists that were met, and how many values each is written out with. */
export interface ListWriting {
  readonly met: Set<number>;
  readonly size: number | undefined;
}

export function lower(expression: Expression, lowering: Lowering): OperationNode {
  return lowering.expression(expression, lowering);
}

export function lowerAll(expressions: readonly Expression[], lowering: Lowering): readonly OperationNode[] {
  return expressions.map((expression) => lowering.expression(expression, lowering));
}

/** An expression beside an operator: in parentheses unless it stands as one by itself. */
export function lowerOperand(expression: Expression, lowering: Lowering): OperationNode {
  const node = lowering.expression(expression, lowering);
  return standsAlone.has(expression.kind) ? node : ParensNode.create(node);
}

const standsAlone: ReadonlySet<Expression["kind"]> = new Set([
  "column",
  "name",
  "parameter",
  "list",
  "literal",
  "subquery",
  "aggregate",
  "coalesce",
]);

/** The encoder of a place, made once for each statement. */
export function placeEncoder(lowering: Lowering, place: ValuePlace): Encode {
  const known = lowering.encoders.get(place);
  if (known !== undefined) return known;
  const made = encoderOf(place, lowering.dialect.codecFor);
  lowering.encoders.set(place, made);
  return made;
}

/** What the dialect is told of a caller value. */
export function parameterOf(node: ParameterNode | ListNode, lowering: Lowering): Parameter {
  const { slot, place } = node;
  if (place === undefined) return { slot, place, encode: lowering.dialect.encodeRaw };
  return { slot, place, encode: node.encoded === true ? asItIs : placeEncoder(lowering, place) };
}
