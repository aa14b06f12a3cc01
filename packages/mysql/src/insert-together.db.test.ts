import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

/** What a column with a `prepare` stores is known to the database only, so that rows are read again. */
const text = col.string({ prepare: (given: string | null) => given });
const Line = defineModel("lines", { columns: { id: col.increment(), text } });
const schema = createSchema({ lines: Line });

onServers((server) => {
  let database: TestDatabase;
  const open = () => createDatabase(schema, database.adapter({ pool: { max: 8 } }));
  let db: ReturnType<typeof open>;
  beforeAll(async () => {
    database = await openTestDatabase(server);
    db = open();
    await push(db);
  });
  beforeEach(() => db.from(Line).truncate());
  afterAll(async () => {
    await db.close();
    await database.remove();
  });
  const texts = (name: string, count = 40) => Array.from({ length: count }, (_, at) => ({ text: `${name} ${at}` }));
  const statements = async (body: () => Promise<unknown>) => {
    const sent: string[] = [];
    const stop = db.on("query", ({ sql }) => sent.push(sql));
    await body();
    stop();
    return sent.filter((sql) => sql.startsWith("insert")).length;
  };
  const expectStored = async (rows: readonly { readonly id: number; readonly text: string | null }[]) => {
    expect(rows).toEqual(await db.from(Line).findMany(rows.map(({ id }) => id)));
  };

  it("inserts rows whose key is counted together", async () => {
    expect(await statements(async () => expectStored(await db.from(Line).insertMany(texts("a"))))).toBe(1);
    expect(await db.from(Line).orderBy("id").pluck("text")).toEqual(texts("a").map(({ text }) => text));
  });

  it("tells its rows from those of others who insert at the same time", async () => {
    const writers = Array.from({ length: 8 }, async (_, at) => {
      const rows = [];
      for (let round = 0; round < 10; round += 1) rows.push(...(await db.from(Line).insertMany(texts(`w${at}`))));
      return rows;
    });
    const all = await Promise.all(writers);
    for (const [at, rows] of all.entries()) {
      expect(rows.map(({ text }) => text)).toEqual(
        Array.from({ length: 10 }, () => texts(`w${at}`))
          .flat()
          .map(({ text }) => text),
      );
      await expectStored(rows);
    }
    expect(new Set(all.flat().map(({ id }) => id)).size).toBe(8 * 10 * 40);
  });

  it("keeps what the transaction inserts beside it", async () => {
    const lists = await db.transaction((tx) =>
      Promise.all([
        tx.from(Line).insertMany(texts("a")),
        ...Array.from({ length: 20 }, (_, at) => tx.from(Line).insert({ text: `beside ${at}` })),
        tx.from(Line).insertMany(texts("b")),
      ]),
    );
    const rows = lists.flat();
    expect(rows.map(({ text }) => text)).toEqual([
      ...texts("a").map(({ text }) => text),
      ...Array.from({ length: 20 }, (_, at) => `beside ${at}`),
      ...texts("b").map(({ text }) => text),
    ]);
    expect(await db.from(Line).count()).toBe(100);
    for (const row of rows) expect(await db.from(Line).find(row.id)).toEqual(row);
  });

  it("inserts one by one where another row stands among the ids", async () => {
    await db.from(Line).insert({ id: 1000, text: "far" });
    const inserting = () =>
      db.transaction(async (tx) => {
        await tx.raw("set insert_id = 10");
        const rows = await tx.from(Line).insertMany(texts("b", 3));
        expect(rows.map(({ text }) => text)).toEqual(["b 0", "b 1", "b 2"]);
        expect(await tx.from(Line).count()).toBe(4);
      });
    expect(await statements(inserting)).toBe(server.family.insertReturning ? 1 : 4);
    expect(await db.from(Line).orderBy("id").pluck("text")).toHaveLength(4);
  });

  it("gives the rows in every isolation", async () => {
    for (const isolation of ["read uncommitted", "read committed", "repeatable read", "serializable"]) {
      const rows = await db.transaction((tx) => tx.from(Line).insertMany(texts(isolation)), { isolation });
      expect(rows.map(({ text }) => text)).toEqual(texts(isolation).map(({ text }) => text));
      await expectStored(rows);
    }
  });
});
