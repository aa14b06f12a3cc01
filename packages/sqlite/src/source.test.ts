import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  ConnectionError,
  LockTimeoutError,
  QueryCancelledError,
  QueryTimeoutError,
  type Connection,
  type ExecuteControl,
  type Statement,
} from "@mortise/core/adapter";
import type { CompiledSql } from "@mortise/sql";
import Driver from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { sqlite, type SqliteOptions } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "mortise-"));
const closing: (() => unknown)[] = [];
let files = 0;

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

function file(): string {
  files += 1;
  return join(folder, `test-${files}.db`);
}

function rawStatement(text: string): Statement {
  const texts = text.split("?");
  const operands = texts.slice(1).map((_, slot) => ({ kind: "parameter", slot, place: undefined }) as const);
  return { kind: "rawStatement", texts, operands };
}

async function open(options: SqliteOptions) {
  const adapter = sqlite(options);
  const source = await adapter.connect();
  closing.push(() => source.close());
  const compiled = (text: string, access: "read" | "write" = "write"): CompiledSql =>
    adapter.compile({ statement: rawStatement(text), results: [], model: undefined, access });
  const on = async (connection: Connection<CompiledSql>, text: string, ...values: unknown[]) =>
    (await connection.execute(compiled(text), values)).rows;
  const once = async (text: string, ...values: unknown[]) => {
    const connection = await source.acquire();
    try {
      return await on(connection, text, ...values);
    } finally {
      source.release(connection);
    }
  };
  /** A read as core plans it, whose columns are known. */
  const known = (text: string): CompiledSql => ({ ...compiled(text, "read"), namedColumns: false });
  return { adapter, source, on, once, known };
}

describe("opening", () => {
  it("sets the session up", async () => {
    const { once } = await open({ filename: file() });
    expect(await once("pragma foreign_keys")).toEqual([[1]]);
    expect(await once("pragma journal_mode")).toEqual([["wal"]]);
    expect(await once("pragma synchronous")).toEqual([[1]]);
    expect(await once("pragma trusted_schema")).toEqual([[0]]);
    const plain = await open({ filename: file(), wal: false });
    expect(await plain.once("pragma journal_mode")).toEqual([["delete"]]);
  });

  it("says in a sentence why a file cannot be opened", async () => {
    const opening = (options: SqliteOptions) => () => sqlite(options).connect();
    const text = join(folder, "text.db");
    writeFileSync(text, "this is no database, but long enough to have a header of one: ".repeat(20));
    expect(opening({ filename: text })).toThrow(`The database ${text} is not a SQLite database, or it is encrypted.`);
    expect(opening({ filename: folder })).toThrow(`The database ${folder} cannot be opened: it is a folder.`);
    expect(opening({ filename: join(folder, "no", "a.db") })).toThrow(
      `the folder ${join(folder, "no")} does not exist.`,
    );
    expect(opening({ filename: join(folder, "b.db"), readonly: true })).toThrow("the file does not exist.");
    expect(opening({ filename: text })).toThrow(ConnectionError);
    expect(() => sqlite({ filename: "" })).toThrow("sqlite() needs a filename");
    expect(() => sqlite({ filename: ":memory:", readonly: true })).toThrow("it would stay empty");
    expect(() => sqlite({ filename: "a", busyTimeout: -1 })).toThrow("whole milliseconds");
  });

  it("opens a file for reading only", async () => {
    const filename = file();
    const writer = await open({ filename });
    await writer.once("create table t (a)");
    const reader = await open({ filename, readonly: true });
    expect(await reader.once("select count(*) from t")).toEqual([[0]]);
    await expect(reader.once("insert into t values (1)")).rejects.toThrow("readonly");
  });

  it("is over after close, for those who wait too", async () => {
    const { source, once } = await open({ filename: ":memory:" });
    const held = await source.acquire();
    const waiting = once("select 1");
    const closed = source.close();
    await expect(waiting).rejects.toThrow("The database is closed.");
    expect(() => source.acquire()).toThrow("The database is closed.");
    source.release(held);
    await closed;
  });
});

