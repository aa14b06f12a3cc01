import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDatabase, createSchema } from "@mortise/core";
import { sqlite } from "../../../sqlite/src/index.ts";
import { pull, type PullOptions } from "./pull.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "mortise-pull-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function open() {
  const db = createDatabase(createSchema({}), sqlite({ filename: ":memory:" }));
  await db.raw("create table users (id integer primary key, user_name text)");
  await db.raw("create table posts (id integer primary key, user_id integer references users (id))");
  return db;
}

test("files that are there are left alone unless they are to be overwritten; equal ones do no harm", async () => {
  await using db = await open();
  await pull(db, { out: folder });
  expect(readdirSync(folder).toSorted()).toEqual(["post.ts", "schema.ts", "user.ts"]);
  await pull(db, { out: folder });
  writeFileSync(join(folder, "user.ts"), "mine");
  await db.raw("create table tags (id integer primary key)");
  await expect(pull(db, { out: folder })).rejects.toThrow(
    /^pull would overwrite .*schema\.ts.*, so it wrote nothing\./,
  );
  expect(readdirSync(folder)).not.toContain("tag.ts");
  expect(readFileSync(join(folder, "user.ts"), "utf8")).toBe("mine");
  await pull(db, { out: folder, overwrite: true });
  expect(readFileSync(join(folder, "user.ts"), "utf8")).toContain("defineModel");
  expect(readdirSync(folder)).toContain("tag.ts");
});

test("only some tables: a key to another one stays a key of the model, and names may be kept", async () => {
  await using db = await open();
  const { models } = await pull(db, { out: folder, tables: ["POSTS"], naming: "keep" });
  expect(models).toEqual([{ name: "Post", table: "posts", file: "post.ts" }]);
  expect(readFileSync(join(folder, "post.ts"), "utf8")).toContain(
    'foreignKeys: [{ columns: ["user_id"], references: { table: "users", columns: ["id"] } }]',
  );
});

test.for<[PullOptions, string]>([
  [{ out: "" }, 'pull needs the folder to write to: pull(db, { out: "src/models" }).'],
  [{ out: "x", tables: ["nope"] }, 'The database has no table "nope" to pull. It has: users, posts.'],
  [{ out: "x", naming: JSON.parse('"kebab"') }, 'The option naming of pull is "camel" or "keep".'],
  [
    JSON.parse('{ "out": "x", "table": "a" }'),
    'pull does not take the option "table". It takes: out, tables, namespaces, naming, overwrite.',
  ],
])("%o is refused", async ([options, sentence]) => {
  await using db = await open();
  await expect(pull(db, options)).rejects.toThrow(sentence);
});
