import mysql, { type Pool, type PoolConnection, type ResultSetHeader } from "mysql2";
import type { NewNote } from "../../workloads/inputs.ts";
import { wideColumns } from "../../workloads/wide-columns.ts";
import { openOnServer } from "../server/open-on-server.ts";
import { rawCalls } from "../server/raw-calls.ts";
import type { Server, User } from "../server/server.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

type On = Pool | PoolConnection;

/**
 * Hand-written SQL on mysql2: `query` sends the text with the values in it, `execute` prepares it once on each connection. Both by the
 * callbacks, since the driver's own promises cost a quarter of a small query.
 */
export async function openRaw(server: string, { prepared }: { readonly prepared: boolean }): Promise<Subject> {
  const address = await seededDatabase(server, prepared ? "raw-prepared" : "raw");
  return openOnServer(address, (uri, connectionLimit) => {
    const by = mysqlServer(mysql.createPool({ uri, connectionLimit, timezone: "Z" }), prepared);
    return { exec: by.exec, close: by.close, calls: rawCalls(by) };
  });
}

function mysqlServer(pool: Pool, prepared: boolean): Server<On> {
  const send: Send = (on, sql, values) =>
    new Promise((resolve, reject) => {
      const answered = answerTo(resolve, reject);
      if (prepared) on.execute(sql, parametersOf(values), answered);
      else on.query(sql, [...values], answered);
    });
  return {
    pool,
    quote: "`",
    rows:
      <Row>(sql: string) =>
      async (on: On, ...values: unknown[]) =>
        rowsOf<Row>(await send(on, sql, values)),
    rowsOfList:
      <Row>(sql: string) =>
      async (on: On, keys: readonly number[]) =>
        rowsOf<Row>(await send(on, sql.replace(":list", `in (${keys.map(() => "?").join(", ")})`), keys)),
    change:
      (sql) =>
      async (on, ...values) =>
        headerOf(await send(on, sql, values)).affectedRows,
    insert: (count) => {
      const rows = Array.from({ length: count }, () => "(?, ?, ?, ?)").join(", ");
      const sql = `insert into notes (user_id, body, is_open, created_at) values ${rows}`;
      return async (on, notes) => {
        const { insertId } = headerOf(await send(on, sql, notes.flatMap(valuesOf)));
        return notes.map((note, at) => ({ id: insertId + at, ...note }));
      };
    },
    transaction: (body) => inTransaction(pool, body),
    exec: (sql) => pool.promise().query(sql),
    close: () => pool.promise().end(),
    finish: { user: userOf, wide: wideOf, group: countsOf },
  };
}

type Send = (on: On, sql: string, values: readonly unknown[]) => Promise<unknown>;

function answerTo(resolve: (result: unknown) => void, reject: (error: Error) => void) {
  return (error: Error | null, result: unknown) => {
    if (error === null) resolve(result);
    else reject(error);
  };
}

/** Numbers are sent as doubles, which `limit` does not take. */
function parametersOf(values: readonly unknown[]): (string | number | boolean | Date)[] {
  return values.map((value) => {
    if (typeof value === "string" || typeof value === "boolean" || value instanceof Date) return value;
    return String(value);
  });
}

/** The driver types rows as anything; the SQL beside the call says what they hold. */
function rowsOf<Row>(result: unknown): readonly Row[] {
  return result as readonly Row[];
}

function headerOf(result: unknown): ResultSetHeader {
  return result as ResultSetHeader;
}

function valuesOf({ userId, body, isOpen, createdAt }: NewNote): unknown[] {
  return [userId, body, isOpen, createdAt];
}

function userOf(row: User): User {
  row.isActive = row.isActive === 1;
  return row;
}

const toFinish = wideColumns
  .filter(({ kind }) => kind === "flag" || kind === "document")
  .map(({ name, kind }) => ({
    name: name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    finish: kind === "flag" ? flagOf : documentOf,
  }));

function wideOf(row: object): object {
  for (const { name, finish } of toFinish) Reflect.set(row, name, finish(Reflect.get(row, name)));
  return row;
}

function flagOf(value: unknown): boolean | null {
  return value === null ? null : value === 1;
}

/** MariaDB's documents are texts. */
function documentOf(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}

/** A sum is a decimal, which the driver gives as text. */
function countsOf(row: object): object {
  return { ...row, views: Number(Reflect.get(row, "views")) };
}

async function inTransaction<T>(pool: Pool, body: (on: On) => Promise<T>): Promise<T> {
  const connection = await new Promise<PoolConnection>((resolve, reject) => {
    pool.getConnection((error, own) => {
      if (error === null) resolve(own);
      else reject(error);
    });
  });
  const control = (sql: string) => new Promise((resolve, reject) => connection.query(sql, answerTo(resolve, reject)));
  try {
    await control("begin");
    const result = await body(connection);
    await control("commit");
    return result;
  } catch (error) {
    await control("rollback");
    throw error;
  } finally {
    connection.release();
  }
}
