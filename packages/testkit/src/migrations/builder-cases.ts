import { inspect, migrate, rollback } from "@mortise/migrator";
import { expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import { withModules, type ModuleBench } from "./module-bench.ts";
import { changed, users } from "./module-sources.ts";

async function columnsOf({ on }: ModuleBench, name: string): Promise<readonly string[]> {
  const { tables } = await on((db) => inspect(db));
  return tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];
}

/** What the schema builder does, and what it loses only when it is told to. */
export function builderCases(target: Target): void {
  test("that create, change and rename", () =>
    withModules(target, async (bench) => {
      const { directory, on, write } = bench;
      await write("1_users", users);
      expect((await on((db) => migrate(db, { directory }))).migrations).toEqual(["1_users"]);
      await on((db) =>
        db
          .raw("insert into users (id, email, age) values (1, 'ada', 36)")
          .then(() => db.raw("insert into posts (id, user_id, subject_type, subject_id) values (1, 1, 'x', 2)")),
      );
      await expect(on((db) => db.raw("insert into users (id, email, age) values (2, 'bo', 0)"))).rejects.toMatchObject({
        code: "CHECK_VIOLATION",
      });
      await write("2_changed", changed);
      await on((db) => migrate(db, { directory }));
      expect(await columnsOf(bench, "users")).toEqual(["id", "mail", "age", "deleted_at", "name"]);
      expect(await columnsOf(bench, "notes")).toEqual(["id", "user_id", "title"]);
      expect(await on((db) => db.raw("select mail, name from users"))).toEqual([{ mail: "ada", name: "none" }]);
      expect(await on((db) => db.raw("select title from notes"))).toEqual([{ title: "it's" }]);
      await on((db) => db.raw("delete from users"));
      expect(await on((db) => db.raw("select user_id from notes"))).toHaveLength(1);
      await on((db) => rollback(db, { directory }));
      expect((await columnsOf(bench, "users"))[1]).toBe("email");
      await on((db) => rollback(db, { directory }));
      expect(await columnsOf(bench, "posts")).toEqual([]);
    }));

  test("that lose values only when they say so", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_a", 'up(schema) { schema.createTable("a", (t) => { t.integer("id").primary(); t.text("b"); }); }');
      await on((db) => migrate(db, { directory }));
      await on((db) => db.raw("insert into a (id, b) values (1, 'x')"));
      const drop =
        'schema.createTable("c", (t) => { t.increments(); }); schema.table("a", (t) => { t.dropColumn("b"); });';
      await write("2_b", `up(schema) { ${drop} }`);
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        /1 row is concerned\. .* "drop-column:a\.b"/,
      );
      expect(await on((db) => db.raw("select b from a"))).toEqual([{ b: "x" }]);
      await write("2_b", `acknowledge: ["drop-column:a.b"], up(schema) { ${drop} }`);
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select * from a"))).toEqual([{ id: 1 }]);
    }));
}

/** What makes no sense, and what makes sense in its order only. */
export function refusedCases(target: Target): void {
  test("that take a name again which goes in the same migration", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write(
        "1_a",
        `acknowledge: ["all"], up(schema) {
          schema.createTable("a", (t) => { t.integer("id").primary(); t.integer("b").defaultTo(1); });
          schema.raw("insert into a (id) values (7)");
          schema.table("a", (t) => { t.dropColumn("b"); t.text("b"); });
          schema.renameTable("a", "old");
          schema.createTable("a", (t) => { t.increments(); t.text("note"); });
          schema.dropTableIfExists("nothing");
        }`,
      );
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select id, b from old"))).toEqual([{ id: 7, b: null }]);
      expect(await on((db) => db.raw("select note from a"))).toEqual([]);
    }));

  test("that make no sense, before anything is done", () =>
    withModules(target, async ({ directory, on, write }) => {
      const cases = {
        'schema.table("nobody", (t) => { t.text("a"); });': /no table "nobody" to change/,
        'schema.createTable("made", (t) => { t.text("a"); });': /"made" is there already/,
        'schema.table("made", (t) => { t.dropColumn("b"); });': /"made" has no column "b"\. It has: id/,
        'schema.table("made", (t) => { t.increments("id"); });': /has a column "id" already/,
        'schema.table("made", (t) => { t.dropIndex("b"); });': /"made" has no index "b" to drop/,
        'schema.table("made", (t) => { t.dropForeign("b"); });': /"made" has no foreign key "b" to drop/,
        'schema.table("made", (t) => { t.text("a").unsigned(); });': /"a" of "made" is no whole number/,
        'schema.table("made", (t) => { t.integer("a").references("id"); });': /names no table/,
        'schema.table("made", (t) => { t.integer("a").constrained(); });': /Name the table that "a" points at/,
      };
      await write("1_made", 'up(schema) { schema.createTable("made", (t) => { t.increments(); }); }');
      await on((db) => migrate(db, { directory }));
      for (const [wrong, message] of Object.entries(cases)) {
        await write("2_wrong", `up(schema) { schema.createTable("other", (t) => { t.increments(); }); ${wrong} }`);
        await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(message);
      }
      expect((await on((db) => inspect(db))).tables.map(({ name }) => name).toSorted()).toEqual([
        "made",
        "mortise_migrations",
      ]);
      await write("2_wrong", "down() {}");
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        '"2_wrong" gives none: it needs export default',
      );
    }));
}
