import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import { expect } from "vitest";
import type { AnyDatabase } from "./any-database.ts";
import type { Evolution } from "./evolution.ts";

type Columns = Parameters<typeof defineModel>[1]["columns"];

const items = (columns: Columns, more: object = {}, name = "items") =>
  createSchema({ items: defineModel(name, { columns, ...more }) });
const id = col.increment();
const twoRows = ["insert into items (id, name) values (1, 'a')", "insert into items (id, name) values (2, 'b')"];

const rowsAre =
  (query: string, ...rows: readonly object[]) =>
  async (db: AnyDatabase): Promise<void> => {
    const found = await db.raw(query);
    expect(
      found.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]))),
    ).toEqual(rows);
  };

/** Engines give whole numbers as numbers, bigints or texts. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}

interface Family {
  readonly parent?: Columns;
  readonly child?: Columns;
  readonly onDelete?: "cascade" | "set null";
  readonly key?: boolean;
  readonly index?: boolean;
}

/** A parent and a child that points at it. */
function family({ parent = {}, child = {}, onDelete = "cascade", key = true, index = false }: Family) {
  const Parent = defineModel("parents", {
    columns: { id: col.integer({ nullable: false, primaryKey: true }), ...parent },
  });
  const Child = defineModel("children", {
    columns: { id, parentId: col.integer(), ...child },
    indexes: index ? [{ columns: ["parentId"], name: "by_parent" }] : [],
  });
  return createSchema(
    { parents: Parent, children: Child },
    {
      children: defineRelations(Child, ({ belongsTo }) => ({
        parent: belongsTo(Parent, { foreignKey: "parentId", ...(key ? { constraint: { onDelete } } : {}) }),
      })),
    },
  );
}

const familyRows = ["insert into parents (id) values (1)", "insert into children (id, parent_id) values (7, 1)"];
const childStays = rowsAre("select id, parent_id as parent from children", { id: 7, parent: 1 });

const renames: readonly Evolution[] = [
  {
    name: "a renamed table with its rows, keys and checks",
    before: items({ id, name: col.string({ unique: true, index: true }) }, { checks: ["name <> 'x'"] }),
    after: items(
      { id, name: col.string({ unique: true, index: true }) },
      { checks: ["name <> 'x'"], options: { renamedFrom: "items" } },
      "things",
    ),
    rows: twoRows,
    holds: rowsAre("select id, name from things order by id", { id: 1, name: "a" }, { id: 2, name: "b" }),
    back: { rename: ["things:items"] },
  },
  {
    name: "a renamed column that a key, a check, an index and a computed column use",
    before: items(
      {
        id,
        name: col.string({ length: 9, unique: true }),
        loud: col.string({ generatedAs: "upper(name)", length: 9 }),
      },
      { checks: ["name <> 'x'"], indexes: [{ columns: ["name", "id"], name: "both" }] },
    ),
    after: items(
      {
        id,
        title: col.string({ length: 9, unique: true, renamedFrom: "name" }),
        loud: col.string({ generatedAs: "upper(title)", length: 9 }),
      },
      { checks: ["title <> 'x'"], indexes: [{ columns: ["title", "id"], name: "both" }] },
    ),
    rows: twoRows,
    holds: rowsAre("select id, title, loud from items where id = 1", { id: 1, title: "a", loud: "A" }),
    back: { rename: ["items.title:name"] },
  },
  {
    name: "a column renamed and retyped by a hint",
    before: items({ id, name: col.string({ length: 9 }) }),
    after: items({ id, fullName: col.string({ length: 20, nullable: false, default: "?" }) }),
    rows: twoRows,
    options: { rename: ["items.name:full_name"], acknowledge: ["all"] },
    holds: rowsAre("select full_name as name from items order by id", { name: "a" }, { name: "b" }),
    back: { rename: ["items.full_name:name"] },
  },
  {
    name: "a renamed index",
    before: items({ id, name: col.string() }, { indexes: [{ columns: ["name"], name: "by_name" }] }),
    after: items({ id, name: col.string() }, { indexes: [{ columns: ["name"], name: "name_order" }] }),
    options: { rename: ["items.by_name:name_order"], drop: true },
  },
  {
    name: "a rename of the column that other tables point at",
    before: family({}),
    after: createSchema(
      {
        parents: defineModel("parents", {
          columns: { key: col.integer({ nullable: false, primaryKey: true, renamedFrom: "id" }) },
        }),
        children: defineModel("children", {
          columns: { id, parentId: col.integer() },
          foreignKeys: [
            { columns: ["parentId"], references: { table: "parents", columns: ["key"] }, onDelete: "cascade" },
          ],
        }),
      },
      {},
    ),
    rows: familyRows,
    holds: childStays,
    back: { rename: ["parents.key:id"] },
  },
];

