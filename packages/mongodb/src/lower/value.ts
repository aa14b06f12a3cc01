import {
  assertNever,
  encoderOf,
  InvalidValueError,
  type Expression,
  type ListNode,
  type ParameterNode,
} from "@mortise/core/adapter";
import { codecFor } from "../types.ts";
import { Slot } from "../slot.ts";
import { datePart } from "./date-part.ts";
import { jsonLength, jsonPath } from "./json.ts";
import { changedList } from "./list.ts";
import { lookupRows, scalarSubquery } from "./lookup.ts";
import { refuse, type Scope } from "./scope.ts";

/** How a parameter becomes the driver's value. */
export function encoded({
  place,
  encoded: isEncoded,
}: Pick<ParameterNode, "place" | "encoded">): (value: unknown) => unknown {
  if (isEncoded === true) return (value) => value ?? null;
  return place === undefined ? scalar : encoderOf(place, codecFor);
}

/** A value that no column tells the type of: never a document, in which operators could be. */
function scalar(value: unknown): unknown {
  const isScalar = value === null || ["string", "bigint", "boolean"].includes(typeof value) || Number.isFinite(value);
  if (isScalar || value instanceof Date || value instanceof Uint8Array) return value;
  throw new InvalidValueError(
    "A value that is compared with a computed one must be a string, a finite number, a bigint, a boolean, a Date, bytes or null.",
  );
}

export function parameterSlot(node: ParameterNode): Slot {
  return new Slot(node.slot, encoded(node));
}

/** A list's values, without null: nothing is equal to null. */
export function listSlot(node: ListNode, make: (values: readonly unknown[]) => unknown): Slot {
  const encode = encoded({
    place: { ...node.place, nullable: true },
    ...(node.encoded === true ? { encoded: true } : {}),
  });
  return new Slot(node.slot, (value) => make(Array.isArray(value) ? value.map((one) => encode(one)) : []));
}

/** An expression of the aggregation language that gives a value or null. */
export function value(node: Expression, scope: Scope): unknown {
  const grouped = scope.grouped?.(node);
  if (grouped !== undefined) return grouped;
  switch (node.kind) {
    case "column":
      return { $ifNull: [scope.column(node.table, node.model, node.column), null] };
    case "name":
      return node.table === undefined
        ? refuse(`The name "${node.name}"`, "Name a column.")
        : { $ifNull: [scope.name(node.table, node.name), null] };
    case "parameter":
      return { $literal: parameterSlot(node) };
    case "literal":
      return { $literal: node.value };
    case "arithmetic":
      return { [node.operator === "+" ? "$add" : "$subtract"]: [value(node.left, scope), value(node.right, scope)] };
    case "listChange":
      return changedList(node, (make) => listSlot(node.entries, make), scope);
    case "coalesce":
      return { $ifNull: [...node.operands.map((one) => value(one, scope)), null] };
    case "subquery":
      return scalarSubquery(node.query, scope);
    case "datePart":
      return datePart(node, scope);
    case "jsonPath":
      return jsonPath(node, scope);
    case "jsonLength":
      return jsonLength(value(node.operand, scope));
    case "comparison":
    case "nullTest":
    case "and":
    case "or":
    case "not":
    case "in":
    case "between":
    case "member":
    case "like":
    case "regexp":
    case "exists":
    case "jsonContains":
    case "jsonCompare":
      return flag(node, scope);
    case "random":
      return { $rand: {} };
    case "list":
      return { $literal: listSlot(node, (values) => values) };
    case "raw":
      return refuse("Raw SQL text", "Use db.collection(Model) and its aggregate.");
    case "fullText":
      return refuse("Full-text search", "Use db.collection(Model) with $text.");
    case "aggregate":
      return refuse(`${node.name} outside of a selection, having or order`, "Group in a query of its own.");
    case "rowList":
      return lookupRows(node.query, scope);
    case "rowNumber":
      return refuse("The number of a row outside of a selection", "Limit a relation.");
    default:
      return assertNever(node);
  }
}

/** True, false, or null for what is unknown. */
function flag(node: Expression, scope: Scope): unknown {
  return {
    $cond: [scope.lower.truth(node, scope), true, { $cond: [scope.lower.falsehood(node, scope), false, null] }],
  };
}

/** The path of a column without a guard for null: what indexes can serve. */
export function path(node: Expression, scope: Scope): unknown {
  if (node.kind === "column" && scope.grouped === undefined) return scope.column(node.table, node.model, node.column);
  return value(node, scope);
}
