import type { SchemaEntry } from "../model/relation.ts";

/** Whether data names a relation of its model. */
export function namesRelation({ relations, morphs }: SchemaEntry, data: unknown): boolean {
  if ((relations.size === 0 && morphs.size === 0) || typeof data !== "object" || data === null) return false;
  return Object.keys(data).some((name) => relations.has(name) || morphs.has(name));
}