const columns: readonly Evolution[] = [
  {
    name: "wider types, at once",
    before: items({
      id,
      name: col.string({ length: 3 }),
      small: col.smallInteger({ default: 1 }),
      price: col.decimal({ precision: 5, scale: 2 }),
    }),
    after: items({
      id,
      name: col.string({ length: 30 }),
      small: col.bigInteger({ default: 2 }),
      price: col.decimal({ precision: 9, scale: 2 }),
    }),
    rows: ["insert into items (id, name, price) values (1, 'abc', 12.25)"],
    holds: rowsAre("select id, name, small from items", { id: 1, name: "abc", small: 1 }),
  },
  {
    name: "a narrower type, when it is acknowledged",
    before: items({ id, name: col.text() }),
    after: items({ id, name: col.integer() }),
    rows: ["insert into items (id, name) values (1, '12')"],
    refused: /narrow-type:items\.name/,
    options: { acknowledge: ["narrow-type:items.name"] },
    holds: rowsAre("select id, name from items", { id: 1, name: 12 }),
  },
  {
    name: "a column that is no longer null, filled with its default when that is acknowledged",
    before: items({ id, name: col.string() }),
    after: items({ id, name: col.string({ nullable: false, default: "none" }) }),
    rows: ["insert into items (id) values (1)", "insert into items (id, name) values (2, 'b')"],
    refused: /set-not-null:items\.name.*|1 row is concerned/s,
    options: { acknowledge: ["set-not-null"] },
    holds: rowsAre("select id, name from items order by id", { id: 1, name: "none" }, { id: 2, name: "b" }),
  },
  {
    name: "a default that comes, goes and changes",
    before: items({ id, a: col.integer(), b: col.integer({ default: 1 }), c: col.string({ default: "x" }) }),
    after: items({ id, a: col.integer({ default: 3 }), b: col.integer(), c: col.string({ default: "y" }) }),
    rows: ["insert into items (id) values (1)"],
    holds: async (db) => {
      await db.raw("insert into items (id) values (2)");
      await rowsAre("select a, b, c from items order by id", { a: null, b: 1, c: "x" }, { a: 3, b: null, c: "y" })(db);
    },
  },
  {
    name: "a computed column with another expression",
    before: items({
      id,
      a: col.integer(),
      twice: col.integer({ generatedAs: { expression: "a * 2", stored: true }, index: true }),
    }),
    after: items({
      id,
      a: col.integer(),
      twice: col.integer({ generatedAs: { expression: "a * 3", stored: true }, index: true }),
    }),
    rows: ["insert into items (id, a) values (1, 5)"],
    holds: rowsAre("select a, twice from items", { a: 5, twice: 15 }),
  },
  {
    name: "a dropped column, when it is acknowledged",
    before: items({ id, name: col.string({ unique: true }), more: col.integer({ index: true }) }),
    after: items({ id, more: col.integer({ index: true }) }),
    rows: twoRows,
    refused: /drop-column:items\.name/,
    options: { drop: true, acknowledge: ["drop-column:items.name"] },
    holds: rowsAre("select count(*) as n from items", { n: 2 }),
  },
  {
    name: "comments",
    before: items({ id, name: col.string() }, { options: { comment: "old" } }),
    after: items(
      { id, name: col.string({ comment: "it's \\ new" }), more: col.text({ comment: "`x` */" }) },
      { options: { comment: "it's" } },
    ),
    rows: twoRows,
  },
  {
    name: "more and fewer labels of an enum",
    before: items({ id, kind: col.enum(["a", "b", "c"]) }),
    after: items({ id, kind: col.enum(["b", "a", "it's"]) }),
    rows: ["insert into items (id, kind) values (1, 'b')"],
    options: { acknowledge: ["all"] },
    holds: rowsAre("select kind from items", { kind: "b" }),
  },
];

