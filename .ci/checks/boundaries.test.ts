import { describe, expect, test } from "vitest";
import { checkBoundaries } from "./boundaries.ts";

const entryPoints = new Set(
  ["core/src/index", "core/src/adapter", "migrator/src/index"].map((path) => `packages/${path}.ts`),
);

/** Checks files written as `path: text`, the paths below `packages/`. */
function check(files: Readonly<Record<string, string>>): string[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path: `packages/${path}`, text }));
  return checkBoundaries(sources, entryPoints);
}

test("a repository that keeps the rules passes", () => {
  const violations = check({
    "core/src/index.ts": `export * from "./query/select.ts"`,
    "core/src/adapter.ts": `export type { Model } from "./model/model.ts"`,
    "core/src/query/select.ts": `import type { Model } from "../model/model.ts"\nexport const select = (m: Model) => m`,
    "core/src/model/model.ts": `import type { select } from "../query/select.ts"\nexport type Model = typeof select`,
    "sql/src/index.ts": `import { sql } from "kysely"\nimport { select } from "@mortise/core"\nexport const x = [sql, select]`,
    "sqlite/src/index.ts": `import Database from "better-sqlite3"\nimport { x } from "@mortise/sql"\nexport const y = [x, Database]`,
    "sqlite/src/migration.ts": `import { y } from "./index.ts"\nimport { z } from "./ddl.ts"\nexport const m = y === "sqlite" ? y : z`,
    "sqlite/src/ddl.ts": `export const z = 1`,
    "migrator/src/index.ts": `import { readFile } from "node:fs/promises"\nimport { select } from "@mortise/core"\nexport { readFile, select }`,
    "migrator/src/codegen/print.ts": `import { Project } from "ts-morph"\nexport const project = new Project()`,
    "testkit/src/index.ts": `import fc from "fast-check"\nimport "@mortise/migrator"\nexport const is = (n: string) => n === "sqlite" && fc`,
  });
  expect(violations).toEqual([]);
});

describe("package edges", () => {
  test.each([
    ["core/src/a.ts", `import "kysely"`, "only packages/sql and"],
    ["core/src/a.ts", `import type { Kysely } from "kysely"`, "only packages/sql and"],
    ["core/src/a.ts", `import { z } from "zod"`, "imports zod, which nothing may import"],
    ["core/src/a.ts", `import { join } from "node:path"`, "core runs on any engine"],
    ["core/src/a.ts", `import { sql } from "@mortise/sql"`, "core may import nothing"],
    ["core/src/a.ts", `import { x } from "../../sql/src/index.ts"`, "reaches into sql by path"],
    ["sql/src/a.ts", `import Database from "better-sqlite3"`, "only packages/sqlite may import"],
    ["sqlite/src/a.ts", `import { x } from "@mortise/postgres"`, "sqlite may import core and sql"],
    ["sqlite/src/a.ts", `import { x } from "@mortise/migrator"`, "sqlite may import core and sql"],
    ["mongodb/src/a.ts", `import { x } from "@mortise/sql"`, "mongodb may import core"],
    ["migrator/src/a.ts", `import { x } from "@mortise/sqlite/migration"`, "migrator may import core"],
    ["migrator/src/a.ts", `import { sql } from "kysely"`, "only packages/sql and"],
    ["migrator/src/a.ts", `export const load = () => import("better-sqlite3")`, "only packages/sqlite may import"],
    ["migrator/src/a.ts", `import { Project } from "ts-morph"`, "only packages/migrator/src/codegen may import"],
    ["sqlite/src/a.ts", `import { x } from "@mortise/testkit"`, "sqlite may import core and sql"],
    ["core/src/a.ts", `import { x } from "./x.fixture.ts"`, "x.fixture.ts, which is not shipped"],
    ["testkit/src/a.ts", `import { x } from "@mortise/sqlite"`, "testkit may import core and migrator"],
  ])("%s: %s is refused", (path, text, reason) => {
    expect(check({ [path]: text })).toEqual([expect.stringContaining(reason)]);
  });
});

