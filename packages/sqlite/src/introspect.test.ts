import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SchemaState, TableState } from "@mortise/core/state";
import { openSchemaDatabase } from "./schema-database.fixture.ts";

async function inspectSql(sql: string): Promise<SchemaState> {
  const { database, schema } = openSchemaDatabase();
  database.exec(sql);
  return schema.inspect({ namespaces: [] });
}

async function normalSql(sql: string): Promise<TableState> {
  const { schema } = openSchemaDatabase();
  const [table] = (await schema.normalise(await inspectSql(sql))).tables;
  if (table === undefined) throw new Error("no table");
  return table;
}

describe("what SQLite's pragmas do not tell", () => {
  test("S1 declared types keep their size, also behind quotes", async () => {
    const { columns } = await normalSql(
      `create table t(a int, b varchar(20), c decimal(10, 2), d "strange type"(3), e)`,
    );
    expect(columns.map((column) => column.databaseType)).toEqual([
      "INTEGER",
      "VARCHAR(20)",
      "DECIMAL(10,2)",
      "STRANGE TYPE(3)",
      "",
    ]);
  });

  test("S3 defaults of every spelling", async () => {
    const { columns } = await normalSql(
      `create table t(a int default +1, b int default '1', c int default true, d int default 0x10, e text default foo,
        f text default (datetime('now')), g int default null, h text default CURRENT_TIMESTAMP, i blob default x'00FF', j text)`,
    );
    expect(columns.map((column) => column.default?.kind === "expression" && column.default.expression)).toEqual([
      "1",
      "1",
      "1",
      "16",
      "'foo'",
      "datetime('now')",
      false,
      "current_timestamp",
      "x'00ff'",
      false,
    ]);
  });

  test("S4 generated columns with their expressions", async () => {
    const { columns } = await normalSql(
      `create table t(a text, b int generated always as (LENGTH("a")) stored, c text as (a || 'x'))`,
    );
    expect(columns.map((column) => column.generated)).toEqual([
      undefined,
      { expression: "length(a)", stored: true },
      { expression: "a || 'x'", stored: false },
    ]);
  });

  test("S5 foreign keys with names, deferral and the other table's own spelling", async () => {
    const { tables } = await inspectSql(
      `create table Parent(Id integer primary key, x int, y int, unique (x, y));
       create table child(a int references parent, b int, c int,
         constraint fk foreign key (b, C) references PARENT(X, y) on delete cascade deferrable initially deferred)`,
    );
    const { schema } = openSchemaDatabase();
    const normal = await schema.normalise({ tables, enums: [], unmanaged: [] });
    const plain = { namespace: undefined, table: "Parent" };
    expect(normal.tables[1]?.foreignKeys).toEqual([
      {
        name: undefined,
        columns: ["a"],
        references: { ...plain, columns: ["Id"] },
        onDelete: "no action",
        onUpdate: "no action",
        deferrable: false,
      },
      {
        name: "fk",
        columns: ["b", "c"],
        references: { ...plain, columns: ["x", "y"] },
        onDelete: "cascade",
        onUpdate: "no action",
        deferrable: true,
      },
    ]);
  });

  test("S6 unique keys are not indexes, expressions and predicates come from the text", async () => {
    const [table] = (
      await inspectSql(
        `create table t(a text unique, b text, c text collate nocase, constraint u unique (b, a));
         create unique index plain on t(c);
         create unique index part on t(lower(a), b desc, c collate binary) where b is not null`,
      )
    ).tables;
    expect(table?.uniques).toEqual([
      { name: undefined, columns: ["a"] },
      { name: "u", columns: ["b", "a"] },
    ]);
    expect(table?.indexes).toMatchObject([
      { name: "plain", unique: true, columns: [{ column: "c", collation: "nocase" }] },
      {
        name: "part",
        unique: true,
        where: "b is not null",
        columns: [
          { column: undefined, expression: "lower(a)" },
          { column: "b", order: "desc" },
          { column: "c", collation: "binary" },
        ],
      },
    ]);
    const { schema } = openSchemaDatabase();
    const [normal] = (await schema.normalise({ tables: table ? [table] : [], enums: [], unmanaged: [] })).tables;
    expect(normal?.uniques.map((unique) => unique.name)).toEqual([undefined, "u", "plain"]);
    expect(normal?.indexes.map((index) => [index.name, index.columns.map((part) => part.collation)])).toEqual([
      ["part", [undefined, undefined, "BINARY"]],
    ]);
  });

  test("S7 conflict clauses, STRICT, WITHOUT ROWID, collations and names of checks", async () => {
    const [table] = (
      await inspectSql(
        `create table t(a text primary key on conflict replace, b text collate rtrim constraint nonempty check (b <> '')) strict, without rowid`,
      )
    ).tables;
    expect(table?.options).toMatchObject({ strict: true, withoutRowid: true });
    expect(table?.columns.map((column) => column.collation)).toEqual([undefined, "rtrim"]);
    expect(table?.checks).toEqual([{ name: "nonempty", expression: "b <> ''" }]);
    expect(table?.unmanaged).toEqual([{ kind: "clause", name: "ON CONFLICT replace of primary key" }]);
  });

  test("S8 INT PRIMARY KEY is not the row's own number", async () => {
    const int = await normalSql("create table t(id int primary key, a int)");
    const integer = await normalSql("create table t(id integer primary key, a int)");
    expect(int.columns.map((column) => column.databaseType)).toEqual(["INT", "INTEGER"]);
    expect(integer.columns.map((column) => column.databaseType)).toEqual(["INTEGER", "INTEGER"]);
    expect(int.unmanaged).toEqual([{ kind: "nullable primary key", name: "id" }]);
    expect(integer.unmanaged).toEqual([]);
    expect([int, integer].map((table) => table.columns[0]?.nullable)).toEqual([false, false]);
  });

  test("S8 autoincrement is seen in both places where it can stand", async () => {
    const inColumn = await normalSql("create table t(id integer primary key autoincrement)");
    const inTable = await normalSql("create table t(id integer, primary key(id autoincrement))");
    const without = await normalSql("create table t(id integer primary key)");
    expect([inColumn, inTable, without].map((table) => table.columns[0]?.autoIncrement)).toEqual([true, true, false]);
  });

  test("S9 text that ALTER TABLE has edited", async () => {
    const table = await normalSql(
      `create table old([x] int, \`y\` text -- the last
       ); alter table old rename to "new name"; alter table "new name" rename column x to "x y";
       alter table "new name" add column z text default 'q' collate nocase; alter table "new name" add constraint c check (z <> '');`,
    );
    expect(table.name).toBe("new name");
    expect(table.columns.map((column) => column.name)).toEqual(["x y", "y", "z"]);
    expect(table.columns[2]).toMatchObject({ collation: "NOCASE", default: { expression: "'q'" } });
    expect(table.checks).toEqual([{ name: "c", expression: "z <> ''" }]);
    expect(table.unmanaged).toEqual([]);
  });

  test("S17 views, triggers, virtual tables and their shadows are seen and not managed", async () => {
    const state = await inspectSql(
      `create table t(a); create view v as select * from t; create virtual table f using fts5(a);
       create trigger tr after insert on t begin delete from t; end; create temp table other(x);`,
    );
    expect(state.tables.map((table) => table.name)).toEqual(["t"]);
    expect(state.tables[0]?.unmanaged).toEqual([
      {
        kind: "trigger",
        name: "tr",
        definition: "CREATE TRIGGER tr after insert on t begin delete from t; end",
      },
    ]);
    const kinds = Map.groupBy(state.unmanaged, ({ kind }) => kind);
    expect(kinds.get("view")).toEqual([{ kind: "view", name: "v", definition: "CREATE VIEW v as select * from t" }]);
    expect(kinds.get("virtual table")).toEqual([{ kind: "virtual table", name: "f" }]);
    expect(kinds.get("shadow table")).toHaveLength(5);
  });
});