const keys: readonly Evolution[] = [
  {
    name: "another primary key",
    before: items({ a: col.integer({ nullable: false }), b: col.integer({ nullable: false }) }, { primaryKey: ["a"] }),
    after: items(
      { a: col.integer({ nullable: false }), b: col.integer({ nullable: false }) },
      { primaryKey: ["b", "a"] },
    ),
    rows: ["insert into items (a, b) values (1, 2)"],
    holds: rowsAre("select a, b from items", { a: 1, b: 2 }),
  },
  {
    name: "checks, unique keys and indexes that change",
    before: items(
      { id, a: col.integer(), b: col.integer() },
      {
        checks: [{ name: "low", expression: "a > 0" }],
        uniques: [{ columns: ["a"], name: "one" }],
        indexes: [{ columns: ["b"], name: "order" }],
      },
    ),
    after: items(
      { id, a: col.integer(), b: col.integer() },
      {
        checks: [{ name: "low", expression: "a > 1" }],
        uniques: [{ columns: ["a", "b"], name: "one" }],
        indexes: [{ columns: ["b"], name: "order", order: { b: "desc" } }],
      },
    ),
    rows: ["insert into items (id, a, b) values (1, 2, 3)"],
    holds: rowsAre("select a, b from items", { a: 2, b: 3 }),
  },
  {
    name: "keys and checks that go when drops are asked for",
    before: items(
      { id, a: col.integer({ unique: true }), b: col.integer({ index: true }) },
      { checks: ["a > 0", { name: "named", expression: "b > 0" }] },
    ),
    after: items({ id, a: col.integer(), b: col.integer() }),
    rows: ["insert into items (id, a, b) values (1, 2, 3)"],
    options: { drop: true },
    holds: async (db) => {
      await db.raw("insert into items (id, a, b) values (2, 2, -3)");
      await db.raw("delete from items where id = 2");
    },
  },
  {
    name: "a foreign key over columns that are there",
    before: family({ key: false }),
    after: family({}),
    rows: familyRows,
    holds: childStays,
  },
  {
    name: "a foreign key with another action",
    before: family({ onDelete: "cascade" }),
    after: family({ onDelete: "set null" }),
    rows: familyRows,
    holds: async (db) => {
      await childStays(db);
      await db.raw("delete from parents");
      await rowsAre("select id, parent_id as parent from children", { id: 7, parent: null })(db);
    },
    back: false,
  },
  {
    name: "a parent whose columns change, with every row that points at it",
    before: family({ parent: { name: col.string({ length: 9 }) } }),
    after: family({
      parent: { name: col.string({ length: 20, nullable: false, default: "x" }), more: col.integer({ default: 4 }) },
    }),
    rows: familyRows,
    options: { acknowledge: ["all"] },
    holds: async (db) => {
      await childStays(db);
      await rowsAre("select id, name, more from parents", { id: 1, name: "x", more: 4 })(db);
      await db.raw("delete from parents");
      await rowsAre("select id from children")(db);
    },
  },
  {
    name: "a key that becomes wider together with what points at it",
    before: family({}),
    after: createSchema({
      parents: defineModel("parents", {
        columns: { id: col.bigInteger({ nullable: false, primaryKey: true }), note: col.text() },
      }),
      children: defineModel("children", {
        columns: { id, parentId: col.bigInteger() },
        foreignKeys: [
          { columns: ["parentId"], references: { table: "parents", columns: ["id"] }, onDelete: "cascade" },
        ],
      }),
    }),
    rows: familyRows,
    holds: childStays,
  },
];

