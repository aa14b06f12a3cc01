import type { ChunkingContext } from "rolldown";

/** Everything that static imports reach from modules. */
export function loadedBy(ids: Iterable<string>, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set(ids);
  for (const id of found) for (const next of context.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

/** What modules load by `import()`. */
export function partsOf(ids: Iterable<string>, context: ChunkingContext): readonly string[] {
  return [...ids].flatMap((id) => context.getModuleInfo(id)?.dynamicallyImportedIds ?? []);
}
