import type { SourceFile } from "../source-file.ts";
import { targetOf, type Import } from "./imports.ts";

/** Which files a file loads when it is loaded: path -> paths. Type-only imports and `import()` are dropped. */
export type ValueGraph = ReadonlyMap<string, readonly string[]>;

export function valueGraph(files: readonly SourceFile[], imports: readonly Import[]): ValueGraph {
  const graph = new Map<string, string[]>(files.map((file) => [file.path, []]));
  for (const one of imports) {
    const target = targetOf(one);
    if (!one.typeOnly && !one.deferred && target !== undefined && graph.has(target))
      graph.get(one.file.path)?.push(target);
  }
  return graph;
}

/** Everything that is loaded with `start`, each file with the chain of imports that leads to it. */
export function reach(graph: ValueGraph, start: string): Map<string, readonly string[]> {
  const chains = new Map<string, readonly string[]>([[start, [start]]]);
  for (const [path, chain] of chains) {
    for (const next of graph.get(path) ?? []) if (!chains.has(next)) chains.set(next, [...chain, next]);
  }
  return chains;
}