describe("the one connection", () => {
  it("is given synchronously when free, else in the order of asking", async () => {
    const { source } = await open({ filename: ":memory:" });
    const first = source.acquire();
    expect(first).not.toBeInstanceOf(Promise);
    const order: number[] = [];
    const others = [1, 2, 3].map(async (number) => {
      const connection = await source.acquire();
      order.push(number);
      await setTimeout(1);
      source.release(connection);
    });
    source.release(await first);
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
  });

  it("reads integers as numbers where those are exact, and all of a row as bigints where one is not", async () => {
    const { source, known } = await open({ filename: ":memory:" });
    const connection = await source.acquire();
    const read = (text: string) => connection.execute(known(text), []);
    expect(read("select 9007199254740991, -9007199254740991")).toMatchObject({
      rows: [[9007199254740991, -9007199254740991]],
    });
    expect(read("select 9007199254740993, 1, 1.5")).toMatchObject({ rows: [[9007199254740993n, 1n, 1.5]] });
    expect(read("select -9007199254740993")).toMatchObject({ rows: [[-9007199254740993n]] });
    source.release(connection);
  });

  it.each(["begin", "savepoint a"])("rolls back what %s of the caller's own began", async (text) => {
    const { source, once, on } = await open({ filename: ":memory:" });
    await once("create table t (a)");
    const connection = await source.acquire();
    await on(connection, text);
    await on(connection, "insert into t values (1)");
    source.release(connection);
    expect(await once("select count(*) from t")).toEqual([[0]]);
  });

  it("runs statements synchronously and rolls back what its holder left open", async () => {
    const { source, once, on, known } = await open({ filename: ":memory:" });
    await once("create table t (a)");
    const connection = await source.acquire();
    expect(connection.execute(known("select 1"), [])).toEqual({ rows: [[1]], affected: 1 });
    await connection.begin({});
    await on(connection, "insert into t values (1)");
    source.release(connection);
    expect(await once("select count(*) from t")).toEqual([[0]]);
  });
});

describe("transactions", () => {
  it("commit, roll back, and nest by savepoints", async () => {
    const { source, once, on } = await open({ filename: file() });
    await once("create table t (a)");
    const connection = await source.acquire();
    await connection.begin({});
    await on(connection, "insert into t values (1)");
    await connection.savepoint(`s"1`);
    await on(connection, "insert into t values (2)");
    await connection.rollbackToSavepoint(`s"1`);
    await connection.releaseSavepoint(`s"1`);
    await connection.commit();
    await connection.begin({ isolation: "serializable" });
    await on(connection, "delete from t");
    await connection.rollback();
    await connection.rollback();
    source.release(connection);
    expect(await once("select a from t")).toEqual([[1]]);
  });

  it("refuse other isolation levels, and each other", async () => {
    const { source } = await open({ filename: ":memory:" });
    const connection = await source.acquire();
    expect(() => connection.begin({ isolation: "read committed" })).toThrow(
      'The isolation level "read committed" is not supported by sqlite. Every transaction is "serializable".',
    );
    await connection.begin({});
    expect(() => connection.begin({})).toThrow("in a transaction already");
    source.release(connection);
  });

  it("can be read-only", async () => {
    const { adapter, source, once, on } = await open({ filename: file() });
    await once("create table t (a)");
    const connection = await source.acquire();
    await connection.begin({ readOnly: true });
    const failed = await on(connection, "insert into t values (1)").catch((cause: unknown) =>
      adapter.toError(cause, undefined),
    );
    expect(failed).toMatchObject({ message: "The database or the transaction is read-only, and this is a write." });
    await connection.commit();
    await on(connection, "insert into t values (1)");
    source.release(connection);
  });
});

