import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { apply, diff, inspect, plan } from "./database.ts";
import { push } from "./push.ts";

const User = defineModel("users", {
  columns: {
    id: col.increment(),
    email: col.string({ nullable: false, unique: true }),
    role: col.enum(["admin", "user"], { nullable: false, default: "user" }),
    isActive: col.boolean({ default: true }),
    balance: col.decimal({ precision: 10, scale: 2, mode: "string", default: "1.50" }),
    tags: col.set(["a", "b"], { default: ["b"] }),
    settings: col.json<{ theme: string }>({ default: { theme: "dark" } }),
    createdAt: col.datetime({ defaultNow: true }),
    bornOn: col.date({ as: "string", default: "2001-02-03" }),
  },
});
const schema = createSchema({ users: User });
const open = (filename = ":memory:") => createDatabase(schema, sqlite({ filename }));

test("push makes the tables of a database's schema, and says no differences the second time", async () => {
  const db = open();
  const seen: string[] = [];
  const first = await push(db, { onStep: (step, index, total) => seen.push(`${index + 1} of ${total}: ${step.line}`) });
  expect(first.summary).toMatch(/^1 change: create table users \(id, email, /);
  expect(first.statements[0]).toMatch(/^CREATE TABLE "users" /);
  expect(seen).toEqual([`1 of 1: ${first.summary.slice("1 change: ".length)}`]);
  expect(await push(db)).toEqual({ changes: [], statements: [], kept: [], summary: "no differences" });
  await db.close();
});

test("defaults give rows what the model says, read back by its own codecs", async () => {
  const db = open();
  await push(db);
  const before = Date.now();
  await db.from(User).insert({ email: "a@b.c" });
  const [user] = await db.from(User).many();
  expect(user).toMatchObject({
    id: 1,
    role: "user",
    isActive: true,
    balance: "1.50",
    tags: ["b"],
    settings: { theme: "dark" },
    bornOn: "2001-02-03",
  });
  expect(Math.abs((user?.createdAt?.getTime() ?? 0) - before)).toBeLessThan(5000);
  await db.close();
});

test("a plan is looked at, then applied", async () => {
  const db = open();
  const made = await plan(db);
  expect(made.steps).toHaveLength(1);
  expect((await inspect(db)).tables).toEqual([]);
  expect((await diff(db)).changes.map(({ kind }) => kind)).toEqual(["createTable"]);
  await apply(db, made);
  expect((await diff(db)).changes).toEqual([]);
  expect((await apply(db, made)).summary).toBe("no differences");
  expect((await inspect(db)).tables.map((table) => table.name)).toEqual(["users"]);
  await db.close();
});

test("handles that push at the same moment all succeed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mortise-handles-"));
  const handles = Array.from({ length: 4 }, () => open(join(folder, "shared.db")));
  try {
    const summaries = (await Promise.all(handles.map((db) => push(db)))).map(({ summary }) => summary);
    expect(summaries.filter((summary) => summary !== "no differences")).toHaveLength(1);
  } finally {
    await Promise.all(handles.map((db) => db.close()));
    rmSync(folder, { recursive: true, force: true });
  }
});

test("one handle may push twice at once, and query meanwhile", async () => {
  const db = open();
  await push(db);
  const results = await Promise.all([push(db), push(db), db.from(User).count()]);
  expect(results.slice(0, 2)).toMatchObject([{ summary: "no differences" }, { summary: "no differences" }]);
  await db.close();
});

test("anything but a database handle is refused with a sentence", async () => {
  await expect(push({})).rejects.toThrow(
    "This is not a database handle. Make one with createDatabase(schema, adapter).",
  );
});
