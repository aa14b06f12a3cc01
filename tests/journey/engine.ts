import { createDatabase, createSchema } from "@mortise/core";
import { toolsOf, type Adapter } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import { mongodb } from "@mortise/mongodb";
import { mysql } from "@mortise/mysql";
import { postgres } from "@mortise/postgres";
import { sqlite } from "@mortise/sqlite";

/** An engine as a new user has it: a driver of `setup`, and an empty database that the environment leads to. */
export interface Engine {
  readonly title: string;
  readonly driver: "sqlite" | "postgres" | "mysql" | "mongodb";
  /** The address of a server; none for a database in a file. */
  readonly url: string | undefined;
  /** Whether the tests have one. */
  readonly isThere: boolean;
}

const { env } = process;

export const engines: readonly Engine[] = [
  { title: "SQLite", driver: "sqlite", url: undefined, isThere: true },
  ...(
    [
      ["PostgreSQL", "postgres", env["TEST_POSTGRES_URL"] ?? env["TEST_POSTGRES18_URL"]],
      ["MySQL", "mysql", env["TEST_MYSQL_URL"]],
      ["MariaDB", "mysql", env["TEST_MARIADB_URL"]],
      ["MongoDB", "mongodb", env["TEST_MONGODB_URL"]],
    ] as const
  ).map(([title, driver, url]) => ({ title, driver, url, isThere: url !== undefined })),
];

/** An engine that speaks SQL. */
export interface SqlEngine extends Engine {
  readonly driver: "sqlite" | "postgres" | "mysql";
}

export const sqlEngines: readonly SqlEngine[] = engines.filter(isSql);

function isSql(engine: Engine): engine is SqlEngine {
  return engine.driver !== "mongodb";
}

/** The lines of `.env` by which the configuration of `setup` finds a database of this name. */
export function environmentOf({ url, driver }: Engine, database: string): string {
  if (url === undefined) return `DB_FILENAME=${database}\n`;
  if (driver === "mongodb") return `DB_URL=${url}\nDB_DATABASE=${database}\n`;
  const { hostname, port, username, password } = new URL(url);
  return [
    `DB_HOST=${hostname}`,
    `DB_PORT=${port}`,
    `DB_USERNAME=${username}`,
    `DB_PASSWORD=${password}`,
    `DB_DATABASE=${database}`,
    "",
  ].join("\n");
}

/** Makes a database on the server of an engine. A file needs that as little as MongoDB, which makes one by itself. */
export async function makeDatabase(engine: Engine, database: string): Promise<void> {
  if (engine.driver !== "mongodb") await onServer(engine, `create database ${database}`);
}

/** Runs a statement beside all databases of journeys. A file has no such place. */
export async function onServer(engine: Engine, statement: string): Promise<void> {
  if (engine.url === undefined) return;
  await withSchemaAdapter(adapterFor(engine, engine.url), (schema) => schema.run(statement));
}

export async function dropDatabase(engine: Engine, database: string): Promise<void> {
  if (engine.driver === "mongodb") await look(engine, database, (schema) => schema.run({ dropDatabase: 1 }));
  else await onServer(engine, `drop database ${database}`);
}

/** A row from outside of the program. */
export async function insertUser(engine: Engine, database: string, name: string): Promise<void> {
  const statement =
    engine.driver === "mongodb"
      ? { insert: "users", documents: [{ _id: 1, name }] }
      : `insert into users (name) values ('${name}')`;
  await look(engine, database, (schema) => schema.run(statement));
}

/** The database of a journey, looked at from outside of it. */
export function look<T>(engine: Engine, database: string, body: (schema: SchemaAdapter) => Promise<T>): Promise<T> {
  return withSchemaAdapter(adapterOn(engine, database), body);
}

/** The adapter of an engine on its database of this name, or on this file. */
export function adapterOn(engine: Engine, database: string): Adapter {
  if (engine.url === undefined) return sqlite({ filename: database });
  const url = new URL(engine.url);
  url.pathname = `/${database}`;
  return adapterFor(engine, url.href);
}

function adapterFor({ driver }: Engine, url: string): Adapter {
  if (driver === "mongodb") return mongodb({ url });
  return driver === "postgres" ? postgres({ connectionString: url }) : mysql({ uri: url });
}

async function withSchemaAdapter<T>(adapter: Adapter, body: (schema: SchemaAdapter) => Promise<T>): Promise<T> {
  const db = createDatabase(createSchema({}), adapter);
  try {
    return await body(await toolsOf(db).openSchema());
  } finally {
    await db.close();
  }
}
