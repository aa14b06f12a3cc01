import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeTable, expectRefusal, runRefusals } from "@mortise/testkit";
import BetterSqlite3 from "better-sqlite3";
import {
  col,
  ConnectionError,
  createDatabase,
  createSchema,
  DecryptionError,
  defineModel,
  LockTimeoutError,
  MigrationError,
  QueryError,
} from "@mortise/core";
import { push } from "../../migrator/src/push.ts";
import { afterAll, describe, expect, it } from "vitest";
import { sqlite, type SqliteOptions } from "./index.ts";
import { target } from "./target.fixture.ts";

runRefusals(target);

const folder = mkdtempSync(join(tmpdir(), "mortise-"));
afterAll(() => rmSync(folder, { recursive: true }));
const secretKey = "0123456789abcdef";
const Secret = defineModel("secrets", {
  columns: { id: col.increment(), token: col.encryption.symmetric({ keys: secretKey }) },
});
const schema = createSchema({ secrets: Secret });
const open = (name: string, options: Partial<SqliteOptions> = {}) =>
  createDatabase(schema, sqlite({ filename: join(folder, name), ...options }));

describe("a database file", () => {
  const connection = { type: ConnectionError, code: "CONNECTION" } as const;
  it("in a folder that is not there", () =>
    expectRefusal({
      ...connection,
      act: () => open("missing/app.db").ping(),
      says: `The database ${join(folder, "missing/app.db")} cannot be opened: the folder ${join(folder, "missing")} does not exist.`,
    }));
  it("that is a folder", () =>
    expectRefusal({ ...connection, act: () => open(".").connect(), says: /cannot be opened: it is a folder\.$/ }));
  it("that is not there, for reading only", () =>
    expectRefusal({
      ...connection,
      act: () => open("none.db", { readonly: true }).ping(),
      says: /none\.db cannot be opened as readonly: the file does not exist\.$/,
    }));
  it("that is no database", async () => {
    writeFileSync(join(folder, "text.db"), "This is a text and no database at all. ".repeat(100));
    await expectRefusal({
      ...connection,
      act: () => open("text.db").from(Secret).many(),
      says: `The database ${join(folder, "text.db")} is not a SQLite database, or it is encrypted.`,
    });
  });
  it("that may only be read", async () => {
    await using writer = open("read.db");
    await push(writer);
    await using db = open("read.db", { readonly: true });
    expect(await db.from(Secret).count()).toBe(0);
    await expectRefusal({
      type: QueryError,
      code: "QUERY_FAILED",
      act: () => db.from(Secret).insert({ token: "t" }),
      says: /^The database or the transaction is read-only, and this is a write\. The statement was: insert into/,
    });
  });
  it("that another connection keeps locked", async () => {
    await using db = open("busy.db", { busyTimeout: 20 });
    await push(db);
    const other = new BetterSqlite3(join(folder, "busy.db"));
    other.exec("begin immediate");
    for (const act of [() => db.from(Secret).insert({ token: "t" }), () => db.transaction(() => 1)]) {
      await expectRefusal({
        type: LockTimeoutError,
        code: "DATABASE_BUSY",
        act,
        says: /^The database is locked by another connection\.$/,
      });
    }
    expect(await db.from(Secret).count()).toBe(0);
    other.exec("rollback");
    other.close();
    expect(await db.from(Secret).insert({ token: "t" })).toMatchObject({ token: "t" });
  });
  it("with a value that was changed", async () => {
    await using db = open("changed.db");
    await push(db);
    await db.from(Secret).insert({ token: "t" });
    await db.raw("update secrets set token = 'v1.x.y.z'");
    await expectRefusal({
      type: DecryptionError,
      code: "DECRYPTION",
      act: () => db.from(Secret).many(),
      says: /^A value of secrets\.token .*\.$/,
      has: { model: "secrets", column: "token" },
    });
  });
  it("whose table cannot become what the schema asks for", async () => {
    await using db = open("other.db");
    await db.raw("create table secrets (id text)");
    await db.raw("insert into secrets values ('x')");
    await expectRefusal({ type: MigrationError, code: "MIGRATION", act: () => push(db), says: /secrets/ });
  });
  it.each([
    {},
    { filename: "" },
    { filename: 5 },
    { filename: "a.db", busyTimeout: -1 },
    { filename: ":memory:", readonly: true },
  ])("has options that make sense: %j", (options) => {
    expect(() => sqlite(options as SqliteOptions)).toThrow(/^sqlite\(\) /);
  });
});

codeTable({
  DEADLOCK: "SQLite lets one writer in at a time, so that no two wait for each other.",
  SERIALIZATION: "SQLite orders writers by its lock: a stale snapshot is DATABASE_BUSY.",
  QUERY_TIMEOUT: "thrown in the tests of time-outs",
  POOL_TIMEOUT: "There is no pool: one connection serves the process.",
  COMMIT_UNKNOWN: "A commit in process either happened or did not.",
});
