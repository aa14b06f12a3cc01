import { list, migrate, rollback, status } from "@mortise/migrator";
import { expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import { withModules } from "./module-bench.ts";
import { changed, users } from "./module-sources.ts";

/** Rows between steps, and steps that are only told. */
export function orderCases(target: Target): void {
  test("whose rows are changed between the steps", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write(
        "1_a",
        `async up(schema, { db }) {
          if (!(await schema.hasTable("a"))) schema.createTable("a", (t) => { t.integer("id").primary(); t.text("b"); });
          if (await schema.hasColumn("a", "c")) throw new Error("there is none yet");
          await db.raw("insert into a (id, b) values (1, 'x')");
          await db.transaction((tx) => tx.raw("insert into a (id, b) values (2, 'y')"));
          schema.table("a", (t) => { t.text("c"); });
          await db.raw("update a set c = b");
          schema.raw("update a set b = 'z'; update a set id = id + 10");
          schema.table("a", (t) => { t.text("d").notNullable().defaultTo("q"); });
        }`,
      );
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select id, b, c, d from a order by id"))).toEqual([
        { id: 11, b: "z", c: "x", d: "q" },
        { id: 12, b: "z", c: "y", d: "q" },
      ]);
    }));

  test("that are foreseen and not made", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_users", users);
      await write("2_changed", changed);
      await write("3_rows", "async up(_schema, { db }) { await db.raw('select 1'); }");
      const { statements } = await on((db) => migrate(db, { directory, dryRun: true }));
      expect(statements.filter((text) => /create table/i.test(text)).length).toBeGreaterThanOrEqual(2);
      expect(statements.at(-1)).toBe(
        '-- What follows in "3_rows" depends on what context.db finds, so it cannot be told beforehand.',
      );
      expect((await on((db) => status(db, { directory }))).pending).toHaveLength(3);
    }));
}

/** Runs that fail, and runs side by side. */
export function brokenCases(target: Target): void {
  test("that fail half way leave nothing, or go on where they stopped", () =>
    withModules(target, async ({ directory, on, write }) => {
      const migration = (wrong: string) => `up(schema) {
        schema.createTable("a", (t) => { t.integer("id").primary(); });
        schema.createTable("b", (t) => { t.integer("id").primary(); });
        schema.raw("insert into a (id) values (1)");
        schema.table("a", (t) => { t.text("note"); });
        schema.raw("${wrong}");
        schema.table("b", (t) => { t.text("note"); });
      }`;
      await write("1_a", migration("insert into nowhere (id) values (1)"));
      const run = () => on((db) => migrate(db, { directory }));
      await expect(run()).rejects.toThrow(/^The migration "1_a" failed at statement 5 of 5\. /);
      await write("1_a", migration("insert into b (id) values (2)"));
      expect((await run()).migrations).toEqual(["1_a"]);
      expect(await on((db) => db.raw("select id, note from a"))).toEqual([{ id: 1, note: null }]);
      expect(await on((db) => db.raw("select id, note from b"))).toEqual([{ id: 2, note: null }]);
      expect((await run()).migrations).toEqual([]);
      expect((await on((db) => list(db))).map(({ name }) => name)).toEqual(["1_a"]);
    }));

  test("that fail half way back leave nothing, or go on where they stopped", () =>
    withModules(target, async ({ directory, on, write }) => {
      const migration = (wrong: string) => `up(schema) {
        schema.createTable("a", (t) => { t.integer("id").primary(); });
        schema.createTable("b", (t) => { t.integer("id").primary(); });
      }, down(schema) {
        schema.renameTable("a", "c");
        schema.raw("insert into b (id) values (1)");
        schema.dropTable("c");
        schema.raw("${wrong}");
        schema.dropTable("b");
      }`;
      await write("1_a", migration("drop table nowhere"));
      const run = () => on((db) => migrate(db, { directory }));
      const back = () => on((db) => rollback(db, { directory }));
      await run();
      await expect(back()).rejects.toThrow(/^The migration "1_a" failed at statement 4 of \d\. /);
      const left = await on((db) => db.raw("select id from b"));
      const isHalf = left.length > 0;
      expect(await saidBy(run())).toContain(isHalf ? 'The migration "1_a" was being taken back' : "went well");
      await write("1_a", migration("delete from b"));
      expect(await saidBy(back())).toContain(isHalf ? "went well" : "Applied migrations were edited afterwards: 1_a.");
      expect((await on((db) => list(db))).length).toBe(isHalf ? 0 : 1);
    }));

  test("that run at once are made once", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_users", users);
      const runs = await Promise.all(Array.from({ length: 4 }, () => on((db) => migrate(db, { directory }))));
      expect(runs.flatMap(({ migrations }) => migrations)).toEqual(["1_users"]);
    }));
}

/** What a run complains of, if anything. */
function saidBy(run: PromiseLike<unknown>): PromiseLike<string> {
  return run.then(() => "went well", String);
}
