import { isAbsolute } from "node:path";
import type { ChunkingContext } from "rolldown";
import { loadedBy, partsOf } from "./module-graph.ts";

/** The name of the chunk that a module goes to; null leaves it to the bundler. */
type ChunkName = (id: string, context: ChunkingContext) => string | null;

/** What models are said with, and what may be wrong. */
const definitions = /[\\/]src[\\/](?:model|errors)[\\/]/;

/** The modules of an entry point. */
interface Loads {
  readonly name: string;
  readonly path: string;
  /** Those that are loaded when it is loaded. */
  readonly atStart: ReadonlySet<string>;
  /** Those that its parts need, which are loaded later. */
  readonly byParts: ReadonlySet<string>;
}

/**
 * Puts a module with those that the same entry point alone loads when it is loaded, or with those that other entry points or parts need too.
 *
 * Left alone, the bundler makes a chunk for every combination of what is loaded by `import()`, and all of them are found and linked at start.
 * Where there is nothing of that kind it does well: it then looks at what is used of a module. An entry point with parts stays itself, since
 * its parts import what has no name outside.
 *
 * What defines models is a chunk of its own, so that a program that does no more, such as a browser's, has nothing that runs queries. For some
 * bundlers a chunk is the smallest thing that is loaded later or not at all.
 */
export function chunkNames(entries: readonly (readonly [name: string, path: string])[]): ChunkName {
  const paths = new Set(entries.map(([, path]) => path));
  let found: readonly Loads[] | undefined;
  let defining: ReadonlySet<string> | undefined;
  return (id, context) => {
    found ??= entries.map(([name, path]) => loadsOf(name, path, context));
    if (found.every(({ byParts }) => byParts.size === 0)) return null;
    if (found.some(({ path, byParts }) => path === id && byParts.size > 0)) return null;
    defining ??= loadedBy(
      found.flatMap(({ atStart }) => [...atStart].filter((one) => definitions.test(one))),
      context,
    );
    if (defining.has(id)) return "definitions";
    const [first, another] = found.filter(({ atStart }) => atStart.has(id));
    if (first === undefined) return null;
    return another === undefined && !first.byParts.has(id) ? first.name : "shared";
  };

  function loadsOf(name: string, path: string, context: ChunkingContext): Loads {
    const atStart = loadedBy([path], context);
    const parts = partsOf(atStart, context).filter((part) => isAbsolute(part) && !paths.has(part));
    return { name: name.replace("/", "-"), path, atStart, byParts: loadedBy(parts, context) };
  }
}
