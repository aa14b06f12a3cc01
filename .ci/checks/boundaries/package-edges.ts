import { isTest, packageOf } from "../source-file.ts";
import { packageNamed, targetOf, type Import } from "./imports.ts";

/** The packages of this repository that each package may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  sql: ["core"],
  postgres: ["core", "sql"],
  mysql: ["core", "sql"],
  sqlite: ["core", "sql"],
  mongodb: ["core"],
  migrator: ["core"],
  factory: ["core"],
  testkit: ["core", "migrator"],
};

/** The folders that may import a package from outside; one that is not listed has no place in shipped code. */
const homes: Readonly<Record<string, readonly string[]>> = {
  kysely: ["packages/sql/", "packages/postgres/", "packages/mysql/", "packages/sqlite/"],
  tarn: ["packages/sql/"],
  pg: ["packages/postgres/"],
  mysql2: ["packages/mysql/"],
  "better-sqlite3": ["packages/sqlite/"],
  mongodb: ["packages/mongodb/"],
  "@dagrejs/dagre": ["packages/migrator/src/diagram/"],
  commander: ["packages/migrator/src/cli/"],
  "@clack/prompts": ["packages/migrator/src/cli/"],
  amaro: ["packages/migrator/src/load-module.ts"],
  "ts-morph": ["packages/migrator/src/codegen/"],
};

/** Says of each import that crosses the edge of its package whether it may. */
export function checkPackageEdges(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => refuse(one) ?? []);
}

function refuse(one: Import): string | undefined {
  const owner = packageOf(one.file.path);
  const target = targetOf(one);
  if (one.specifier.startsWith("node:")) {
    return owner === "core" ? `${one.place} imports ${one.specifier}, but core runs on any engine.` : undefined;
  }
  if (target === undefined) return refuseOutside(one, owner);
  const imported = packageOf(target);
  if (isTest(target)) return `${one.place} imports ${target}, which is not shipped.`;
  if (imported === owner) return undefined;
  if (one.specifier.startsWith("."))
    return `${one.place} reaches into ${imported} by path; import @mortise/${imported}.`;
  if (mayImport[owner]?.includes(imported)) return undefined;
  return `${one.place} imports ${one.specifier}, but ${owner} may import ${sentence(mayImport[owner] ?? [])}.`;
}

function refuseOutside(one: Import, owner: string): string | undefined {
  if (owner === "testkit") return undefined;
  const name = packageNamed(one.specifier) ?? one.specifier;
  const allowed = homes[name] ?? [];
  if (allowed.some((home) => one.file.path.startsWith(home))) return undefined;
  return `${one.place} imports ${name}, which ${allowed.length > 0 ? "only " : ""}${sentence(allowed)} may import.`;
}

function sentence(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.map((name) => name.replace(/\/$/, "")).join(" and ");
}
