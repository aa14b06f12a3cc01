import pg from "pg";
import type { NewNote } from "../../workloads/inputs.ts";
import { openOnServer } from "../server/open-on-server.ts";
import { rawCalls } from "../server/raw-calls.ts";
import type { Note, Server } from "../server/server.ts";
import type { Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

type On = pg.Pool | pg.PoolClient;

/** Hand-written SQL on pg; a statement with a name is parsed and planned once by each connection. */
export async function openRaw(server: string, { prepared }: { readonly prepared: boolean }): Promise<Subject> {
  const address = await seededDatabase(server, prepared ? "raw-prepared" : "raw");
  return openOnServer(address, (connectionString, max) => {
    const by = postgresServer(new pg.Pool({ connectionString, max }), prepared);
    return { exec: by.exec, close: by.close, calls: rawCalls(by) };
  });
}

function postgresServer(pool: pg.Pool, prepared: boolean): Server<On> {
  let names = 0;
  const statement = (sql: string) => {
    let at = 0;
    const text = sql.replaceAll("?", () => `$${(at += 1)}`);
    return prepared ? { name: `s${(names += 1)}`, text } : { text };
  };
  return {
    pool,
    quote: '"',
    rows: <Row>(sql: string) => {
      const one = statement(sql);
      return async (on: On, ...values: unknown[]) => rowsOf<Row>(await on.query({ ...one, values }));
    },
    rowsOfList: <Row>(sql: string) => {
      const one = statement(sql.replace(":list", "= any(?)"));
      return async (on: On, keys: readonly number[]) => rowsOf<Row>(await on.query({ ...one, values: [keys] }));
    },
    change: (sql) => {
      const one = statement(sql);
      return async (on, ...values) => (await on.query({ ...one, values })).rowCount ?? 0;
    },
    insert: (count) => {
      const rows = Array.from({ length: count }, () => "(?, ?, ?, ?)").join(", ");
      const one = statement(
        `insert into notes (user_id, body, is_open, created_at) values ${rows}
          returning id, user_id as "userId", body, is_open as "isOpen", created_at as "createdAt"`,
      );
      return async (on, notes) => rowsOf<Note>(await on.query({ ...one, values: notes.flatMap(valuesOf) }));
    },
    transaction: (body) => inTransaction(pool, body),
    exec: (sql) => pool.query(sql),
    close: () => pool.end(),
    finish: { user: undefined, wide: undefined, group: countsOf },
  };
}

/** The driver types rows as anything; the SQL beside the call says what they hold. */
function rowsOf<Row>({ rows }: pg.QueryResult): readonly Row[] {
  return rows;
}

function valuesOf({ userId, body, isOpen, createdAt }: NewNote): unknown[] {
  return [userId, body, isOpen, createdAt];
}

/** Counts and sums are 64-bit integers, which the driver gives as text. */
function countsOf(row: object): object {
  return { ...row, posts: Number(Reflect.get(row, "posts")), views: Number(Reflect.get(row, "views")) };
}

async function inTransaction<T>(pool: pg.Pool, body: (on: On) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await body(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
