import type { SourceFile } from "../source-file.ts";
import { targetOf, type Import } from "./imports.ts";
import { parse } from "../syntax.ts";
import { reach, type ValueGraph } from "./value-graph.ts";

const adapters = ["postgres", "mysql", "sqlite", "mongodb"];

/** What only a migration needs: the entry points for it and the files that read or change a schema. */
const migrationOnly =
  /^packages\/(core\/src\/state\.ts$|(sql|postgres|mysql|sqlite|mongodb)\/src\/(ddl\/|(migration|introspect|ddl|lock|rebuild-table|render-change)\.ts$))/;

/** An application that imports an adapter must not load introspection and DDL with it. */
export function checkEntryPoints(graph: ValueGraph): string[] {
  return adapters.flatMap((adapter) => {
    const loaded = reach(graph, `packages/${adapter}/src/index.ts`);
    return [...loaded]
      .filter(([path]) => migrationOnly.test(path))
      .map(([path, chain]) => `${path} is for migrations, but @mortise/${adapter} loads it: ${chain.join(" -> ")}.`);
  });
}

/** What core loads by its first use must not come along with core by another way. */
export function checkParts(graph: ValueGraph, imports: readonly Import[]): string[] {
  const entry = "packages/core/src/index.ts";
  const loaded = reach(graph, entry);
  return imports
    .filter(({ deferred, file }) => deferred && file.path.startsWith("packages/core/"))
    .flatMap((one) => {
      const chain = loaded.get(targetOf(one) ?? "");
      if (chain === undefined) return [];
      return `${one.place} loads ${chain.at(-1)} later, but @mortise/core loads it at once: ${chain.join(" -> ")}.`;
    });
}

/** A file that does nothing but re-export others hides where things are, unless it is what a package offers. */
export function checkBarrels(files: readonly SourceFile[], entryPoints: ReadonlySet<string>): string[] {
  return files
    .filter((file) => !entryPoints.has(file.path) && isBarrel(file))
    .map((file) => `${file.path} only re-exports other files; import them where they are.`);
}

function isBarrel(file: SourceFile): boolean {
  const { body } = parse(file).program;
  const exports = body.filter((node) => node.type !== "ImportDeclaration");
  const reExports = (node: (typeof body)[number]): boolean =>
    node.type === "ExportAllDeclaration" || (node.type === "ExportNamedDeclaration" && node.declaration === null);
  return exports.length > 0 && exports.every(reExports);
}
