import { createDatabase, createSchema } from "@mortise/core";
import { toolsOf, type Adapter } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import { mysql } from "@mortise/mysql";
import { postgres } from "@mortise/postgres";
import { sqlite } from "@mortise/sqlite";

/** An engine as a new user has it: a driver of `setup`, and an empty database that the environment leads to. */
export interface Engine {
  readonly title: string;
  readonly driver: "sqlite" | "postgres" | "mysql";
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
    ] as const
  ).map(([title, driver, url]) => ({ title, driver, url, isThere: url !== undefined })),
];

/** The lines of `.env` by which the configuration of `setup` finds a database of this name. */
export function environmentOf({ url }: Engine, database: string): string {
  if (url === undefined) return `DB_FILENAME=${database}\n`;
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

/** Makes or drops a database on the server of an engine. A file needs neither. */
export async function onServer(engine: Engine, statement: string): Promise<void> {
  if (engine.url !== undefined)
    await withSchemaAdapter(adapterFor(engine, engine.url), (schema) => schema.run(statement));
}

/** The database of a journey, looked at from outside of it. */
export function look<T>(engine: Engine, database: string, body: (schema: SchemaAdapter) => Promise<T>): Promise<T> {
  if (engine.url === undefined) return withSchemaAdapter(sqlite({ filename: database }), body);
  const url = new URL(engine.url);
  url.pathname = `/${database}`;
  return withSchemaAdapter(adapterFor(engine, url.href), body);
}

function adapterFor({ driver }: Engine, url: string): Adapter {
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
