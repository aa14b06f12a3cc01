import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestOf } from "./packed.ts";

/** Packages that everybody needs for the database itself. */
export const drivers: ReadonlySet<string> = new Set(["better-sqlite3", "pg", "mysql2", "mariadb"]);

/** A package with all it depends on, without drivers. */
export interface Closure {
  readonly packages: number;
  readonly bytes: number;
}

/** What installing packages brings along; optional and peer dependencies are left out. */
export function closureOf(names: readonly string[], from: string): Closure {
  const found = new Set<string>();
  for (const name of names) visit(name, from, found);
  return { packages: found.size, bytes: [...found].reduce((sum, folder) => sum + bytesOf(folder), 0) };
}

function visit(name: string, from: string, found: Set<string>): void {
  if (drivers.has(name)) return;
  const folder = folderOf(name, from);
  if (found.has(folder)) return;
  found.add(folder);
  for (const dependency of Object.keys(manifestOf(folder).dependencies ?? {})) visit(dependency, folder, found);
}

/** As Node finds a package: in the nearest `node_modules` above. */
function folderOf(name: string, from: string): string {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return realpathSync(folder);
    if (dirname(at) === at) throw new Error(`${name} is not installed beside ${from}.`);
  }
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === "node_modules") return sum;
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesOf(path) : statSync(path).size);
  }, 0);
}
