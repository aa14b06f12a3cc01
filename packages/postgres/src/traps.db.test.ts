import { col, sqlDefault } from "@mortise/core";
import { runTraps, type Trap } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const id = col.increment();
const typed = (type: string, expression?: string) =>
  col.specific(type, expression === undefined ? {} : { default: sqlDefault(expression) });

/** A default that is declared in one way and stored in another. */
const byDefault = (name: string, type: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns: { id, a: typed(type, declared) } },
  twin: { columns: { id, a: typed(type, twin) } },
});

/** A check over some columns of usual types. */
const byCheck = (name: string, declared: string, twin: string): Trap => {
  const columns = {
    id,
    a: col.integer(),
    b: col.specific("varchar(20)"),
    c: col.text(),
    d: col.date(),
    f: col.jsonb(),
    t: col.datetime(),
  };
  return { name, declared: { columns, checks: [declared] }, twin: { columns, checks: [twin] } };
};

const byType = (name: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns: { id, a: typed(declared) } },
  twin: { columns: { id, a: typed(twin) } },
});

const indexed = (where: string): Trap["declared"] => ({
  columns: { id, b: col.specific("varchar(20)") },
  indexes: [{ columns: ["b"], name: `by_${where.length}`, where }],
});

const defaults = [
  byDefault("P1 a negative number", "integer", "-1", "-2"),
  byDefault("P2 a cast that says what is", "bigint", "1::bigint", "2::bigint"),
  byDefault("P3 a number with an exponent", "double precision", "-1.5e3", "-1.5e2"),
  byDefault("P4 a text of varchar", "varchar(9)", "'x'", "'X'"),
  byDefault("P4 a text of char", "char(2)", "'ab'", "'aB'"),
  byDefault("P4 a text", "text", "'it''s'", "'its'"),
  byDefault("P5 a number as a text", "int", "'1'", "'2'"),
  byDefault("P5 a truth as a text", "boolean", "'t'", "'f'"),
  byDefault("P5 a truth as a word", "boolean", "TRUE", "FALSE"),
  byDefault("P6 a decimal as it was written", "numeric(10,2)", "'1.50'", "'1.51'"),
  byDefault("P7 a date in short", "date", "'2024-1-5'", "'2024-1-6'"),
  byDefault("P7 a time in short", "time", "'10:00'", "'10:01'"),
  byDefault("P7 an interval", "interval", "'1 day'", "'2 days'"),
  byDefault("P9 one of the words for now", "timestamptz", "CURRENT_TIMESTAMP", "clock_timestamp()"),
  byDefault("P9 now with a precision", "timestamptz", "current_timestamp(3)", "current_timestamp(2)"),
  byDefault("P10 jsonb, which sorts its keys", "jsonb", `'{"b":1, "a":2}'`, `'{"b":1, "a":3}'`),
  byDefault("P10 json, which keeps its text", "json", `'{"b":1, "a":2}'`, `'{"b":1,  "a":2}'`),
  byDefault("P11 an empty array", "varchar(5)[]", "'{}'", "'{x}'"),
  byDefault("P11 an array by its constructor", "text[]", "array[]::text[]", "array['']::text[]"),
  byDefault("P11 an array of numbers", "int[]", "'{1,2}'", "'{2,1}'"),
  byDefault("P13 bits", "bit(3)", "b'101'", "b'100'"),
  byDefault("an expression in parentheses", "int", "((1 + 2))", "(1 + 3)"),
];

