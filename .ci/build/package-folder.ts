import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the build reads of a `package.json`. */
interface Manifest {
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
}

/** A package that is published. */
export interface PackageFolder {
  /** The name of its folder: `sqlite`. */
  readonly name: string;
  readonly folder: string;
  /** The packages that an application has beside this one. */
  readonly dependencies: readonly string[];
  /** Source files that have a name outside, below `src` and without extension: `index`, `cli/main`. */
  readonly entries: readonly string[];
}

/** Every package of the repository that is not private. */
export function publicPackages(): readonly PackageFolder[] {
  return globSync("packages/*/package.json").toSorted().map(dirname).flatMap(readPackage);
}

function readPackage(folder: string): readonly PackageFolder[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (manifest.private === true) return [];
  const sources = [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})];
  return [
    {
      name: folder.replace(/^.*[\\/]/, ""),
      folder,
      dependencies: Object.keys(manifest.dependencies ?? {}),
      entries: sources.flatMap((path) => /^\.\/src\/(.*)\.ts$/.exec(path)?.[1] ?? []),
    },
  ];
}
