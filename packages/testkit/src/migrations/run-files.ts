import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, createDatabase, createSchema, defineModel, type AnySchema } from "@mortise/core";
import { generate, migrate, plan, push, rollback, status } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import type { AnyDatabase } from "./any-database.ts";

const id = col.increment();
const one = createSchema({ users: defineModel("users", { columns: { id, name: col.string({ length: 9 }) } }) });
const two = createSchema({
  users: defineModel("users", {
    columns: { id, title: col.string({ length: 20, renamedFrom: "name", default: "it's; -- x" }), age: col.integer() },
    checks: ["title <> ';'"],
    indexes: [["age"]],
  }),
});

const pointing = createSchema({
  users: defineModel("users", {
    columns: { id, name: col.string({ length: 9 }), bossId: col.integer() },
    foreignKeys: [{ columns: ["bossId"], references: { table: "users", columns: ["id"] } }],
  }),
});

const renamed = createSchema({
  people: defineModel("people", {
    columns: { id, title: col.string({ length: 9, renamedFrom: "name" }) },
    options: { renamedFrom: "users" },
  }),
});

interface Bench {
  readonly directory: string;
  readonly on: <T>(schema: AnySchema, body: (db: AnyDatabase) => PromiseLike<T>) => Promise<T>;
  readonly write: (name: string, text: string) => Promise<void>;
}

type WithBench = (body: (bench: Bench) => Promise<void>) => Promise<void>;

/** Migrations as files, on one engine. */
export function runFiles(target: Target): void {
  const withBench: WithBench = async (body) => {
    const shared = await target.shared();
    const directory = await mkdtemp(join(tmpdir(), "mortise-files-"));
    try {
      await body({
        directory,
        on: async (schema, run) => {
          await using db = createDatabase(schema, await shared.open());
          return await run(db);
        },
        write: (name, text) => writeFile(join(directory, name), text),
      });
    } finally {
      await rm(directory, { recursive: true });
      await shared.remove();
    }
  };
  describe(`${target.name} keeps migrations as files`, () => {
    madeFiles(withBench);
    takenBack(withBench);
    knownFiles(withBench);
    brokenFiles(withBench);
  });
}

function madeFiles(withBench: WithBench): void {
  test("written from the differences, made, and taken back", () =>
    withBench(async ({ directory, on }) => {
      const write = (name: string, second: number) => (db: object) =>
        generate(db, { directory, name, extension: "sql", at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)) });
      expect(await on(one, write("Add users!", 1))).toEqual([
        "20260101000001_add_users.up.sql",
        "20260101000001_add_users.down.sql",
      ]);
      await on(one, (db) => migrate(db, { directory }));
      expect(await on(one, write("again", 2))).toEqual([]);
      await on(one, (db) => db.raw("insert into users (id, name) values (1, 'Ada')"));
      await on(two, write("title", 3));
      expect(await on(two, (db) => migrate(db, { directory }))).toMatchObject({
        migrations: ["20260101000003_title"],
        outOfOrder: [],
      });
      expect(await on(two, write("again", 4))).toEqual([]);
      expect(await on(two, (db) => db.raw("select title from users"))).toEqual([{ title: "Ada" }]);
      expect((await on(two, (db) => rollback(db, { directory }))).migrations).toEqual(["20260101000003_title"]);
      expect((await on(one, (db) => plan(db, { drop: true }))).steps).toEqual([]);
      expect(await on(one, (db) => db.raw("select name from users"))).toEqual([{ name: "Ada" }]);
      expect((await readdir(directory)).length).toBe(4);
    }));
}

function takenBack(withBench: WithBench): void {
  test("take a column back that points at another table, with all that came with it", () =>
    withBench(async ({ directory, on }) => {
      await on(one, (db) => push(db));
      const write = (name: string) => (db: object) => generate(db, { directory, name, drop: true });
      await on(pointing, write("boss"));
      await on(pointing, (db) => migrate(db, { directory }));
      expect((await on(pointing, (db) => plan(db, { drop: true }))).steps).toEqual([]);
      await on(one, (db) => rollback(db, { directory }));
      expect((await on(one, (db) => plan(db, { drop: true }))).steps).toEqual([]);
    }));

  test("give a table and its column their old names back", () =>
    withBench(async ({ directory, on }) => {
      await on(one, (db) => push(db));
      await on(renamed, (db) => generate(db, { directory, name: "people" }));
      await on(renamed, (db) => migrate(db, { directory }));
      expect((await on(renamed, (db) => plan(db, { drop: true }))).steps).toEqual([]);
      await on(one, (db) => rollback(db, { directory }));
      expect((await on(one, (db) => plan(db, { drop: true }))).steps).toEqual([]);
    }));

  test("tell what cannot be taken back, and what would be done", () =>
    withBench(async ({ directory, on, write }) => {
      await write("1_a.up.sql", "create table a (id int);");
      await write("1_a.down.sql", "-- mortise: irreversible: the moon is in the way.\n");
      expect(await on(one, (db) => migrate(db, { directory, dryRun: true }))).toEqual({
        migrations: ["1_a"],
        outOfOrder: [],
        statements: ["create table a (id int)"],
      });
      expect((await on(one, (db) => status(db, { directory }))).applied).toEqual([]);
      await on(one, (db) => migrate(db, { directory, only: "1_a" }));
      await expect(on(one, (db) => rollback(db, { directory }))).rejects.toThrow(
        "cannot be taken back. the moon is in the way.",
      );
      await expect(on(one, (db) => migrate(db, { directory, only: "9" }))).rejects.toThrow('is called "9"');
      const { kept } = await on(one, (db) => plan(db));
      expect(kept.map(({ name }) => name)).toEqual(["a"]);
      expect(await readFile(join(directory, "1_a.up.sql"), "utf8")).toContain("create table a");
    }));
}