const checks = [
  byCheck("P1 a negative number in a check", "a = -1", "a = -2"),
  byCheck("P14 a list of numbers", "a in (1,2)", "a in (1,3)"),
  byCheck("P14 a list of one", "c not in ('a')", "c not in ('A')"),
  byCheck(
    "P15 a list of texts of varchar, which the server prints otherwise when it reads its own print",
    "b in ('x','y')",
    "b in ('x','Y')",
  ),
  byCheck("P16 between", "a between 1 and 5", "a between 1 and 6"),
  byCheck("P16 like", "b like 'a%'", "b like 'A%'"),
  byCheck("P16 not equal and cast", "a != 3 and cast(b as text) <> 'x'", "a != 4 and cast(b as text) <> 'x'"),
  byCheck(
    "P17 functions with their own grammar",
    "trim(b) <> '' and substring(b from 1 for 2) <> 'xx'",
    "trim(b) <> '' and substring(b from 1 for 3) <> 'xx'",
  ),
  byCheck(
    "P17 extract and similar",
    "extract(year from d) > 2000 and b similar to 'x%'",
    "extract(year from d) > 2001 and b similar to 'x%'",
  ),
  byCheck("P18 a moment in the zone of the session", "t > '2020-01-01'", "t > '2020-01-02'"),
  byCheck("P19 a cast of a text to text", "c::text <> '' and b::text <> ''", "c::text <> '' or b::text <> ''"),
  byCheck("parentheses that matter", "(a = 1 or a = 2) and a = 3", "a = 1 or (a = 2 and a = 3)"),
  byCheck("a number that begins like another", "a < 100100", "a < 100"),
  byCheck("a path into a document", "f->>'k' = 'x'", "f->>'K' = 'x'"),
];

