import { resolve } from "node:path";
import { rolldown, type OutputChunk, type RolldownOutput } from "rolldown";
import { chunkNames } from "./chunk-name.ts";
import type { PackageFolder } from "./package-folder.ts";

/** An application has them for their types; the code of theirs that runs is taken in. */
const typesOnly: ReadonlySet<string> = new Set(["kysely"]);

/**
 * Writes a package as one module for each entry point and for what several of them share, and tells every file that went into them.
 *
 * What the package depends on stays outside; everything else that it imports is taken in. What is loaded by `import()` is a module for each,
 * and one for what they share.
 */
export async function writeChunks(one: PackageFolder, folder: string): Promise<readonly string[]> {
  const outside = one.dependencies.filter((name) => !typesOnly.has(name));
  const input = Object.fromEntries(one.entries.map((entry) => [entry, resolve(one.folder, "src", `${entry}.ts`)]));
  const bundle = await rolldown({
    input,
    platform: "node",
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    preserveEntrySignatures: "allow-extension",
    onLog: (_level, { message }) => {
      throw new Error(`${one.folder} does not bundle: ${message}`);
    },
  });
  try {
    const output = await bundle.write({
      dir: folder,
      format: "esm",
      sourcemap: true,
      chunkFileNames: "[name]-[hash].js",
      comments: { legal: true, annotation: true, jsdoc: false },
      codeSplitting: {
        groups: [
          {
            name: chunkNames(Object.entries(input)),
            debugName: "loaded with an entry point",
            tags: ["$initial"],
            priority: 1,
            // What a module imports is reached by all that reach the module, so that no two chunks import each other.
            includeDependenciesRecursively: false,
          },
          { name: "joint", minShareCount: 2 },
        ],
      },
    });
    return chunksOf(output).flatMap(({ moduleIds }) => moduleIds);
  } finally {
    await bundle.close();
  }
}

function chunksOf({ output }: RolldownOutput): readonly OutputChunk[] {
  return output.filter((file) => file.type === "chunk");
}
