import {
  MortiseError,
  UniqueViolationError,
  col,
  createDatabase,
  createSchema,
  defineModel,
  type Row,
} from "@mortise/core";
import { diff, push } from "@mortise/migrator";
import { mongodb } from "@mortise/mongodb";
import { mysql } from "@mortise/mysql";
import { postgres } from "@mortise/postgres";
import { sqlite } from "@mortise/sqlite";
import { sql } from "kysely";

/** What an application writes, on the packages as they are published: checked by its compiler, then run. */
const User = defineModel("consumer_users", {
  columns: { id: col.increment(), email: col.text({ nullable: false, unique: true }) },
});
const schema = createSchema({ user: User });

function check(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(`It is not so that ${sentence}.`);
}

const db = createDatabase(schema, sqlite({ filename: ":memory:" }));
await push(db);
const ada: Row<typeof User> = await db.from(schema.user).insert({ email: "ada@example.com" });
// @ts-expect-error: an email is a text.
const wrong: number = ada.email;
check(String(wrong) === "ada@example.com", "a row comes back as it was written");
const again = await db
  .from(schema.user)
  .insert({ email: "ada@example.com" })
  .catch((error: unknown) => error);
check(again instanceof UniqueViolationError, "an adapter throws the error classes that the application knows");
const stored = await db.from(schema.user).upsert({ email: "ada@example.com" }, { conflict: ["email"] });
const page = await db.from(schema.user).cursorPaginate({ perPage: 1 });
check(stored.id === ada.id && page.data.length === 1, "what core loads later is there");
const rows = await db.kysely
  .selectFrom("consumer_users")
  .select(["id", sql<string>`upper(email)`.as("email")])
  .execute();
check(rows[0]?.email === "ADA@EXAMPLE.COM", "a template of Kysely goes through db.kysely");
await db.close();

/** A table that is not there, on servers that may not be there either. */
const { TEST_POSTGRES_URL, TEST_MYSQL_URL, TEST_MONGODB_URL } = process.env;
const missing = createSchema({ nobody: defineModel("consumer_nobody", { columns: { id: col.increment() } }) });

const onPostgres = createDatabase(
  missing,
  postgres({ connectionString: TEST_POSTGRES_URL ?? "postgres://127.0.0.1/a" }),
);
check(onPostgres.from(missing.nobody).toSQL().sql.includes('"consumer_nobody"'), "PostgreSQL compiles");
if (TEST_POSTGRES_URL !== undefined) await refuses(onPostgres.from(missing.nobody).many(), onPostgres);
await onPostgres.close();

const onMysql = createDatabase(missing, mysql({ connectionString: TEST_MYSQL_URL ?? "mysql://127.0.0.1/a" }));
check(onMysql.from(missing.nobody).toSQL().sql.includes("`consumer_nobody`"), "MySQL compiles");
if (TEST_MYSQL_URL !== undefined) await refuses(onMysql.from(missing.nobody).many(), onMysql);
await onMysql.close();

const onMongodb = createDatabase(missing, mongodb({ url: TEST_MONGODB_URL ?? "mongodb://127.0.0.1/a" }));
if (TEST_MONGODB_URL !== undefined) {
  check((await onMongodb.from(missing.nobody).many()).length === 0, "MongoDB finds nothing where nothing is");
  check((await diff(onMongodb)).changes.length > 0, "the migration side of MongoDB loads");
}
await onMongodb.close();

async function refuses(rows: Promise<readonly unknown[]>, handle: object): Promise<void> {
  const answer = await rows.catch((error: unknown) => error);
  check(answer instanceof MortiseError, "a server answers with an error of ours");
  check((await diff(handle)).changes.length > 0, "the migration side of a server loads");
}