describe("another process that writes", () => {
  it("is waited for without stopping this one", async () => {
    const filename = file();
    const { once } = await open({ filename });
    await once("create table t (a)");
    const other = new Driver(filename);
    closing.push(() => other.close());
    other.exec("begin immediate");
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    const release = setTimeout(150).then(() => other.exec("rollback"));
    await once("insert into t values (1)");
    await release;
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
  });

  it("is waited for only as long as the caller says", async () => {
    const filename = file();
    const { source, once, known } = await open({ filename });
    await once("create table t (a)");
    const other = new Driver(filename);
    closing.push(() => other.close());
    other.exec("begin immediate");
    const insert = known("insert into t values (1)");
    const connection = await source.acquire();
    const wait = async (control: ExecuteControl) => connection.execute(insert, [], control);
    await expect(wait({ signal: undefined, timeout: 30 })).rejects.toBeInstanceOf(QueryTimeoutError);
    await expect(wait({ signal: AbortSignal.timeout(30), timeout: undefined })).rejects.toBeInstanceOf(
      QueryCancelledError,
    );
    await expect(wait({ signal: AbortSignal.abort(), timeout: undefined })).rejects.toBeInstanceOf(QueryCancelledError);
    source.release(connection);
    other.exec("rollback");
    expect(await once("select count(*) from t")).toEqual([[0]]);
  });

  it("ends the wait with a typed error", async () => {
    const filename = file();
    const { adapter, source, once } = await open({ filename, busyTimeout: 60 });
    await once("create table t (a)");
    const other = new Driver(filename);
    closing.push(() => other.close());
    other.exec("begin immediate");
    const error = await once("insert into t values (1)").catch((cause: unknown) => adapter.toError(cause, undefined));
    expect(error).toBeInstanceOf(LockTimeoutError);
    const connection = await source.acquire();
    await expect(Promise.resolve(connection.begin({}))).rejects.toMatchObject({ code: "SQLITE_BUSY" });
    source.release(connection);
    other.exec("rollback");
  });

  it("loses no update, and shows no lock, among four processes", { timeout: 60_000 }, async () => {
    const filename = file();
    const { once } = await open({ filename });
    await once("create table t (n)");
    await once("insert into t values (0)");
    const script = new URL("./increment-process.fixture.ts", import.meta.url);
    const run = () =>
      new Promise<number | null>((resolve) =>
        fork(script, [filename, "100"], { stdio: "inherit" }).once("exit", resolve),
      );
    expect(await Promise.all([run(), run(), run(), run()])).toEqual([0, 0, 0, 0]);
    expect(await once("select n from t")).toEqual([[400]]);
  });
});

