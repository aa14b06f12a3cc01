import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { importsOf } from "../checks/boundaries/imports.ts";
import type { PackageFolder } from "./package-folder.ts";

/** Where the compiler leaves the declarations of a package. */
const compiled = ".types";

/** A declaration file, and where it goes below `dist`. */
interface Declaration {
  readonly from: string;
  readonly to: string;
}

/**
 * Copies the declarations that the entry points reach.
 *
 * Those of a package that is not published go along, into a folder of its name, and are imported from there.
 */
export function writeDeclarations(one: PackageFolder, folder: string): void {
  const open = one.entries.map((entry) => declarationOf(one.name, `${entry}.d.ts`, one));
  const found = new Set(open.map(({ to }) => to));
  for (const declaration of open) {
    const text = readFileSync(declaration.from, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    const replaced = importsOf({ path: declaration.from, text }).flatMap(({ specifier }) => {
      const target = targetOf(specifier, declaration, one);
      if (target === undefined) return [];
      if (!found.has(target.to)) {
        found.add(target.to);
        open.push(target);
      }
      return [[specifier, relativeTo(declaration, target)] as const];
    });
    const path = join(folder, declaration.to);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withSpecifiers(text, new Map(replaced)));
  }
}

/** Another file of the package, or of one that it takes in; undefined for what an application has beside it. */
function targetOf(specifier: string, { from }: Declaration, one: PackageFolder): Declaration | undefined {
  if (specifier.startsWith(".")) {
    const path = join(dirname(from), specifier.replace(/\.ts$/, ".d.ts"));
    const [, owner = "", , ...rest] = path.split(sep);
    return declarationOf(owner, rest.join("/"), one);
  }
  const [scope, owner = "", entry = "index"] = specifier.split("/");
  if (scope !== "@mortise" || one.dependencies.includes(`${scope}/${owner}`)) return undefined;
  return declarationOf(owner, `${entry}.d.ts`, one);
}

function declarationOf(owner: string, path: string, one: PackageFolder): Declaration {
  const from = join("packages", owner, compiled, path);
  return { from, to: owner === one.name ? path : `${owner}/${path}` };
}

function relativeTo({ to }: Declaration, target: Declaration): string {
  const path = relative(posix.dirname(to), target.to)
    .split(sep)
    .join("/")
    .replace(/\.d\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

function withSpecifiers(text: string, specifiers: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(\bfrom |\bimport\(|\bimport )"([^"]+)"/g, (all, before: string, specifier: string) => {
    const replacement = specifiers.get(specifier);
    return replacement === undefined ? all : `${before}"${replacement}"`;
  });
}