describe("cycles", () => {
  test("two files that load each other are named once", () => {
    const violations = check({
      "core/src/a.ts": `import { b } from "./b.ts"\nexport const a = b`,
      "core/src/b.ts": `import { a } from "./a.ts"\nexport const b = a`,
    });
    expect(violations).toEqual([
      "packages/core/src/a.ts -> packages/core/src/b.ts -> packages/core/src/a.ts is a cycle of imports.",
    ]);
  });

  test("an import of inline types still loads the file", () => {
    const violations = check({
      "core/src/a.ts": `import { type B } from "./b.ts"\nexport const a: B = 1`,
      "core/src/b.ts": `import { a } from "./a.ts"\nexport type B = typeof a | 1`,
    });
    expect(violations).toHaveLength(1);
  });

  test("a cycle across packages is found besides the forbidden edge", () => {
    const violations = check({
      "core/src/index.ts": `import { b } from "@mortise/sql"\nexport const a = b`,
      "sql/src/index.ts": `import { a } from "@mortise/core"\nexport const b = a`,
    });
    expect(violations).toContainEqual(expect.stringContaining("is a cycle of imports"));
  });
});

test("an adapter may load its migration side when it is asked for", () => {
  expect(
    check({
      "sqlite/src/index.ts": `export const open = () => import("./migration.ts")`,
      "sqlite/src/migration.ts": `export { b } from "./ddl.ts"\nexport const a = 1`,
      "sqlite/src/ddl.ts": `export const b = 2`,
    }),
  ).toEqual([]);
});

test("an adapter's run-time entry that reaches DDL is shown the chain", () => {
  const violations = check({
    "sqlite/src/index.ts": `import { d } from "./dialect.ts"\nexport const a = d`,
    "sqlite/src/dialect.ts": `import { x } from "./introspect.ts"\nexport const d = x`,
    "sqlite/src/introspect.ts": `export const x = 1`,
  });
  expect(violations).toEqual([
    "packages/sqlite/src/introspect.ts is for migrations, but @mortise/sqlite loads it: " +
      "packages/sqlite/src/index.ts -> packages/sqlite/src/dialect.ts -> packages/sqlite/src/introspect.ts.",
  ]);
});

test("what core loads later is not loaded at once as well", () => {
  const violations = check({
    "core/src/index.ts": `export { query } from "./query.ts"`,
    "core/src/query.ts": `import { page } from "./page.ts"\nexport const query = () => [page, import("./chunk.ts")]`,
    "core/src/page.ts": `import { chunk } from "./chunk.ts"\nexport const page = chunk`,
    "core/src/chunk.ts": `export const chunk = 1`,
  });
  expect(violations).toEqual([
    "packages/core/src/query.ts:2 loads packages/core/src/chunk.ts later, but @mortise/core loads it at once: " +
      "packages/core/src/index.ts -> packages/core/src/query.ts -> packages/core/src/page.ts -> packages/core/src/chunk.ts.",
  ]);
});

test("a barrel inside a package is refused", () => {
  const violations = check({
    "core/src/model/index.ts": `export * from "./model.ts"\nexport { col } from "./col.ts"`,
    "core/src/model/all.ts": `import { col } from "./col.ts"\nexport { col }`,
    "core/src/model/model.ts": `export const model = 1`,
    "core/src/model/col.ts": `export const col = 1`,
  });
  expect(violations).toEqual([
    "packages/core/src/model/index.ts only re-exports other files; import them where they are.",
    "packages/core/src/model/all.ts only re-exports other files; import them where they are.",
  ]);
});

describe("names of databases", () => {
  test.each([
    ["core/src/a.ts", `export const a = (n: string) => n === "postgres"`],
    ["migrator/src/a.ts", `export const a = (n: string) => "mysql" != n`],
    ["sqlite/src/a.ts", "export const a = (n: string) => n !== `mariadb`"],
    ["sql/src/a.ts", `export function a(n: string) { switch (n) { case "sqlite": return 1 } return 2 }`],
  ])("%s: %s is refused", (path, text) => {
    expect(check({ [path]: text })).toEqual([expect.stringContaining("read a capability or call a hook")]);
  });

  test("text that merely holds a name is not a comparison", () => {
    expect(check({ "core/src/a.ts": `// n === "postgres"\nexport const a = 'x === "mysql"'` })).toEqual([]);
  });
});
