import { inspect, migrate } from "@mortise/migrator";
import { withModules } from "@mortise/testkit";
import { expect, test } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => {
  const target = targetOn(server);

  test("columns stand where they are put", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write(
        "1_a",
        `up(schema) {
          schema.createTable("a", (t) => { t.increments(); t.text("c"); t.set("b", ["x", "y"]).after("id"); });
          schema.raw("select 1");
          schema.table("a", (t) => { t.integer("zero").first(); t.point("place").after("b"); t.options({ engine: "MyISAM" }); });
        }`,
      );
      await on((db) => migrate(db, { directory }));
      const { tables } = await on((db) => inspect(db));
      expect(tables.find(({ name }) => name === "a")?.columns.map(({ name }) => name)).toEqual([
        "zero",
        "id",
        "b",
        "place",
        "c",
      ]);
    }));

  test("a step that was made and not written down is not made again", () =>
    withModules(target, async ({ directory, on, write }) => {
      const migration = (last: string) => `up(schema) {
        schema.createTable("a", (t) => { t.integer("id").primary(); });
        schema.createTable("b", (t) => { t.integer("id").primary(); });
        schema.raw("${last}");
      }`;
      await write("1_a", migration("insert into nowhere values (1)"));
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow("failed at statement 3 of 3");
      // As if the process had ended between the second statement and its line in the journal.
      const hash = "(select done_hash from (select done_hash from mortise_migrations) as m)";
      await on((db) => db.raw(`update mortise_migrations set done = 0, done_hash = ${hash}`));
      await on((db) => db.raw("drop table b"));
      await write("1_a", migration("insert into b values (1)"));
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select id from b"))).toEqual([{ id: 1 }]);
    }));

  test("what stood in the way is looked at again by the next run", () =>
    withModules(target, async ({ directory, on, write }) => {
      const add = 'schema.table("late", (t) => { t.text("note"); });';
      await write("1_a", `up(schema) { ${add} }`);
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow('no table "late" to change');
      expect(await on((db) => db.raw("select name from mortise_migrations"))).toEqual([]);
      await write("1_a", `up(schema) { schema.raw("create table made (id int)"); ${add} }`);
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow('no table "late" to change');
      await on((db) => db.raw("create table late (id int)"));
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select note from late"))).toEqual([]);
    }));

  test("what was made may not be edited before the next run", () =>
    withModules(target, async ({ directory, on, write }) => {
      const migration = (first: string) => `up(schema) {
        schema.createTable("a", (t) => { t.${first}("id").primary(); });
        schema.raw("insert into nowhere values (1)");
      }`;
      await write("1_a", migration("integer"));
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow("failed at statement 2 of 2");
      await write("1_a", migration("bigInteger"));
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        'The migration "1_a" was cut off after 1 of its statements, and those were edited since.',
      );
    }));

  test("what the server lacks is refused by name", () =>
    withModules(target, async ({ directory, on, write }) => {
      const cases = {
        'schema.createEnum("mood", ["a"])': "has no types of its own for enums",
        'schema.createSchema("more")': "which a migration does not make or drop",
        'schema.createExtension("citext")': "has no extensions",
        'schema.createTable("t", (t) => { t.integer("a"); t.index("a", "i", { where: "a > 0" }); })': "have no where",
      };
      for (const [call, message] of Object.entries(cases)) {
        await write("1_a", `up(schema) { ${call}; }`);
        await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(message);
      }
    }));
});
