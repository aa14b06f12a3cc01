import { writeFile } from "node:fs/promises";
import { col, createSchema, defineModel, type AnySchema } from "@mortise/core";
import { generate, migrate, plan, push, rollback, status } from "@mortise/migrator";
import { withModules } from "@mortise/testkit";
import { describe, expect, test } from "vitest";
import { serverTarget } from "./target.fixture.ts";

type Definition = Parameters<typeof defineModel>[1];

const id = col.increment();
const items = (columns: Definition["columns"], more: Partial<Definition> = {}): AnySchema =>
  createSchema({ items: defineModel("items", { columns: { id, ...columns }, ...more }) });

/** From, to, and what a generated migration has to be told. */
const evolutions: Readonly<Record<string, readonly [AnySchema, AnySchema]>> = {
  "a new collection": [
    createSchema({}),
    items({ name: col.string({ unique: true, default: "it's" }), tags: col.array(col.text()) }),
  ],
  "a renamed field": [
    items({ name: col.text({ index: true }) }),
    items({ title: col.text({ index: true, renamedFrom: "name" }) }),
  ],
  "another type": [
    items({ a: col.integer(), b: col.string() }),
    items({ a: col.text(), b: col.string({ length: 9, nullable: false }) }),
  ],
  "checks and indexes": [
    items({ a: col.integer(), at: col.datetime() }),
    items(
      { a: col.integer(), at: col.datetime() },
      {
        checks: ["a > 5"],
        indexes: [
          { columns: ["at"], type: "ttl(60)" },
          { columns: ["a"], where: "a > 7", name: "some" },
        ],
      },
    ),
  ],
  labels: [items({ a: col.enum(["x", "y"]) }), items({ a: col.enum(["x", "y", "z"], { default: "z" }) })],
};

describe.skipIf(process.env["TEST_MONGODB_URL"] === undefined)("migrations as files", () => {
  const target = serverTarget();

  for (const [name, [before, after]] of Object.entries(evolutions)) {
    test(`written from ${name}, made, and taken back`, () =>
      withModules(target, async ({ directory, on }) => {
        await on((db) => push(db), before);
        expect(await on((db) => generate(db, { directory, name: "there", acknowledge: ["all"] }), after)).toHaveLength(
          1,
        );
        await on((db) => migrate(db, { directory }), after);
        expect(await on((db) => generate(db, { directory, name: "again" }), after)).toEqual([]);
        await on((db) => rollback(db, { directory }), after);
        const { steps, refused } = await on((db) => plan(db, { drop: true }), before);
        expect([...steps, ...refused].map(({ line }) => line)).toEqual([]);
      }));
  }

  test("that change documents between steps, and are made once", () =>
    withModules(target, async ({ directory, on, write }) => {
      const People = defineModel("people", { columns: { id, name: col.text(), short: col.text() } });
      const schema = createSchema({ people: People });
      // A migration imports models of its application; this one is handed that of the test.
      Object.assign(globalThis, { modelOfTest: People });
      await write(
        "1_people",
        `up(schema) { schema.createTable("people", (t) => { t.increments("_id"); t.text("name"); }); },
         down(schema) { schema.dropTable("people"); }`,
      );
      await write(
        "2_short",
        `async up(schema, { db }) {
           const People = globalThis.modelOfTest;
           await db.from(People).insertMany([{ name: "Ada Lovelace" }, { name: "Grace Hopper" }]);
           schema.table("people", (t) => { t.text("short"); });
           for (const one of await db.from(People).select("id", "name").many())
             await db.from(People).where("id", one.id).update({ short: one.name.split(" ")[0] });
         }, down(schema) { schema.table("people", (t) => { t.dropColumn("short"); }); }, acknowledge: ["drop-column"]`,
      );
      const { migrations } = await on((db) => migrate(db, { directory }), schema);
      expect(migrations).toEqual(["1_people", "2_short"]);
      expect((await on((db) => migrate(db, { directory }), schema)).migrations).toEqual([]);
      expect(await on((db) => db.from(People).orderBy("id").pluck("short"), schema)).toEqual(["Ada", "Grace"]);
      expect((await on((db) => status(db, { directory }), schema)).applied.map(({ name }) => name)).toEqual(migrations);
      await on((db) => rollback(db, { directory, step: 1 }), schema);
      expect((await on((db) => status(db, { directory }), schema)).pending.map(({ name }) => name)).toEqual([
        "2_short",
      ]);
    }));

  test("of commands, and of SQL, which is refused", () =>
    withModules(target, async ({ directory, on }) => {
      await writeFile(`${directory}/1_a.sql`, '-- two commands\n{ "create": "a" };\n{ "create": "b" };\n');
      expect((await on((db) => migrate(db, { directory }))).migrations).toEqual(["1_a"]);
      await writeFile(`${directory}/2_b.sql`, "create table c (id int);");
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow("MongoDB has no SQL");
    }));
});
