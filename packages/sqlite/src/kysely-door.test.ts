import type { Connection, DoorHandle } from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import { afterAll, expect, it } from "vitest";
import { sqlite } from "./index.ts";

const adapter = sqlite({ filename: ":memory:" });
const source = await adapter.connect();
const connection = await source.acquire();
const handle: DoorHandle<CompiledSql> = {
  models: [],
  withConnection: async (body: (connection: Connection<CompiledSql>) => unknown) => body(connection) as never,
  useConnection: (body) => body(connection),
  tablesChanged: () => undefined,
  modelOf: () => {
    throw new Error("This handle has no models.");
  },
  rowsOf: () => [],
};
const { kysely } = adapter.open(handle);
afterAll(() => {
  source.release(connection);
  return source.close();
});

it("is a Kysely on the handle's connection, with rows by database names", async () => {
  await kysely.schema
    .createTable("users")
    .addColumn("id", "integer", (id) => id.primaryKey())
    .addColumn("full_name", "text")
    .execute();
  const inserted = await kysely
    .insertInto("users")
    .values([{ full_name: "a" }, { full_name: "b" }])
    .executeTakeFirst();
  expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
  await connection.begin({});
  await kysely.updateTable("users").set({ full_name: "c" }).where("id", "=", 2).execute();
  expect(await kysely.selectFrom("users").selectAll().orderBy("id").execute()).toEqual([
    { id: 1, full_name: "a" },
    { id: 2, full_name: "c" },
  ]);
  await connection.rollback();
  const big = 2n ** 60n + 1n;
  expect(
    await kysely
      .selectFrom("users")
      .select((build) => [build.val(big).as("big"), "full_name"])
      .where("id", "=", 2)
      .execute(),
  ).toEqual([{ big, full_name: "b" }]);
});

it("gives typed errors and refuses transactions and streams of its own", async () => {
  await expect(kysely.selectFrom("nowhere").selectAll().execute()).rejects.toThrow(
    'SQLite refused the statement: no such table: nowhere. The statement was: select * from "nowhere"',
  );
  await expect(kysely.insertInto("users").values({ full_name: {} }).execute()).rejects.toThrow(
    "A raw parameter must be a string",
  );
  await expect(kysely.transaction().execute(async () => 1)).rejects.toThrow("Start transactions with db.transaction()");
  const stream = async () => {
    for await (const row of kysely.selectFrom("users").selectAll().stream()) void row;
  };
  await expect(stream()).rejects.toThrow("is not supported by sqlite. Use stream() of a db.from() query.");
});