function circle(names: readonly [string, string] | undefined) {
  const other = { other: defineModel("other", { columns: { id } }) };
  if (names === undefined) return createSchema(other);
  const [one, two] = names;
  const Egg = defineModel(one, { columns: { id, twoId: col.integer(), selfId: col.integer() } });
  const Hen = defineModel(two, { columns: { id, oneId: col.integer() } });
  return createSchema(
    { ...other, egg: Egg, hen: Hen },
    {
      egg: defineRelations(Egg, ({ belongsTo }) => ({
        two: belongsTo(Hen, { foreignKey: "twoId", constraint: true }),
        self: belongsTo(Egg, { foreignKey: "selfId", constraint: true }),
      })),
      hen: defineRelations(Hen, ({ belongsTo }) => ({
        one: belongsTo(Egg, { foreignKey: "oneId", constraint: true }),
      })),
    },
  );
}

const boss = (table: string, column = "id") => ({ columns: ["bossId"], references: { table, columns: [column] } });

const tables: readonly Evolution[] = [
  {
    name: "an index that a foreign key stands on, gone and back",
    before: family({ index: true }),
    after: family({}),
    rows: familyRows,
    options: { drop: true },
    holds: childStays,
  },
  {
    name: "a renamed table with a renamed column, and one that goes with its foreign key",
    before: items({ id, name: col.string(), bossId: col.integer() }, { foreignKeys: [boss("items")] }),
    after: items({ id, title: col.string({ renamedFrom: "name" }) }, { options: { renamedFrom: "items" } }, "things"),
    rows: twoRows,
    options: { drop: true, acknowledge: ["all"] },
    holds: rowsAre("select title from things order by id", { title: "a" }, { title: "b" }),
    back: { rename: ["things:items", "items.title:name"] },
  },
  {
    name: "a renamed table whose key changes its type with the column that points at it",
    before: items(
      { id, code: col.integer({ unique: true }), bossId: col.integer() },
      { foreignKeys: [boss("items", "code")] },
    ),
    after: items(
      { id, code: col.bigInteger({ unique: true }), bossId: col.bigInteger() },
      { foreignKeys: [boss("things", "code")], options: { renamedFrom: "items" } },
      "things",
    ),
    rows: ["insert into items (id, code, boss_id) values (1, 7, 7)"],
    holds: rowsAre("select boss_id as boss from things", { boss: 7 }),
    back: { rename: ["things:items"] },
  },
  {
    name: "a renamed table whose check has a negative number",
    before: items({ id, a: col.integer() }, { checks: ["a > -5"] }),
    after: items({ id, a: col.integer() }, { checks: ["a > -5"], options: { renamedFrom: "items" } }, "things"),
    back: { rename: ["things:items"] },
  },
  {
    name: "tables that point at each other and at themselves, made and dropped",
    before: circle(undefined),
    after: circle(["eggs", "hens"]),
  },
  {
    name: "a dropped table with rows, when it is acknowledged",
    before: createSchema({
      items: defineModel("items", { columns: { id, name: col.string() } }),
      more: defineModel("more", { columns: { id } }),
    }),
    after: createSchema({ more: defineModel("more", { columns: { id } }) }),
    rows: twoRows,
    refused: /All rows of the table "items" are lost\. 2 rows are concerned\. Acknowledge it with "drop-table:items"/,
    options: { drop: true, acknowledge: ["drop-table:items"] },
  },
  {
    name: "many changes of one table at once",
    before: items(
      { id, name: col.string({ length: 5 }), gone: col.integer(), kept: col.integer({ nullable: false, default: 1 }) },
      { checks: ["kept > 0"] },
    ),
    after: items(
      {
        id,
        title: col.string({ length: 50, renamedFrom: "name", index: true }),
        kept: col.bigInteger({ default: 2 }),
        added: col.string({ default: "it's", nullable: false }),
      },
      { checks: ["kept >= 0"], uniques: [["title", "kept"]] },
    ),
    rows: twoRows,
    options: { drop: true, acknowledge: ["all"] },
    holds: rowsAre(
      "select id, title, kept, added from items order by id",
      { id: 1, title: "a", kept: 1, added: "it's" },
      { id: 2, title: "b", kept: 1, added: "it's" },
    ),
    back: { rename: ["items.title:name"] },
  },
];

/** What every engine must be able to do with a database that has rows. */
export const evolutions: readonly Evolution[] = [...renames, ...columns, ...keys, ...tables];
