import { expect, test } from "vitest";
import { col, createSchema, defineModel, schemaOf, type AnySchema } from "@mortise/core";
import { stateFromSchema } from "@mortise/core/state";
import { openSchemaDatabase } from "../../sqlite/src/schema-database.fixture.ts";
import { planFor, runPlan, type RunOptions } from "./apply/run-plan.ts";

const things = (columns: Parameters<typeof defineModel>[1]["columns"], more: object = {}) =>
  createSchema({ things: defineModel("things", { columns, ...more }) });
const wanted = things({ id: col.increment(), name: col.text({ nullable: false, default: "none" }) });

/** A table that has to be built anew to be as wanted, with others around it. */
function openWithRows() {
  const { database, schema } = openSchemaDatabase();
  database.exec(`
    create table things (id integer primary key autoincrement not null, name text, mine text collate nocase default 'm', check (mine <> '')) strict;
    create index mine_index on things (lower(mine)) where mine is not null;
    create table children (id integer primary key, thing int references things (id) on delete cascade);
    create table log (what text);
    create trigger writes after update on things begin insert into log values (new.name); end;
    create view names as select id, name from things;
    insert into things (id, name, mine) values (1, 'a', 'x'), (5, 'b', 'y'), (9, null, 'z');
    delete from things where id = 9;
    insert into things (id, name) values (2, null);
    insert into children values (7, 1), (8, 5);`);
  const migrate = (desired: AnySchema, options: RunOptions = { acknowledge: ["all"] }) =>
    runPlan(schema, stateFromSchema(schemaOf(desired)), undefined, options);
  const all = (query: string) => database.prepare(query).all();
  return { database, schema, migrate, all };
}

for (const enforced of [0, 1]) {
  test(`S12 a rebuilt table keeps its rows and those of its children, with foreign_keys = ${enforced}`, async () => {
    const { database, migrate, all } = openWithRows();
    database.pragma(`foreign_keys = ${enforced}`);
    await migrate(wanted);
    expect(all("select id, name, mine from things order by id")).toEqual([
      { id: 1, name: "a", mine: "x" },
      { id: 2, name: "none", mine: "m" },
      { id: 5, name: "b", mine: "y" },
    ]);
    expect(all("select * from children")).toEqual([
      { id: 7, thing: 1 },
      { id: 8, thing: 5 },
    ]);
    expect(database.pragma("foreign_keys", { simple: true })).toBe(enforced);
    expect(database.pragma("foreign_key_check")).toEqual([]);
  });
}

test("S13 what points at a rebuilt table points at it still", async () => {
  const { database, migrate, all } = openWithRows();
  const before = all("select sql from sqlite_schema where name = 'children'");
  await migrate(wanted);
  expect(all("select sql from sqlite_schema where name = 'children'")).toEqual(before);
  database.pragma("foreign_keys = 1");
  database.exec("delete from things where id = 1");
  expect(all("select id from children")).toEqual([{ id: 8 }]);
});

test("S14 triggers, views, indexes, checks and columns that the schema does not name survive", async () => {
  const { database, schema, migrate, all } = openWithRows();
  const others = "select type, name, sql from sqlite_schema where type in ('trigger', 'view') order by name";
  const before = all(others);
  await migrate(wanted);
  expect(all(others)).toEqual(before);
  database.exec("update things set name = 'c' where id = 1");
  expect(all("select what from log")).toEqual([{ what: "c" }]);
  expect(all("select name from names where id = 1")).toEqual([{ name: "c" }]);
  expect(() => database.exec("update things set mine = ''")).toThrow(/CHECK/);
  const { kept } = await planFor(schema, stateFromSchema(schemaOf(wanted)));
  expect(kept.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "table children",
    "table log",
    "column mine",
    "check mine <> ''",
    "index mine_index",
    "trigger writes",
    "view names",
  ]);
});

test("S15 no number of a deleted row is given again", async () => {
  const { database, migrate } = openWithRows();
  await migrate(wanted);
  database.exec("insert into things (name) values ('next')");
  expect(database.prepare("select max(id) from things").pluck().get()).toBe(10);
});

test("S16 rows that would point at nothing take everything back, those that did before do not", async () => {
  const { database, migrate, all } = openWithRows();
  database.pragma("foreign_keys = 0");
  database.exec("insert into children values (99, 1000)");
  await migrate(wanted);
  const before = all("select sql from sqlite_schema order by name");
  const none = createSchema({ log: defineModel("log", { columns: { what: col.text() }, options: { strict: false } }) });
  const dropping = openWithRows();
  dropping.database.exec("drop view names; drop trigger writes");
  await expect(
    dropping.migrate(things({ id: col.increment() }), { drop: true, acknowledge: ["all"] }),
  ).resolves.toBeDefined();
  expect(dropping.all("select name from sqlite_schema where name = 'children'")).toEqual([]);
  const orphans = openSchemaDatabase();
  orphans.database.exec(`
    create table a (id integer primary key autoincrement not null) strict;
    create table b (id integer primary key autoincrement not null, a_id int references a (id)) strict;
    insert into a values (1); insert into b values (1, 1);`);
  const only = createSchema({
    b: defineModel("b", {
      columns: { id: col.increment(), aId: col.integer() },
      foreignKeys: [{ columns: ["aId"], references: { table: "a", columns: ["id"] } }],
    }),
  });
  const desired = stateFromSchema(schemaOf(only));
  await expect(runPlan(orphans.schema, desired, undefined, { drop: true, acknowledge: ["all"] })).rejects.toThrow(
    /1 rows of "b" would point at rows that are gone, so nothing was changed\./,
  );
  expect(orphans.database.prepare("select count(*) from a").pluck().get()).toBe(1);
  expect(none).toBeDefined();
  expect(all("select sql from sqlite_schema order by name")).toEqual(before);
});

test("a view or a trigger that uses what goes takes everything back", async () => {
  const { database, migrate, all } = openWithRows();
  const before = all("select type, name, sql from sqlite_schema order by name");
  const without = things({ id: col.increment(), mine: col.text({ collation: "nocase", default: "m" }) });
  const drop: RunOptions = { drop: true, acknowledge: ["all"] };
  await expect(migrate(without, drop)).rejects.toThrow(/no such column: new\.name|The view "names" uses something/);
  database.exec("drop trigger writes");
  await expect(migrate(without, drop)).rejects.toThrow('The view "names" uses something that this migration removes');
  expect(all("select type, name, sql from sqlite_schema where name <> 'writes' order by name")).toEqual(
    before.filter((object) => !JSON.stringify(object).includes('"writes"')),
  );
  database.exec("drop view names");
  await migrate(without, { ...drop, drop: true });
  expect(all("select * from things where id = 1")).toEqual([{ id: 1, mine: "x" }]);
});

test("a row that cannot be copied takes everything back", async () => {
  const { migrate, all } = openWithRows();
  const before = all("select sql from sqlite_schema order by name");
  await expect(migrate(things({ id: col.increment(), name: col.integer() }))).rejects.toThrow(
    /^Could not change column things\.name: databaseType TEXT -> INTEGER\. .* Nothing was changed\.$/,
  );
  expect(all("select sql from sqlite_schema order by name")).toEqual(before);
  expect(all("select count(*) as n from things")).toEqual([{ n: 3 }]);
});