describe.each([
  ["in memory", () => ({ filename: ":memory:" })],
  ["in a file", () => ({ filename: file() })],
  ["in a file without a log", () => ({ filename: file(), wal: false })],
])("a stream %s", (_, options) => {
  const rows = 1000;

  async function filled() {
    const opened = await open(options());
    await opened.once("create table t (a integer primary key, b text)");
    await opened.once(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows}) insert into t select i, 'x' || i from n`,
    );
    return opened;
  }

  it("gives all rows in order, in batches", async () => {
    const { source, known } = await filled();
    const sizes: number[] = [];
    const read: unknown[] = [];
    for await (const batch of source.stream(known("select a, b from t where a > ? order by a desc"), [0], 300)) {
      sizes.push(batch.length);
      read.push(...batch.map(([a, b]) => `${String(a)}${String(b)}`));
    }
    expect(sizes).toEqual([300, 300, 300, 100]);
    expect(read[0]).toBe("1000x1000");
    expect(new Set(read).size).toBe(rows);
  });

  it("lets other statements and transactions run in its loop, and does not see them", async () => {
    const { source, once, on, known } = await filled();
    let seen = 0;
    for await (const batch of source.stream(known("select a from t order by a"), [], 100)) {
      seen += batch.length;
      const connection = await source.acquire();
      await connection.begin({});
      for (const [a] of batch) await on(connection, "insert into t values (?, 'new')", Number(a) + 10_000);
      await connection.commit();
      source.release(connection);
    }
    expect(seen).toBe(rows);
    expect(await once("select count(*) from t")).toEqual([[2 * rows]]);
  });

  it("frees everything when the loop is left", async () => {
    const { source, once, known } = await filled();
    for (let times = 0; times < 3; times += 1) {
      for await (const batch of source.stream(known("select a from t"), [], 10)) {
        expect(batch).toHaveLength(10);
        break;
      }
    }
    await once("drop table t");
    const kept = (await once("select name from sqlite_temp_schema")).map(([name]) => String(name));
    expect(kept.length).toBeLessThanOrEqual(1);
    for (const name of kept) expect(await once(`select count(*) from temp."${name}"`)).toEqual([[0]]);
    await source.close();
  });

  it("ends when its signal is aborted", async () => {
    const { source, known } = await filled();
    const abort = new AbortController();
    const reading = async () => {
      const control = { signal: abort.signal, timeout: undefined };
      for await (const batch of source.stream(known("select a from t"), [], 10, control)) {
        expect(batch).toHaveLength(10);
        abort.abort();
      }
    };
    await expect(reading()).rejects.toBeInstanceOf(QueryCancelledError);
    await source.close();
  });

  it("reports what goes wrong at once or in the middle", async () => {
    const { source, known } = await filled();
    const read = async (text: string) => {
      for await (const batch of source.stream(known(text), [], 10)) void batch;
    };
    await expect(read("select a from nowhere")).rejects.toThrow("no such table");
    await expect(read("select abs(case a when 500 then -9223372036854775808 else a end) from t")).rejects.toThrow(
      "overflow",
    );
    await source.close();
  });

  it("gives writes that return rows", async () => {
    const { source, known, once } = await filled();
    const sizes: number[] = [];
    const write: CompiledSql = { ...known("delete from t where a <= 25 returning a"), access: "write" };
    for await (const batch of source.stream(write, [], 10)) sizes.push(batch.length);
    expect(sizes).toEqual([10, 10, 5]);
    expect(await once("select count(*) from t")).toEqual([[rows - 25]]);
  });

  it("is cut by close", async () => {
    const { source, known } = await filled();
    const reading = async () => {
      for await (const batch of source.stream(known("select a from t"), [], 10)) {
        expect(batch).toHaveLength(10);
        await source.close();
      }
    };
    await expect(reading()).rejects.toThrow("The database is closed.");
  });
});

it("streams inside a transaction, also a read-only one, what the transaction sees", async () => {
  const { source, once, on, known } = await open({ filename: file() });
  await once("create table t (a)");
  const connection = await source.acquire();
  await connection.begin({});
  await on(connection, "insert into t values (1), (2), (3)");
  const read: unknown[] = [];
  for await (const batch of connection.stream(known("select a from t"), [], 2)) {
    read.push(...batch.map(([a]) => Number(a)));
    await on(connection, "insert into t values (9)");
  }
  expect(read).toEqual([1, 2, 3]);
  await connection.commit();
  await connection.begin({ readOnly: true });
  let count = 0;
  for await (const batch of connection.stream(known("select a from t"), [], 2)) count += batch.length;
  expect(count).toBe(5);
  await expect(on(connection, "insert into t values (1)")).rejects.toThrow("readonly");
  await connection.rollback();
  await connection.begin({});
  const lost = async () => {
    for await (const batch of connection.stream(known("select a from t"), [], 2)) {
      void batch;
      await connection.rollback();
    }
  };
  await expect(lost()).rejects.toThrow("after the transaction or savepoint in which it began was rolled back");
  source.release(connection);
});

it("keeps little memory while it streams much", async () => {
  const { source, known } = await open({ filename: ":memory:" });
  const many = known(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select i, hex(zeroblob(50)) from n",
  );
  let count = 0;
  let peak = 0;
  const start = process.memoryUsage().heapUsed;
  for await (const batch of source.stream(many, [], 500)) {
    count += batch.length;
    if (count % 50_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - start);
  }
  expect(count).toBe(300_000);
  expect(peak).toBeLessThan(64 * 2 ** 20);
});