const shapes: readonly Trap[] = [
  byType("P21 int4", "int4", "int8"),
  byType("P21 float of few digits", "float(10)", "float(25)"),
  byType("P21 dec and decimal", "dec(10)", "decimal(12,1)"),
  byType("P21 timetz with a precision", "timetz(2)", "timetz(3)"),
  byType("P21 varbit", "varbit", "bit"),
  byType("P21 national character varying", "national character varying", "varchar(3)"),
  byType("P22 array dimensions", "int[3][3]", "bigint[]"),
  byType('P23 "char", char and bpchar', '"char"', "char"),
  {
    name: "P12 a default of null",
    declared: { columns: { id, a: typed("int", "null") } },
    twin: { columns: { id, a: typed("int", "0") } },
  },
  {
    name: "P20 a type that takes its default, check and predicate along",
    declared: {
      columns: { id, b: typed("varchar(9)", "'x'") },
      checks: ["b <> 'y'"],
      indexes: [{ columns: ["b"], name: "p20", where: "b <> 'z'" }],
    },
    twin: {
      columns: { id, b: typed("text", "'x'") },
      checks: ["b <> 'y'"],
      indexes: [{ columns: ["b"], name: "p20", where: "b <> 'z'" }],
    },
  },
  { name: "P14 the predicate of an index", declared: indexed("b in ('x', 'y')"), twin: indexed("b in ('x', 'z')") },
  {
    name: "P24 the order, the method and what an index includes",
    declared: {
      columns: { id, a: col.integer(), b: col.integer() },
      indexes: [{ columns: ["a"], name: "p24", type: "btree", order: { a: "desc" }, include: ["b"] }],
    },
    twin: {
      columns: { id, a: col.integer(), b: col.integer() },
      indexes: [{ columns: ["a"], name: "p24", type: "btree", order: { a: "asc" }, include: ["b"] }],
    },
  },
  {
    name: "the operators of an index",
    declared: {
      columns: { id, b: col.text() },
      indexes: [{ columns: [{ column: "b", operatorClass: "text_pattern_ops" }], name: "ops" }],
    },
    twin: { columns: { id, b: col.text() }, indexes: [{ columns: ["b"], name: "ops" }] },
  },
  {
    name: "where nulls stand in an index",
    declared: {
      columns: { id, b: col.text() },
      indexes: [{ columns: [{ column: "b", order: "desc", nulls: "last" }], name: "nulls" }],
    },
    twin: {
      columns: { id, b: col.text() },
      indexes: [{ columns: [{ column: "b", order: "desc", nulls: "first" }], name: "nulls" }],
    },
  },
  {
    name: "an index over an expression",
    declared: {
      columns: { id, b: col.text() },
      indexes: [{ columns: [{ expression: "lower(b)" }, "id"], name: "expr", unique: true }],
    },
    twin: {
      columns: { id, b: col.text() },
      indexes: [{ columns: [{ expression: "upper(b)" }, "id"], name: "expr", unique: true }],
    },
  },
  {
    name: "the name of a primary key",
    declared: { columns: { a: col.integer(), b: col.integer() }, primaryKey: { columns: ["a", "b"], name: "pk_one" } },
    twin: { columns: { a: col.integer(), b: col.integer() }, primaryKey: { columns: ["a", "b"], name: "pk_two" } },
  },
  {
    name: "the collation of all texts of a table",
    made: [
      'create table $table (id int generated by default as identity primary key, b text, c varchar(5) collate "C")',
    ],
    declared: {
      columns: { id, b: col.text(), c: col.string({ length: 5, collation: "C" }) },
      options: { collation: "default" },
    },
    twin: { columns: { id, b: col.text(), c: col.string({ length: 5 }) }, options: { collation: "default" } },
  },
  {
    name: "a counter whose sequence belongs to nobody",
    made: [
      "create sequence $table_numbers",
      "create table $table (id int primary key default nextval('$table_numbers'), a int)",
    ],
    declared: { columns: { id, a: col.integer() } },
    twin: { columns: { id, a: col.bigInteger() } },
  },
  {
    name: "a counter that is not the primary key",
    declared: {
      columns: { k: col.text({ primaryKey: true }), n: col.increment({ primaryKey: false, type: "smallInteger" }) },
    },
    twin: { columns: { k: col.text({ primaryKey: true }), n: col.increment({ primaryKey: false }) } },
  },
  {
    name: "P26 names that are too long together",
    declared: {
      columns: {
        id,
        aColumnWithAVeryLongNameThatGoesOn: col.string({ unique: true }),
        anotherColumnWithAVeryLongName: col.string(),
      },
    },
    twin: {
      columns: {
        id,
        aColumnWithAVeryLongNameThatGoesOn: col.string({ unique: true }),
        anotherColumnWithAVeryLongName: col.string(),
      },
      uniques: [["aColumnWithAVeryLongNameThatGoesOn", "anotherColumnWithAVeryLongName"]],
    },
  },
  {
    name: "P28 a serial column of another tool",
    made: ["create table $table (id serial primary key, a int)"],
    declared: { columns: { id, a: col.integer() } },
    twin: { columns: { id, a: col.bigInteger() } },
  },
  {
    name: "P31 a computed column",
    declared: {
      columns: { id, a: col.integer(), g: col.integer({ generatedAs: { expression: "a*2", stored: true } }) },
    },
    twin: { columns: { id, a: col.integer(), g: col.integer({ generatedAs: { expression: "a*3", stored: true } }) } },
  },
  {
    name: "P37 the collation of another tool is a difference, and its own is none",
    made: ['create table $table (id int generated by default as identity primary key, b text collate "C")'],
    declared: { columns: { id, b: col.text() } },
    twin: { columns: { id, b: col.text({ collation: "POSIX" }) } },
  },
  {
    name: "P40 a unique index is a unique key",
    made: [
      "create table $table (id int generated by default as identity primary key, a int)",
      "create unique index mine on $table (a)",
    ],
    declared: { columns: { id, a: col.integer({ unique: true }) } },
    twin: { columns: { id, a: col.integer({ unique: true, index: true }) } },
  },
  {
    name: "P43 names that are words of SQL, or in capitals",
    declared: {
      columns: { id, order: col.integer({ databaseName: "Order" }), user: col.integer({ index: true }) },
      checks: ['"Order" > "user"'],
    },
    twin: {
      columns: { id, order: col.integer({ databaseName: "Order" }), user: col.integer({ index: true }) },
      checks: ['"Order" >= "user"'],
    },
  },
];

onServers((server) => runTraps(targetOn(server), [...defaults, ...checks, ...shapes]));
