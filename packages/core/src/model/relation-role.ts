import type { RelationInfo } from "./relation.ts";

/**
 * Who points at whom: the target at the source (`owns`), the source at the target (`belongs`), a pivot at both (`pivot`), or the
 * target at a model that has a meaning of its own (`far`).
 */
export type RelationRole = "owns" | "belongs" | "pivot" | "far";

export function relationRole({ through, pointers, to }: RelationInfo): RelationRole {
  if (through !== undefined) return through.right.every((column) => pointers.includes(column)) ? "pivot" : "far";
  return to.every((column) => pointers.includes(column)) ? "owns" : "belongs";
}