function knownFiles(withBench: WithBench): void {
  test("that a journal of an older form knows", () =>
    withBench(async ({ directory, on, write }) => {
      await write("1_a.sql", "create table a (id int);");
      const run = () => on(one, (db) => migrate(db, { directory }));
      await run();
      await on(one, (db) => db.raw("alter table mortise_migrations drop column found"));
      await write("2_b.sql", "create table b (id int);");
      expect((await run()).migrations).toEqual(["2_b"]);
      expect((await on(one, (db) => status(db, { directory }))).applied).toHaveLength(2);
      expect((await on(one, (db) => plan(db))).kept.map(({ name }) => name)).not.toContain("mortise_migrations");
    }));

  test("known again, edited, out of order or gone", () =>
    withBench(async ({ directory, on, write }) => {
      await write("2_b.sql", "create table b (id int);");
      await write("3_c.sql", "create table c (id int);");
      const run = () => on(one, (db) => migrate(db, { directory }));
      expect((await run()).migrations).toEqual(["2_b", "3_c"]);
      expect((await run()).migrations).toEqual([]);
      await write("1_a.sql", "create table a (id int);");
      expect((await on(one, (db) => status(db, { directory }))).outOfOrder).toEqual(["1_a"]);
      expect(await run()).toMatchObject({ migrations: ["1_a"], outOfOrder: ["1_a"] });
      await write("2_b.sql", "create table b (id int, more int);");
      await expect(run()).rejects.toThrow("Applied migrations were edited afterwards: 2_b.");
      await expect(on(one, (db) => rollback(db, { directory, step: 1 }))).rejects.toThrow("were edited afterwards");
      await write("2_b.sql", "create table b (id int);");
      await expect(on(one, (db) => rollback(db, { directory, step: 1 }))).rejects.toThrow(
        'no way back: there is no "3_c.down.sql"',
      );
      await rm(join(directory, "1_a.sql"));
      expect((await on(one, (db) => status(db, { directory }))).missing).toEqual(["1_a"]);
    }));
}

function brokenFiles(withBench: WithBench): void {
  test("that fail half way leave nothing, or go on where they stopped", () =>
    withBench(async ({ directory, on, write }) => {
      const good = "create table a (id int); create table b (id int);";
      await write("1_a.sql", `${good} create table b (id int); create table c (id int);`);
      const run = () => on(one, (db) => migrate(db, { directory }));
      await expect(run()).rejects.toThrow(/^The migration "1_a" failed at statement 3 of 4\. /);
      await write("1_a.sql", `${good} create table c (id int);`);
      expect((await run()).migrations).toEqual(["1_a"]);
      expect(await on(one, (db) => db.raw("select count(*) as n from c"))).toHaveLength(1);
      expect((await run()).migrations).toEqual([]);
    }));

  test("that fail half way back leave nothing, or go on where they stopped", () =>
    withBench(async ({ directory, on, write }) => {
      await write("1_a.sql", "create table a (id int); create table b (id int); insert into b (id) values (1);");
      await write("1_a.down.sql", "drop table a; delete from b; drop table nowhere;");
      await on(one, (db) => migrate(db, { directory }));
      const run = () => on(one, (db) => rollback(db, { directory }));
      await expect(run()).rejects.toThrow(/^The migration "1_a" failed at statement 3 of 3\. /);
      const isHalf = (await on(one, (db) => plan(db))).kept.length < 2;
      const again = await on(one, (db) => migrate(db, { directory })).then(() => "went well", String);
      expect(again).toContain(isHalf ? 'The migration "1_a" was being taken back' : "went well");
      expect((await on(one, (db) => status(db, { directory }))).applied.map(({ name }) => name)).toEqual(["1_a"]);
      await write("1_a.down.sql", "drop table a; delete from b; drop table b;");
      expect((await run()).migrations).toEqual(["1_a"]);
      expect((await on(one, (db) => plan(db))).kept).toEqual([]);
      expect((await on(one, (db) => migrate(db, { directory }))).migrations).toEqual(["1_a"]);
    }));

  test("that run at once are made once", () =>
    withBench(async ({ directory, on, write }) => {
      for (const name of ["a", "b", "c"]) await write(`${name}.sql`, `create table ${name} (id int);`);
      const runs = await Promise.all(Array.from({ length: 4 }, () => on(one, (db) => migrate(db, { directory }))));
      expect(runs.flatMap(({ migrations }) => migrations).toSorted()).toEqual(["a", "b", "c"]);
    }));
}
