import { col, sqlDefault } from "@mortise/core";
import { runTraps, type Trap } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

const id = col.increment();
const typed = (type: string, expression?: string) =>
  col.specific(type, expression === undefined ? {} : { default: sqlDefault(expression) });

/** A column that is declared in one way and stored in another. */
const byColumn = (name: string, type: string, declared: string | undefined, twin: string | undefined): Trap => ({
  name,
  declared: { columns: { id, a: typed(type, declared) } },
  twin: { columns: { id, a: typed(type, twin) } },
});

const byType = (name: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns: { id, a: typed(declared) } },
  twin: { columns: { id, a: typed(twin) } },
});

const byCheck = (name: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns: { id, a: col.integer(), b: col.text() }, checks: [declared] },
  twin: { columns: { id, a: col.integer(), b: col.text() }, checks: [twin] },
});

const traps: readonly Trap[] = [
  byType("S1 int in small letters", "int", "integer2"),
  byType("S1 a size with blanks", "varchar ( 20 )", "varchar(21)"),
  byType("S1 a quoted type with a size", '"strange type"(3)', '"strange type"(4)'),
  byType("S2 types by the affinity of their letters", "POINT", "FLOATING POINT"),
  byColumn("S3 a number with a sign", "int", "+1", "-1"),
  byColumn("S3 a number as a text", "int", "'1'", "'2'"),
  byColumn("S3 a number with an exponent", "real", "1e3", "1e4"),
  byColumn("S3 a number in hexadecimal", "int", "0x10", "0x11"),
  byColumn("S3 bytes", "blob", "x'00FF'", "x'00FE'"),
  byColumn("S3 a truth", "int", "true", "false"),
  byColumn("S3 a text in double quotes", "text", '"dq"', '"dQ"'),
  byColumn("S3 an expression in parentheses", "text", "(datetime('now'))", "(datetime('now', 'utc'))"),
  byColumn("S3 a keyword", "text", "current_timestamp", "CURRENT_DATE"),
  byColumn("S3 null", "int", "null", "0"),
  byCheck("a check with comments and blanks", "( a > 1 /* one */ AND\n b<>'x' )", "a > 1 and b <> 'X'"),
  byCheck("parentheses that matter", "(a = 1 or a = 2) and a = 3", "a = 1 or (a = 2 and a = 3)"),
  byCheck("a number that begins like another", "a < 100100", "a < 100"),
  {
    name: "S4 a computed column",
    declared: { columns: { id, a: col.integer(), g: col.integer({ generatedAs: "A*2" }) } },
    twin: { columns: { id, a: col.integer(), g: col.integer({ generatedAs: { expression: "A*2", stored: true } }) } },
  },
  {
    name: "S5 S13 foreign keys with actions and deferral",
    declared: {
      columns: { id, a: col.integer() },
      foreignKeys: [
        { columns: ["a"], references: { table: "trap_0", columns: ["id"] }, onDelete: "cascade", deferrable: true },
      ],
    },
    twin: {
      columns: { id, a: col.integer() },
      foreignKeys: [{ columns: ["a"], references: { table: "trap_0", columns: ["id"] }, onDelete: "cascade" }],
    },
  },
  {
    name: "S6 a unique key inside of a table, and a predicate",
    made: [
      "create table $table (id integer primary key autoincrement not null, a int unique, b text) strict",
      "create index mine on $table (b) where B IS NOT NULL",
    ],
    declared: {
      columns: { id, a: col.integer({ unique: true }), b: col.text() },
      indexes: [{ columns: ["b"], name: "mine", where: "(b is not null)" }],
    },
    twin: {
      columns: { id, a: col.integer({ unique: true }), b: col.text() },
      indexes: [{ columns: ["b"], name: "mine", where: "(b is null)" }],
    },
  },
  {
    name: "S7 a collation in other letters",
    made: ["create table $table (id integer primary key autoincrement not null, b text collate NoCase) strict"],
    declared: { columns: { id, b: col.text({ collation: "nocase" }) } },
    twin: { columns: { id, b: col.text({ collation: "rtrim" }) } },
  },
  {
    name: "S9 a table that ALTER TABLE has edited",
    made: [
      "create table $table (id integer primary key autoincrement not null -- the key\n) strict",
      "alter table $table add column [a b] text default 'x' /* last */",
      "alter table $table rename column [a b] to c",
    ],
    declared: { columns: { id, c: col.text({ default: "x" }) } },
    twin: { columns: { id, c: col.text({ default: "y" }) } },
  },
];

runTraps(target, traps);
