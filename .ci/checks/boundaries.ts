import { checkCycles } from "./boundaries/cycles.ts";
import { checkDatabaseNames } from "./boundaries/database-names.ts";
import { checkBarrels, checkEntryPoints, checkParts } from "./boundaries/entry-points.ts";
import { importsOf } from "./boundaries/imports.ts";
import { checkPackageEdges } from "./boundaries/package-edges.ts";
import { valueGraph } from "./boundaries/value-graph.ts";
import { report } from "./report.ts";
import { readEntryPoints, readPackageSources, type SourceFile } from "./source-file.ts";

/** Who may import whom, what an application may load, and who may ask which database it is. */
export function checkBoundaries(files: readonly SourceFile[], entryPoints: ReadonlySet<string>): string[] {
  const imports = files.flatMap(importsOf);
  const graph = valueGraph(files, imports);
  return [
    ...checkPackageEdges(imports),
    ...checkCycles(graph),
    ...checkEntryPoints(graph),
    ...checkParts(graph, imports),
    ...checkBarrels(files, entryPoints),
    ...checkDatabaseNames(files),
  ];
}

if (import.meta.main) {
  const files = readPackageSources();
  report("boundaries", checkBoundaries(files, readEntryPoints()), `${files.length} files`);
}
