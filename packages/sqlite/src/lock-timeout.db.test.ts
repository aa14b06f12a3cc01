import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { migrate, push, status } from "@mortise/migrator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqlite } from "./index.ts";

let folder = "";
let filename = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mortise-files-"));
  filename = join(folder, "a.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schema = createSchema({ users: defineModel("users", { columns: { id: col.increment(), name: col.string() } }) });
const open = (options: { wal?: boolean; busyTimeout?: number } = {}) =>
  createDatabase(schema, sqlite({ filename, ...options }));

async function told(body: () => Promise<unknown>): Promise<{ text: string; seconds: number }> {
  const start = performance.now();
  const text = await body().then(
    () => "It went through.",
    (error: unknown) => String(error),
  );
  return { text, seconds: (performance.now() - start) / 1000 };
}

test("a migrator waits for another writer as long as it may, and then says so", async () => {
  await using db = open();
  await push(db);
  const other = new Database(filename);
  other.exec("begin immediate");
  writeFileSync(join(folder, "1_a.sql"), "create table a (id int);");
  for (const run of [
    () => push(db, { lockTimeout: 300 }),
    () => migrate(db, { directory: folder, lockTimeout: 300 }),
  ]) {
    other.exec("rollback; create table if not exists extra (x); drop table users; begin immediate");
    const { text, seconds } = await told(run);
    expect(text).toContain("Another connection has been writing to the database for 0.3 seconds");
    expect(text).toContain("Nothing was changed");
    expect(seconds).toBeGreaterThan(0.25);
    expect(seconds).toBeLessThan(5);
    other.exec(
      "rollback; create table users (id integer primary key autoincrement not null, name text); begin immediate",
    );
  }
  other.exec("rollback");
  other.close();
  expect((await migrate(db, { directory: folder, lockTimeout: 300 })).migrations).toEqual(["1_a"]);
});

test.each([100, 5000])(
  "without write-ahead logging it waits for readers, too, whatever the connection's own %i ms",
  async (busyTimeout) => {
    await using db = open({ wal: false, busyTimeout });
    const reader = new Database(filename);
    reader.exec("create table seen (x); insert into seen values (1); begin");
    reader.prepare("select * from seen").all();
    const { text, seconds } = await told(() => push(db, { lockTimeout: 600 }));
    expect(text).toContain("Another connection has been reading the database for 0.6 seconds");
    expect(text).toContain("Nothing was changed");
    expect(seconds).toBeGreaterThan(0.55);
    expect(seconds).toBeLessThan(4);
    reader.exec("commit");
    expect(reader.prepare("select count(*) from sqlite_schema where name = 'users'").pluck().get()).toBe(0);
    reader.close();
    expect((await push(db, { lockTimeout: 600 })).changes).toHaveLength(1);
    expect((await status(db, { directory: folder, lockTimeout: 600 })).applied).toEqual([]);
  },
);
