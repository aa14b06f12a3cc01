import { expect, test } from "vitest";
import { parseIndex } from "./parse-index.ts";
import { parseTable } from "./parse-table.ts";

test("columns with everything that can stand in them", () => {
  const table = parseTable(`CREATE TABLE IF NOT EXISTS main."t" ( -- the table
    id integer CONSTRAINT "pk t" PRIMARY KEY ASC AUTOINCREMENT,
    [a b] varchar ( 20 ) NOT NULL ON CONFLICT IGNORE DEFAULT (')' || "x") COLLATE nocase,
    c 'my type'(3) CHECK (c <> ',') CONSTRAINT cc CHECK ((c > 1) and (c < 9)),
    d GENERATED ALWAYS AS (length("a b")) STORED UNIQUE ON CONFLICT REPLACE, /* , */
    e int AS (id + 1) DEFAULT -1,
    f REFERENCES "o""ther" ON DELETE SET NULL MATCH FULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
  )`);
  expect(table.columns).toEqual([
    { name: "id", type: "integer", collation: undefined, autoIncrement: true, generated: undefined },
    { name: "a b", type: "varchar(20)", collation: "nocase", autoIncrement: false, generated: undefined },
    { name: "c", type: "'my type'(3)", collation: undefined, autoIncrement: false, generated: undefined },
    {
      name: "d",
      type: "",
      collation: undefined,
      autoIncrement: false,
      generated: { expression: 'length("a b")', stored: true },
    },
    {
      name: "e",
      type: "int",
      collation: undefined,
      autoIncrement: false,
      generated: { expression: "id + 1", stored: false },
    },
    { name: "f", type: "", collation: undefined, autoIncrement: false, generated: undefined },
  ]);
  expect(table.primaryKeyName).toBe("pk t");
  expect(table.checks).toEqual([
    { name: undefined, expression: "c <> ','" },
    { name: "cc", expression: "(c > 1) and (c < 9)" },
  ]);
  expect(table.uniques).toEqual([{ name: undefined, columns: ["d"] }]);
  expect(table.foreignKeys).toEqual([
    {
      name: undefined,
      columns: ["f"],
      table: 'o"ther',
      references: [],
      onDelete: "set null",
      onUpdate: "no action",
      deferrable: true,
    },
  ]);
  expect(table.notes).toEqual(["ON CONFLICT IGNORE of not null (a b)", "ON CONFLICT REPLACE of unique key (d)"]);
});

test("table constraints, with and without the commas that SQLite does not insist on", () => {
  const table = parseTable(
    `CREATE TABLE t(a, b, "check" text, CONSTRAINT k PRIMARY KEY (a, [b]) CONSTRAINT u UNIQUE (b, a) CHECK (a > (1)),
      CONSTRAINT fk FOREIGN KEY (a, "b") REFERENCES o (x, y) NOT DEFERRABLE INITIALLY IMMEDIATE) STRICT, WITHOUT ROWID`,
  );
  expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
    ["a", ""],
    ["b", ""],
    ["check", "text"],
  ]);
  expect(table.primaryKeyName).toBe("k");
  expect(table.uniques).toEqual([{ name: "u", columns: ["b", "a"] }]);
  expect(table.checks).toEqual([{ name: undefined, expression: "a > (1)" }]);
  expect(table.foreignKeys).toMatchObject([
    { name: "fk", columns: ["a", "b"], references: ["x", "y"], deferrable: false },
  ]);
  expect(table.notes).toEqual([]);
});

test("what a state has no word for is noted, not lost", () => {
  const notes = (sql: string) => parseTable(sql).notes;
  expect(notes("CREATE TABLE t(a, PRIMARY KEY (a COLLATE nocase DESC))")).toEqual([
    "primary key (a COLLATE nocase DESC)",
  ]);
  expect(notes("CREATE TABLE t(a, UNIQUE (a) ON CONFLICT ABORT)")).toEqual(["ON CONFLICT ABORT of unique key (a)"]);
  expect(notes("CREATE TABLE t(a int) FUTURE OPTION")).toEqual(["FUTURE", "OPTION"]);
  expect(notes("CREATE TABLE t(a int NEVER (x) SEEN)")).toEqual([]);
});

test("text that ALTER TABLE has edited", () => {
  const table = parseTable(
    'CREATE TABLE t(a int -- last, one\n, b text default \'x\', CONSTRAINT "q""1" check (b > -5))',
  );
  expect(table.columns.map((column) => column.name)).toEqual(["a", "b"]);
  expect(table.checks).toEqual([{ name: 'q"1', expression: "b > -5" }]);
});

test("indexes", () => {
  expect(
    parseIndex(
      `CREATE UNIQUE INDEX IF NOT EXISTS "i on" ON t (a COLLATE nocase DESC, lower(b || ','), "desc" ASC, (c)) WHERE a > 1 -- x`,
    ),
  ).toEqual({ parts: ["a COLLATE nocase", "lower(b || ',')", '"desc"', "(c)"], where: "a > 1" });
  expect(parseIndex("CREATE INDEX i ON t (a)")).toEqual({ parts: ["a"], where: undefined });
});
