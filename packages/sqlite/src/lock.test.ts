import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSchemaDatabase } from "./schema-database.fixture.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "mortise-lock-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("two holders on one file follow each other, and the one that waits lets the process go on", async () => {
  const path = join(folder, "a.db");
  const events: string[] = [];
  const hold = (name: string) =>
    openSchemaDatabase(path).schema.lock("mortise", async (held) => {
      events.push(`${name} in`);
      await held.run(`create table "${name}" (x)`);
      await rest(50);
      events.push(`${name} out`);
    });
  const start = performance.now();
  await Promise.all([hold("a"), hold("b")]);
  expect(events.join(", ")).toMatch(/^(a in, a out, b in, b out|b in, b out, a in, a out)$/);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("an error takes everything back and leaves the connection as it was", async () => {
  const { database, schema } = openSchemaDatabase(join(folder, "b.db"));
  database.pragma("busy_timeout = 1234");
  const failing = schema.lock("mortise", async (held) => {
    await held.run("create table t (x)");
    await held.run("create table t (x)");
  });
  await expect(failing).rejects.toThrow(/already exists/);
  expect(database.inTransaction).toBe(false);
  expect(database.prepare("select count(*) from sqlite_schema").pluck().get()).toBe(0);
  expect(database.pragma("busy_timeout", { simple: true })).toBe(1234);
  expect(await schema.lock("mortise", async () => "again")).toBe("again");
});

test("what the lock's holder reads is its own work", async () => {
  const { schema } = openSchemaDatabase(join(folder, "c.db"));
  const names = await schema.lock("mortise", async (held) => {
    await held.run("create table t (x)");
    return (await held.inspect({ namespaces: [] })).tables.map((table) => table.name);
  });
  expect(names).toEqual(["t"]);
});

test("inside of a transaction there is no lock to be had", async () => {
  const { database, schema } = openSchemaDatabase();
  database.exec("begin");
  await expect(schema.lock("mortise", async () => undefined)).rejects.toThrow(/call it outside of db\.transaction/);
  expect(database.inTransaction).toBe(true);
});
