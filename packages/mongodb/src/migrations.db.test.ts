import { col, createDatabase, createSchema, defineModel, type AnySchema } from "@mortise/core";
import { diff, plan, push, type PushOptions } from "@mortise/migrator";
import type { Db, Document } from "mongodb";
import { afterAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

type Definition = Parameters<typeof defineModel>[1];

const id = col.integer({ nullable: false, primaryKey: true });
const items = (columns: Definition["columns"], more: Partial<Definition> = {}, table = "items") =>
  createSchema({ items: defineModel(table, { columns: { id, ...columns }, ...more }) });

describe.skipIf(process.env["TEST_MONGODB_URL"] === undefined)("documents and rules", () => {
  const opened: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of opened) await database.remove();
  });

  interface Bench {
    readonly pushed: (schema: AnySchema, options?: PushOptions) => Promise<string>;
    readonly on: <T>(schema: AnySchema, body: (db: object) => Promise<T>) => Promise<T>;
    readonly lend: <T>(body: (db: Db) => Promise<T>) => Promise<T>;
    readonly documents: (name?: string) => Promise<readonly Document[]>;
  }

  const bench = (): Bench => {
    const database = openTestDatabase();
    opened.push(database);
    const on: Bench["on"] = async (schema, body) => {
      await using db = createDatabase(schema, database.adapter());
      return await body(db);
    };
    return {
      on,
      pushed: async (schema, options = {}) => {
        const { summary } = await on(schema, (db) => push(db, options));
        const left = await on(schema, (db) => plan(db, options));
        expect([...left.steps, ...left.refused].map(({ line }) => line)).toEqual([]);
        return summary;
      },
      lend: (body) => database.lend(body),
      documents: (name = "items") =>
        database.lend((db) =>
          db
            .collection(name)
            .find({}, { sort: { _id: 1 }, useBigInt64: false })
            .toArray(),
        ),
    };
  };
  const insert =
    (all: readonly object[], name = "items") =>
    (db: Db) =>
      db.collection<Document>(name).insertMany([...all]);

  test("a renamed field is renamed in every document, in its rules and in its indexes", async () => {
    const { pushed, lend, documents } = bench();
    await pushed(items({ name: col.string({ nullable: false, unique: true }) }, { checks: ["name <> 'x'"] }));
    await lend(
      insert([
        { _id: 1, name: "a" },
        { _id: 2, name: "b" },
      ]),
    );
    const after = items(
      { title: col.string({ nullable: false, unique: true, renamedFrom: "name" }) },
      { checks: ["title <> 'x'"] },
    );
    expect(await pushed(after)).toMatch(/^1 change: /);
    expect(await documents()).toEqual([
      { _id: 1, title: "a" },
      { _id: 2, title: "b" },
    ]);
    await expect(lend(insert([{ _id: 3, title: "x" }]))).rejects.toMatchObject({ code: 121 });
    await expect(lend(insert([{ _id: 3, title: "a" }]))).rejects.toMatchObject({ code: 11_000 });
    expect(await pushed(after)).toBe("no differences");
  });

  test("a renamed collection takes its documents and its counter along", async () => {
    const { on, lend } = bench();
    const counted = (table: string, renamedFrom?: string) => {
      const Item = defineModel(table, {
        columns: { id: col.increment(), name: col.text() },
        options: renamedFrom === undefined ? {} : { renamedFrom },
      });
      return { Item, schema: createSchema({ items: Item }) };
    };
    const before = counted("items");
    const after = counted("things", "items");
    await on(before.schema, async (db) => void (await push(db)));
    const add = async ({ Item, schema }: typeof before, name: string, adapter = opened.at(-1)?.adapter()) => {
      if (adapter === undefined) throw new Error("A database was opened.");
      await using db = createDatabase(schema, adapter);
      return (await db.from(Item).insert({ name })).id;
    };
    expect([await add(before, "a"), await add(before, "b")]).toEqual([1, 2]);
    await on(after.schema, (db) => push(db));
    expect(await add(after, "c")).toBe(3);
    expect(await lend((db) => db.collection<{ _id: string }>("mortise_counters").distinct("_id"))).toEqual([
      "things._id",
    ]);
    await on(createSchema({}), (db) => push(db, { drop: true, acknowledge: ["all"] }));
    expect(await lend((db) => db.collection("mortise_counters").countDocuments())).toBe(0);
  });

  test("documents get the default of a new field, and are counted where there is none", async () => {
    const { pushed, lend, documents } = bench();
    await pushed(items({}));
    await lend(insert([{ _id: 1 }, { _id: 2, level: 7 }]));
    await expect(pushed(items({ level: col.integer({ nullable: false }) }))).rejects.toThrow(
      '1 document of "items" would be refused in "level", such as that with the key 1.',
    );
    await pushed(
      items({ level: col.integer({ nullable: false, default: 5 }), seen: col.datetime({ default: new Date(0) }) }),
    );
    expect(await documents()).toEqual([
      { _id: 1, level: 5, seen: new Date(0) },
      { _id: 2, level: 7, seen: new Date(0) },
    ]);
  });

  test("documents that break new rules are counted and named before anything is changed", async () => {
    const { pushed, on, lend, documents } = bench();
    const loose = items({ name: col.text(), age: col.integer() });
    await pushed(loose);
    await lend(
      insert([
        { _id: 1, name: "long name", age: 3 },
        { _id: 2, name: "b" },
        { _id: 3, name: "a much longer name" },
      ]),
    );
    const strict = items({
      name: col.string({ length: 5 }),
      age: col.integer({ default: 1 }),
      more: col.integer({ default: 0 }),
    });
    await expect(pushed(strict)).rejects.toThrow(
      /2 documents of "items" would be refused in "name", such as that with the key [13]\.\nMend these documents/,
    );
    await expect(pushed(items({ name: col.text(), age: col.integer() }, { checks: ["age > 5"] }))).rejects.toThrow(
      '1 document of "items" would be refused, such as that with the key 1.',
    );
    await expect(pushed(items({ name: col.text(), age: col.integer({ nullable: false }) }))).rejects.toThrow(
      '2 documents of "items" would be refused in "age"',
    );
    expect(await documents()).toHaveLength(3);
    expect((await on(loose, (db) => diff(db))).changes).toEqual([]);
  });

  test("documents that are equal forbid a unique key before anything is changed", async () => {
    const { pushed, lend, on } = bench();
    await pushed(items({ name: col.text() }));
    await lend(insert([{ _id: 1, name: "a" }, { _id: 2, name: "a" }, { _id: 3 }, { _id: 4, name: null }]));
    await expect(pushed(items({ name: col.text({ unique: true }), more: col.text() }))).rejects.toThrow(
      /2 documents of "items" are equal in "name", which shall be unique; one has the key [12]\./,
    );
    expect((await on(items({ name: col.text() }), (db) => diff(db))).changes).toEqual([]);
    await lend((db) => db.collection<{ _id: number }>("items").deleteOne({ _id: 2 }));
    await pushed(items({ name: col.text({ unique: true }), more: col.text() }));
    await expect(lend(insert([{ _id: 5, name: "a" }]))).rejects.toMatchObject({ code: 11_000 });
    await lend(insert([{ _id: 6, name: null }]));
  });

  test("values become values of another type where nothing is lost, and are left where something would be", async () => {
    const { pushed, lend, documents } = bench();
    await pushed(items({ a: col.integer(), b: col.text() }));
    await lend(
      insert([
        { _id: 1, a: 7, b: "12" },
        { _id: 2, a: null },
      ]),
    );
    await pushed(items({ a: col.text(), b: col.integer() }));
    expect(await documents()).toMatchObject([
      { _id: 1, a: "7" },
      { _id: 2, a: null },
    ]);
    await lend(insert([{ _id: 3, a: "seven" }]));
    await expect(pushed(items({ a: col.integer(), b: col.integer() }))).rejects.toThrow(
      '1 document of "items" would be refused in "a", such as that with the key 3.',
    );
  });

  test("a field goes only when that is asked for and acknowledged", async () => {
    const { pushed, lend, documents, on } = bench();
    await pushed(items({ name: col.text(), more: col.text() }));
    await lend(insert([{ _id: 1, name: "a", more: "b" }]));
    const less = items({ name: col.text() });
    expect((await on(less, (db) => plan(db))).kept).toContainEqual({ kind: "column", table: "items", name: "more" });
    await expect(on(less, (db) => push(db, { drop: true }))).rejects.toThrow("1 row is concerned");
    expect(await documents()).toEqual([{ _id: 1, name: "a", more: "b" }]);
    await pushed(less, { drop: true, acknowledge: ["drop-column:items.more"] });
    expect(await documents()).toEqual([{ _id: 1, name: "a" }]);
  });

  test("what the schema does not name stays: collections, fields, indexes, and what rules say besides", async () => {
    const { pushed, lend, on } = bench();
    await lend(async (db) => {
      await db.command({
        create: "items",
        validator: {
          $jsonSchema: {
            bsonType: "object",
            properties: {
              _id: { bsonType: "int" },
              name: { bsonType: "string" },
              address: { bsonType: "object", required: ["city"], properties: { city: { bsonType: "string" } } },
            },
            oneOf: [{ required: ["name"] }, { required: ["address"] }],
          },
          size: { $ne: 13 },
        },
        validationLevel: "moderate",
      });
      await db.command({
        createIndexes: "items",
        indexes: [
          { key: { "address.city": 1 }, name: "city" },
          { key: { name: "text" }, weights: { name: 5 }, name: "heavy", default_language: "german" },
        ],
      });
      await db.createCollection("others");
      await db.command({ create: "view", viewOn: "items", pipeline: [] });
    });
    const schema = items({ name: col.string({ nullable: false }), size: col.integer() });
    await pushed(schema);
    const { kept } = await on(schema, (db) => diff(db));
    expect(kept.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'check {"size":{"$ne":13}}',
      "column address",
      "index city",
      "index heavy",
      "table others",
      "validation level moderate",
      "validator keyword oneOf",
      "view view",
    ]);
    const [info] = await lend((db) => db.listCollections({ name: "items" }).toArray());
    const text = JSON.stringify(info);
    for (const part of ['"required":["city"]', '"oneOf":', '"$ne":13', '"moderate"']) expect(text).toContain(part);
    expect((await lend((db) => db.collection("items").listIndexes().toArray())).map(({ name }) => name)).toContain(
      "heavy",
    );
  });

  test("a collection without rules that holds documents is taken over when they fit", async () => {
    const { pushed, lend } = bench();
    await lend(
      insert([
        { _id: 1, name: "a" },
        { _id: 2, name: 5 },
      ]),
    );
    await expect(pushed(items({ name: col.string() }))).rejects.toThrow(
      '1 document of "items" would be refused in "name"',
    );
    await lend((db) =>
      db.collection<{ _id: number; name: unknown }>("items").updateOne({ _id: 2 }, { $set: { name: "5" } }),
    );
    await pushed(items({ name: col.string() }));
  });

  test("what MongoDB has no words for is refused by name, and nothing is changed", async () => {
    const { on } = bench();
    const refused = async (columns: Definition["columns"], more: Partial<Definition>) =>
      (await on(items(columns, more), (db) => plan(db))).refused.map(({ reason }) => reason).join();
    expect(await refused({ a: col.text(), b: col.text({ generatedAs: "a || 'x'" }) }, {})).toContain(
      "computes no fields",
    );
    expect(await refused({ a: col.text({ collation: "de" }) }, {})).toContain("none of fields");
    expect(await refused({ a: col.text() }, { checks: ["a ~ '^x'"] })).toContain(
      "words that documents cannot be asked",
    );
    expect(await refused({ a: col.text() }, { indexes: [{ columns: ["a"], where: "a <> 'x'" }] })).toContain(
      "partial index cannot say",
    );
    expect(await refused({ a: col.text() }, { indexes: [{ columns: ["a"], type: "gin" }] })).toContain('no type "gin"');
    expect(await refused({ a: col.text() }, { indexes: [{ columns: [{ expression: "lower(a)" }] }] })).toContain(
      'no expression "lower(a)"',
    );
    expect(
      await refused(
        { a: col.text(), b: col.text() },
        {
          indexes: [
            { columns: ["a"], type: "text" },
            { columns: ["b"], type: "text" },
          ],
        },
      ),
    ).toContain("one text index");
  });

  test("a dry run tells all and does nothing", async () => {
    const { on, lend } = bench();
    const { statements, summary } = await on(items({ name: col.text() }), (db) => push(db, { dryRun: true }));
    expect(summary).toBe("1 change: create table items (_id, name)");
    expect(statements.map((text) => Object.keys(JSON.parse(text))[0])).toEqual(["create"]);
    expect(await lend((db) => db.listCollections().toArray())).toEqual([]);
  });
});
