import type { RelationInfo } from "./relation.ts";

/**
 * Who points at whom: the target at the source (`owns`), the source at the target (`belongs`) or at many of them (`lists`), a pivot at
 * both (`pivot`), or the target at a model that has a meaning of its own (`far`).
 */
export type RelationRole = "owns" | "belongs" | "lists" | "pivot" | "far";

export function relationRole({ through, pointers, to, listed }: RelationInfo): RelationRole {
  if (through !== undefined) return through.right.every((column) => pointers.includes(column)) ? "pivot" : "far";
  if (listed) return "lists";
  return to.every((column) => pointers.includes(column)) ? "owns" : "belongs";
}
