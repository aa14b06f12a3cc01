import { isAbsolute } from "node:path";
import type { ChunkingContext } from "rolldown";

/** The name of the chunk that a module goes to; null leaves it to the bundler. */
type ChunkName = (id: string, context: ChunkingContext) => string | null;

/**
 * Puts a module with those that the same entry point loads when it is loaded, or with those that several load.
 *
 * Left alone, the bundler makes a chunk for every combination of what is loaded by `import()`, and all of them are found and linked at start.
 * Where there is nothing of that kind it does well: it then looks at what is used of a module. An entry point stays itself.
 */
export function chunkNames(entries: readonly (readonly [name: string, path: string])[]): ChunkName {
  const paths = new Set(entries.map(([, path]) => path));
  let loads: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  let hasParts = false;
  return (id, context) => {
    if (loads === undefined) {
      loads = new Map(entries.map(([name, path]) => [name.replace("/", "-"), loadedBy(path, context)]));
      const parts = [...loads.values()].flatMap((ids) => [...ids].flatMap((one) => importedLater(one, context)));
      hasParts = parts.some((part) => isAbsolute(part) && !paths.has(part));
    }
    if (!hasParts || paths.has(id)) return null;
    const [first, another] = [...loads].flatMap(([name, ids]) => (ids.has(id) ? [name] : []));
    return another === undefined ? (first ?? null) : "shared";
  };
}

/** Everything that static imports reach from a file. */
function loadedBy(path: string, context: ChunkingContext): ReadonlySet<string> {
  const found = new Set([path]);
  for (const id of found) for (const next of context.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

function importedLater(id: string, context: ChunkingContext): readonly string[] {
  return context.getModuleInfo(id)?.dynamicallyImportedIds ?? [];
}