test("inspection takes four queries, however many tables there are", async () => {
  const { database, schema, log } = openSchemaDatabase();
  for (let table = 0; table < 200; table += 1)
    database.exec(`create table t${table}(a integer primary key, b text unique)`);
  const state = await schema.inspect({ namespaces: [] });
  expect(state.tables).toHaveLength(200);
  expect(log).toHaveLength(4);
});

const corpus = `${process.env["CORPUS_DIR"] ?? ""}/sqlite`;

test.skipIf(!existsSync(corpus))("real schemas are read whole, in one normal form (needs CORPUS_DIR)", async () => {
  const counts: Record<string, number> = {};
  for (const name of ["chinook", "sakila", "temporal"]) {
    const { database, schema } = openSchemaDatabase();
    database.pragma("foreign_keys = off");
    database.exec(readFileSync(`${corpus}/${name}.sql`, "utf8"));
    const state = await schema.inspect({ namespaces: [] });
    const normal = await schema.normalise(state);
    expect(await schema.normalise(normal)).toEqual(normal);
    expect(state.tables.flatMap((table) => table.unmanaged.filter(({ kind }) => kind === "not understood"))).toEqual(
      [],
    );
    counts[name] = state.tables.length;
  }
  expect(counts).toEqual({ chinook: 11, sakila: 16, temporal: 37 });
});
