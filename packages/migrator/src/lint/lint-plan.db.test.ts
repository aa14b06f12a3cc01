import { expect, test } from "vitest";
import { col, createSchema, defineModel, schemaOf } from "@mortise/core";
import { stateFromSchema } from "@mortise/core/state";
import { openSchemaDatabase } from "../../../sqlite/src/schema-database.fixture.ts";
import { planFor, type PlanOptions } from "../apply/run-plan.ts";
import { printPlan } from "../plan/print-plan.ts";
import { reverseChange } from "../plan/reverse-change.ts";
import { lint } from "./lint-plan.ts";

/** A plan over a table with one row, half of which goes. */
async function planned(options: PlanOptions = { drop: true }) {
  const { schema, database } = openSchemaDatabase();
  database.exec(`
    create table "odd
name" (id integer primary key autoincrement not null) strict;
    create table users (id integer primary key autoincrement not null, name text, age integer not null) strict;
    insert into users (name, age) values ('Ada', 36)`);
  const User = defineModel("users", {
    columns: {
      id: col.increment(),
      age: col.integer(),
      title: col.integer({ default: 1, nullable: false }),
    },
  });
  const Log = defineModel("log", { columns: { what: col.text() } });
  return planFor(schema, stateFromSchema(schemaOf(createSchema({ users: User, log: Log }))), options);
}

test("finds what a plan does to rows and to programs, by stable codes", async () => {
  const found = lint(await planned());
  expect(found.map(({ code, about, rows }) => ({ code, about, rows }))).toEqual([
    { code: "no-primary-key", about: "design", rows: undefined },
    { code: "drop-column", about: "data", rows: 1 },
    { code: "drop-not-null", about: "compatibility", rows: undefined },
    { code: "drop-table", about: "data", rows: 0 },
  ]);
  expect(found.every(({ message, advice }) => message.endsWith(".") && advice.endsWith("."))).toBe(true);
  const renamed = lint(await planned({ rename: ["users.name:title"] }));
  expect(renamed.map(({ code }) => code)).toEqual([
    "rename-column",
    "no-primary-key",
    "narrow-type",
    "set-not-null",
    "drop-not-null",
  ]);
});

test("a plan prints for a person", async () => {
  expect(printPlan(await planned(), "text").split("\n")).toEqual([
    "1. create table log (what)",
    "2. add column users.title (INTEGER, not null, default 1); change column users.age: nullable false -> true; drop column users.name",
    '   ! drop-column: The values of the column "users.name" are lost. 1 row is concerned.',
    '   no way back: The values of the column "name" of the table "users" are gone.',
    "3. drop table odd",
    "name",
    '   ! drop-table: All rows of the table "odd',
    'name" are lost. 0 rows are concerned.',
    '   no way back: The rows of the table "odd',
    'name" are gone.',
  ]);
});

test("a plan prints for the database, where no name leaves its comment", async () => {
  const sql = printPlan(await planned(), "sql").split("\n");
  expect(sql[0]).toBe("-- create table log (what)");
  expect(sql).toContain("-- drop table odd name");
  expect(sql.filter((line) => line === "name")).toEqual([]);
  expect(sql).toContain('DROP TABLE "users";');
});

test("a plan prints for a program", async () => {
  const told = JSON.parse(printPlan(await planned(), "json"));
  expect(told.version).toBe(1);
  expect(told.steps.map(({ kind, reversible }: { kind: string; reversible: boolean }) => [kind, reversible])).toEqual([
    ["createTable", true],
    ["changeTable", false],
    ["dropTable", false],
  ]);
  expect(told.steps[1].hazards).toEqual([
    {
      code: "drop-column",
      level: "destructive",
      target: "users.name",
      message: 'The values of the column "users.name" are lost.',
      rows: 1,
    },
  ]);
});

test("the reverse of a reverse is the change", async () => {
  const { steps } = await planned({});
  const there = steps.map(({ change }) => change);
  const again = there.flatMap((change) => {
    const back = reverseChange(change);
    return "none" in back
      ? []
      : back.changes.flatMap((one) => {
          const forth = reverseChange(one);
          return "none" in forth ? [] : forth.changes;
        });
  });
  expect(again.map(({ kind }) => kind)).toEqual(["alterColumn"]);
});
