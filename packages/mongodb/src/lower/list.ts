import { assertNever, type Expression } from "@mortise/core/adapter";
import { BSON } from "mongodb";
import type { Slot } from "../slot.ts";
import type { Scope } from "./scope.ts";

type MemberNode = Extract<Expression, { kind: "member" }>;
type ListChangeNode = Extract<Expression, { kind: "listChange" }>;

/** Whether a list in a document has an entry that equals the operand. */
export function isMember({ operand, list }: MemberNode, scope: Scope): unknown {
  const [one, entries] = [scope.lower.value(operand, scope), scope.lower.value(list, scope)];
  return { $and: [{ $ne: [one, null] }, { $in: [one, { $cond: [{ $isArray: [entries] }, entries, []] }] }] };
}

/** The list that a field becomes. Entries are equal as values: an object with the same fields in the same order. */
export function changedList(
  { change, operand }: Pick<ListChangeNode, "change" | "operand">,
  entries: (make: (values: readonly unknown[]) => unknown) => Slot,
  scope: Scope,
): unknown {
  const stored = scope.lower.value(operand, scope);
  const current = { $ifNull: [stored, []] };
  const given = { $literal: entries((values) => (change === "addToSet" ? distinct(values) : values)) };
  const outside = (list: unknown) => ({ $not: [{ $in: ["$$entry", list] }] });
  switch (change) {
    case "push":
      return { $concatArrays: [current, given] };
    case "addToSet":
      return { $concatArrays: [current, { $filter: { input: given, as: "entry", cond: outside(current) } }] };
    case "pull":
      return {
        $cond: [
          { $isArray: [stored] },
          { $filter: { input: current, as: "entry", cond: outside(given) } },
          { $ifNull: [stored, null] },
        ],
      };
    default:
      return assertNever(change);
  }
}

/** Each value once. They are of one codec, so that equal ones have equal bytes. */
function distinct(values: readonly unknown[]): readonly unknown[] {
  const known = new Map(values.map((value) => [Buffer.from(BSON.serialize({ value })).toString("hex"), value]));
  return [...known.values()];
}
