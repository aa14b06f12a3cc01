import {
  CheckViolationError,
  ForeignKeyViolationError,
  InvalidValueError,
  NotNullViolationError,
  QueryError,
  UniqueViolationError,
} from "@mortise/core/adapter";
import { afterAll, expect, it } from "vitest";
import { sqliteError } from "./errors.ts";
import { col, modelInfo } from "./nodes.fixture.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

const users = modelInfo("users", { id: col.increment(), emailAddress: col.string(), tenant: col.string() });
const database = openTestDatabase();
afterAll(() => database.close());
database.exec(`
  create table users (
    id integer primary key, email_address text unique, tenant text not null default 'x', age integer,
    constraint grown check (age >= 18)
  ) strict;
  create table lowered (name text); create unique index lower_name on lowered (lower(name));
  create table "o.d" ("x.y" text unique, user_id integer references users (id));
  insert into users (id, email_address) values (1, 'a');
  insert into "o.d" values ('1', 1);
`);

function failure(sql: string) {
  try {
    database.exec(sql);
  } catch (cause) {
    return sqliteError(cause, { sql, model: users });
  }
  throw new Error("The statement did not fail.");
}

it.each([
  [
    "insert into users (email_address) values ('a')",
    UniqueViolationError,
    {
      table: "users",
      columns: ["emailAddress"],
      model: "users",
      message: "users.emailAddress must be unique, and this value is already there.",
    },
  ],
  ["insert into users (id) values (1)", UniqueViolationError, { columns: ["id"] }],
  ["insert into lowered values ('a'), ('A')", UniqueViolationError, { columns: [], constraint: "lower_name" }],
  [`insert into "o.d" values ('1', 1)`, UniqueViolationError, { columns: ["d.x.y"], model: undefined }],
  [
    "insert into users (tenant) values (null)",
    NotNullViolationError,
    { columns: ["tenant"], message: "users.tenant may not be null." },
  ],
  ["insert into users (age) values (17)", CheckViolationError, { table: "users", constraint: "grown", columns: [] }],
  [`insert into "o.d" values ('2', 99)`, ForeignKeyViolationError, { table: "users" }],
  ["delete from users", ForeignKeyViolationError, { model: "users" }],
  ["insert into users (age) values ('old')", InvalidValueError, { model: "users" }],
  [
    "select nonesuch from users",
    QueryError,
    {
      message: "SQLite refused the statement: no such column: nonesuch. The statement was: select nonesuch from users",
    },
  ],
])("%s", (sql, type, details) => {
  const error = failure(sql);
  expect(error).toBeInstanceOf(type);
  expect(error).toMatchObject(details);
  expect(error.cause).toBeInstanceOf(Error);
});

it("keeps errors that are typed already", () => {
  const error = new InvalidValueError("x");
  expect(sqliteError(error, { sql: "select 1", model: undefined })).toBe(error);
});

it("tells errors without a code from those with one", () => {
  expect(
    sqliteError(new RangeError("Too few parameter values were provided"), { sql: "select ?", model: undefined })
      .message,
  ).toBe("The statement failed: Too few parameter values were provided. The statement was: select ?");
});
