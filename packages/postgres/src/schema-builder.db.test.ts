import { writeFile } from "node:fs/promises";
import { inspect, migrate, plan, rollback } from "@mortise/migrator";
import { withModules } from "@mortise/testkit";
import { expect, test } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => {
  const target = targetOn(server);

  test("schemas, types and extensions are made and dropped", () =>
    withModules(target, async ({ directory, on, write }) => {
      const schema = `s${Math.random().toString(36).slice(2, 10)}`;
      await write(
        "1_a",
        `up(schema) {
          schema.createExtension("plpgsql");
          schema.createSchema("${schema}");
          schema.createEnum("mood", ["sad", "it's"]);
          schema.createTable("${schema}.a", (t) => { t.increments(); t.text("name"); });
          schema.createTable("b", (t) => {
            t.foreignId("a_id").references("id").inTable("${schema}.a");
            t.enum("mood", ["sad", "it's"], { native: "mood" }).defaultTo("sad");
            t.specificType("tags", "text[]").index("by_tag");
          });
          schema.table("b", (t) => { t.dropIndex("by_tag"); t.index(["tags"], "by_tags", { type: "GIN" }); });
        }, down(schema) {
          schema.dropTable("b");
          schema.dropTable("${schema}.a");
          schema.dropEnum("mood");
          schema.dropSchema("${schema}");
        }`,
      );
      await on((db) => migrate(db, { directory }));
      await on((db) => db.raw(`insert into "${schema}".a (name) values ('x')`));
      await on((db) => db.raw("insert into b (a_id) values (1)"));
      expect(await on((db) => db.raw("select a_id, mood from b"))).toEqual([{ a_id: 1, mood: "sad" }]);
      await write(
        "2_b",
        `async up(schema) {
          if (await schema.hasTable("${schema}.a")) schema.alterEnum("mood", ["glad", "it's", "new"], { sad: "glad" });
        }, down(schema) { schema.alterEnum("mood", ["sad", "it's"], { glad: "sad" }); }`,
      );
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select mood from b"))).toEqual([{ mood: "glad" }]);
      await on((db) => rollback(db, { directory }));
      expect(await on((db) => db.raw("select mood from b"))).toEqual([{ mood: "sad" }]);
      await on((db) => rollback(db, { directory }));
      expect((await on((db) => inspect(db))).enums).toEqual([]);
    }));

  test("what PostgreSQL lacks is refused by name, before anything is done", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_a", 'up(schema) { schema.createTable("a", (t) => { t.increments(); }); }');
      await on((db) => migrate(db, { directory }));
      await write("2_b", 'up(schema) { schema.table("a", (t) => { t.text("b").first(); }); }');
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        'PostgreSQL adds columns behind all others: leave out first() and after() of "b" of "a".',
      );
    }));

  test("outside of a transaction a run goes on where it stopped", () =>
    withModules(target, async ({ directory, on, write }) => {
      const migration = (wrong: string) => `transaction: false, async up(schema, { db }) {
        schema.createTable("a", (t) => { t.integer("id").primary(); });
        schema.raw("create index concurrently by_id on a (id)");
        schema.raw("${wrong}");
        await db.transaction((tx) => tx.raw("insert into a (id) values (7)"));
      }`;
      await write("1_a", migration("select 1 / 0"));
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        /statement 3 of 3.*The 2 before it are made/,
      );
      await write("1_a", migration("select 1"));
      await on((db) => migrate(db, { directory }));
      expect(await on((db) => db.raw("select id from a"))).toEqual([{ id: 7 }]);
      expect((await on((db) => plan(db))).kept.map(({ name }) => name)).toEqual(["a"]);
      await writeFile(`${directory}/2_b.sql`, "-- mortise: no transaction\ncreate index concurrently more on a (id);");
      expect((await on((db) => migrate(db, { directory }))).migrations).toEqual(["2_b"]);
    }));
});
