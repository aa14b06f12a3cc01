import { globSync, readFileSync } from "node:fs";

/** A TypeScript file of a package; every check is a pure function over a list of these. */
export interface SourceFile {
  /** The path from the root of the repository, with forward slashes: `packages/core/src/index.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Tests, type tests and fixtures are not shipped and do not count. */
export function isTest(path: string): boolean {
  return /\.(test|test-d|fixture)\.ts$/.test(path);
}

/** The folder name of the package a file belongs to: `core` for `packages/core/src/index.ts`. */
export function packageOf(path: string): string {
  return path.split("/")[1] ?? path;
}

/** Reads the source of every package below the current directory, tests left out. */
export function readPackageSources(): SourceFile[] {
  return globSync("packages/*/src/**/*.ts")
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !isTest(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

/** The source files that the packages offer by name, as their manifests say. */
export function readEntryPoints(): ReadonlySet<string> {
  const paths = globSync("packages/*/package.json").flatMap((manifest) => {
    const { exports }: { exports: Readonly<Record<string, string>> } = JSON.parse(readFileSync(manifest, "utf8"));
    return Object.values(exports).map(
      (path) => `packages/${packageOf(manifest.replaceAll("\\", "/"))}/${path.slice(2)}`,
    );
  });
  return new Set(paths);
}
