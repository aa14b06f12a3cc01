import { col, createDatabase, createSchema, defineModel, type AnySchema } from "@mortise/core";
import { generate, lint, migrate, plan, push, rollback } from "@mortise/migrator";
import { withModules } from "@mortise/testkit";
import { expect, it } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";
import { administer, openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

const id = col.increment();
const before = createSchema({
  users: defineModel("users", {
    columns: { id, name: col.string({ length: 20 }), email: col.string({ length: 40 }), age: col.integer() },
    indexes: [
      { name: "by_age", columns: ["age"] },
      { name: "by_name", columns: ["name"] },
    ],
    checks: [{ name: "old", expression: "age > 0" }],
  }),
});
const light = createSchema({
  users: defineModel("users", {
    columns: {
      id,
      name: col.string({ length: 60, comment: "as spoken" }),
      email: col.string({ length: 40, unique: true }),
      age: col.integer({ default: 18 }),
      more: col.integer({ index: true }),
    },
    indexes: [{ name: "by_age", columns: ["age", "id"] }],
  }),
});
const heavy = createSchema({
  users: defineModel("users", {
    columns: {
      id,
      name: col.text(),
      email: col.string({ length: 40 }),
      age: col.bigInteger(),
    },
    indexes: [{ name: "words", columns: ["name"], type: "fulltext" }],
    checks: [{ name: "older", expression: "age > 1" }],
  }),
});
const drop = { drop: true, acknowledge: ["all"] } as const;

onServers((server) => {
  const on = async <T>(
    database: TestDatabase,
    schema: AnySchema,
    body: (db: ReturnType<typeof createDatabase>) => PromiseLike<T>,
  ): Promise<T> => {
    await using db = createDatabase(schema, database.adapter());
    return await body(db);
  };
  const withDatabase = async (body: (database: TestDatabase) => Promise<void>): Promise<void> => {
    const database = await openTestDatabase(server);
    try {
      await body(database);
    } finally {
      await database.remove();
    }
  };
  const shown = async ({ url }: TestDatabase) => (await administer(url, "show create table users"))[0]?.[1];

  it("makes what it can without a lock, and ends where the plain way ends", () =>
    withDatabase(async (database) => {
      await on(database, before, (db) => push(db));
      await administer(database.url, "insert into users (name, email, age) values ('a', 'b', 3), ('c', 'd', 4)");
      const planned = await on(database, light, (db) => plan(db, { ...drop, online: true }));
      expect(lint(planned, { lockTimeout: 1000 }).filter(({ about }) => about === "lock")).toEqual([]);
      expect(lint(planned).map(({ code }) => code)).toContain("no-lock-timeout");
      const { statements } = await on(database, light, (db) => push(db, { ...drop, online: true }));
      expect(statements).toHaveLength(1);
      expect(statements[0]).toMatch(/, LOCK=NONE$/);
      expect((await on(database, light, (db) => push(db, { ...drop, online: true }))).summary).toBe("no differences");
      await withDatabase(async (other) => {
        await on(other, before, (db) => push(db));
        const plain = await on(other, light, (db) => push(db, { ...drop }));
        expect(plain.statements.join()).not.toContain("LOCK=");
        const counter = / AUTO_INCREMENT=\d+/;
        expect(String(await shown(database)).replace(counter, "")).toBe(
          String(await shown(other)).replace(counter, ""),
        );
      });
    }));

  it("tells beforehand what the server makes under a lock only, and makes it so", () =>
    withDatabase(async (database) => {
      await on(database, before, (db) => push(db));
      const planned = await on(database, heavy, (db) => plan(db, { ...drop, online: true }));
      const codes = lint(planned, { lockTimeout: 1000 }).flatMap(({ about, code }) => (about === "lock" ? code : []));
      expect(new Set(codes)).toEqual(new Set(["copies-table", "index-blocks-writes"]));
      const { statements } = await on(database, heavy, (db) => push(db, { ...drop, online: true }));
      expect(statements.join()).not.toContain("LOCK=");
      expect((await on(database, heavy, (db) => push(db, { ...drop, online: true }))).summary).toBe("no differences");
    }));

  it("says so when the server refuses it after all", () =>
    withModules(targetOn(server), async ({ directory, write, on: run }) => {
      await run((db) => push(db), before);
      await write("1_mine", 'up(schema) { schema.raw("alter table users modify age bigint, lock=none"); }');
      await expect(run((db) => migrate(db, { directory }))).rejects.toThrow(
        /^The migration "1_mine" failed at statement 1 of 1\. The server cannot do this while others write: .* in a quiet hour\.$/,
      );
    }));

  it("writes while a statement without a lock waits for nobody but its own end", () =>
    withDatabase(async (database) => {
      await on(database, before, (db) => push(db));
      await administer(
        database.url,
        "insert into users (name, age) with recursive g as (select 1 as n union all select n + 1 from g where n < 1000) select concat('n', n), n from g",
        ...Array.from({ length: 7 }, () => "insert into users (name, age) select name, age from users"),
      );
      let done = false;
      const building = on(database, light, (db) => push(db, { ...drop, online: true })).then(() => (done = true));
      let written = 0;
      while (!done && written < 2000) {
        await administer(
          database.url,
          "set innodb_lock_wait_timeout = 2",
          "set lock_wait_timeout = 2",
          "insert into users (name) values ('late')",
        );
        written += 1;
      }
      await building;
      expect(written).toBeGreaterThan(1);
      expect(await administer(database.url, "select count(*) from users where name = 'late'")).toEqual([[written]]);
    }));

  it.each(["ts", "sql"] as const)("keeps the way in %s files, there and back", (extension) =>
    withModules(targetOn(server), async ({ directory, on: run }) => {
      await run((db) => push(db), before);
      await run((db) => generate(db, { ...drop, directory, name: "light", extension, online: true }), light);
      const { statements } = await run((db) => migrate(db, { directory, lockTimeout: 5000 }));
      expect(statements.filter((text) => text.endsWith("LOCK=NONE"))).toHaveLength(1);
      expect((await run((db) => push(db, { ...drop, dryRun: true }), light)).summary).toBe("no differences");
      await run((db) => rollback(db, { directory }));
      expect((await run((db) => push(db, { ...drop, dryRun: true }), before)).summary).toBe("no differences");
      await run((db) => migrate(db, { directory }));
      expect((await run((db) => push(db, { ...drop, dryRun: true }), light)).summary).toBe("no differences");
    }),
  );
});
