import { col, sqlDefault } from "@mortise/core";
import { runTraps, type Trap } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { mysqlServer } from "./server.ts";
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
  const columns = { id, a: col.integer(), a2: col.boolean(), b: col.string({ length: 20 }), d: col.datetime() };
  return { name, declared: { columns, checks: [declared] }, twin: { columns, checks: [twin] } };
};

const byType = (name: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns: { id, a: typed(declared) } },
  twin: { columns: { id, a: typed(twin) } },
});

/** A computed column over a number and a text. */
const byExpression = (name: string, declared: string, twin: string): Trap => {
  const columns = (expression: string): Trap["declared"] => ({
    columns: {
      id,
      a: col.integer(),
      b: col.string({ length: 20 }),
      g: col.string({ length: 40, generatedAs: { expression, stored: true } }),
    },
  });
  return { name, declared: columns(declared), twin: columns(twin) };
};

const types = [
  byType("M1 bool", "bool", "int"),
  byType("M2 a display width", "int(11)", "bigint(20)"),
  byType("M2 unsigned zerofill", "int unsigned zerofill", "int unsigned"),
  byType("M3 numeric", "numeric", "numeric(10,1)"),
  byType("M3 dec", "dec(5)", "dec(6)"),
  byType("M3 real", "real", "float"),
  byType("M3 float of many digits", "float(30)", "float"),
  byType("M3 fixed", "fixed(5,1)", "fixed(5,2)"),
  byType("M3 integer", "integer", "bigint"),
  byType("M3 double precision", "double precision", "decimal(5,1)"),
  byType("M3 character varying", "character varying(5)", "character varying(6)"),
  byType("M3 long varchar", "long varchar", "text"),
  byType("M3 year", "year", "date"),
  byType(
    "M26 labels with blanks, quotes, commas and brackets",
    `enum('a ','B''c','x,y','(z)','\\\\')`,
    `enum('a ','B''C','x,y','(z)','\\\\')`,
  ),
  byType("M26 a set", "set('a','b''c')", "set('a','b''d')"),
];

const defaults = [
  byDefault("M1 a truth", "bool", "true", "false"),
  byDefault("M4 a number", "int", "1", "2"),
  byDefault("M4 a text", "varchar(9)", "'x'", "'X'"),
  byDefault("M4 a text that says NULL", "varchar(9)", "'NULL'", "'null'"),
  byDefault("M4 a text with quotes and backslashes", "varchar(9)", `'it''s \\\\ "'`, `'it''s \\\\ '`),
  byDefault("M5 a number that is rounded", "int", "1.6", "2.6"),
  byDefault("M5 a decimal in short", "decimal(10,2)", "0", "0.01"),
  byDefault("M5 a float with a zero", "float", "1.10", "1.11"),
  byDefault("M6 bits", "bit(8)", "5", "6"),
  byDefault("M6 bytes as a text", "varbinary(4)", "'ab'", "'aB'"),
  byDefault("M6 bytes in hexadecimal", "varbinary(4)", "0x6162", "0x6163"),
  byDefault("M7 a date in short", "date", "'2024-1-5'", "'2024-1-6'"),
  byDefault("M7 a moment as a number", "datetime", "20240105000000", "20240106000000"),
  byDefault("M7 a moment as a date", "datetime", "'2024-01-05'", "'2024-01-06'"),
  byDefault("M8 now with a precision", "datetime(3)", "now(3)", "'2024-01-06'"),
  byDefault("M8 now", "timestamp", "current_timestamp", "'2024-01-06 00:00:00'"),
  byDefault("M9 now as an expression", "datetime", "(now())", "(now() + interval 1 day)"),
  byDefault("M9 the date as an expression", "date", "(current_date)", "(current_date + interval 1 day)"),
  byDefault("M10 a text as an expression", "varchar(9)", "('{}')", "('[]')"),
  byDefault("M10 a sum", "int", "(1+2)", "(1+3)"),
  byDefault("M10 a function", "varchar(40)", "(uuid())", "(upper(uuid()))"),
  byDefault("M10 a function with texts", "varchar(9)", "(concat('a','b'))", "(concat('a','B'))"),
  byDefault("a default of null", "int", "null", "0"),
];

const checks = [
  byCheck("M12 a letter with an accent, and a quote", "b <> 'é' and b <> 'it''s'", "b <> 'è' and b <> 'it''s'"),
  byCheck("M12 a backslash in a text", "b <> '\\\\'", "b <> '\\\\\\\\'"),
  byCheck("M13 numbers as truths", "a > 1 or a2", "a > 1 or not a2"),
  byCheck("M13 a truth compared", "a2 = true", "a2 = false"),
  byCheck(
    "M14 functions by other names",
    "length(b) > 1 and substring(b,1,2) <> 'x'",
    "length(b) > 1 and substring(b,1,3) <> 'x'",
  ),
  byCheck("M14 a pattern and a remainder", "b regexp '^a' and a % 2 = 0", "b regexp '^b' and a % 2 = 0"),
  byCheck("M14 a cast", "cast(a as char) <> '7'", "cast(a as char) <> '8'"),
  byCheck("a list and a range", "a in (1,2) and a between 0 and 9", "a in (1,3) and a between 0 and 9"),
  byCheck("parentheses that matter", "(a = 1 or a = 2) and a = 3", "a = 1 or (a = 2 and a = 3)"),
  byCheck("a number that begins like another", "a < 100100", "a < 100"),
  byCheck("like", "b like 'a\\\\_%'", "b like 'A\\\\_%'"),
  byExpression("M11 a computed column over texts", "concat(b, 'é', ' it''s')", "concat(b, 'è', ' it''s')"),
  byExpression("M14 a computed column that cuts", "concat(substring(b,1,2), a % 2)", "concat(substring(b,1,3), a % 2)"),
];

const text = col.string({ length: 40 });
const inCollation = (collation: string, own?: string): Trap["declared"] => ({
  columns: { id, b: col.string({ length: 9, ...(own === undefined ? {} : { collation: own }) }) },
  options: { collation },
});

const keys: readonly Trap[] = [
  {
    name: "an index over the beginnings of a text",
    declared: { columns: { id, b: text }, indexes: [{ columns: [{ column: "b", length: 5 }], name: "pre" }] },
    twin: { columns: { id, b: text }, indexes: [{ columns: [{ column: "b", length: 6 }], name: "pre" }] },
  },
  {
    name: "a unique index over the beginnings of a text",
    declared: { columns: { id, b: text }, indexes: [{ columns: [{ column: "b", length: 5 }], unique: true }] },
    twin: { columns: { id, b: text }, indexes: [{ columns: ["b"], unique: true }] },
  },
  byDefault("a moment that updates renew", "datetime(3)", "now(3) on update now(3)", "now(3)"),
  byDefault("a moment that updates alone set", "timestamp null", "null on update current_timestamp", "null"),
  {
    name: "the collation of a table",
    declared: inCollation("utf8mb4_general_ci"),
    twin: inCollation("utf8mb4_general_ci", "utf8mb4_bin"),
  },
  {
    name: "a collation of another character set",
    declared: inCollation("latin1_swedish_ci"),
    twin: inCollation("latin1_bin"),
  },
  {
    name: "a counter that is not the primary key",
    declared: {
      columns: {
        k: col.string({ length: 9, primaryKey: true }),
        n: col.increment({ primaryKey: false, unique: true }),
      },
    },
    twin: {
      columns: {
        k: col.string({ length: 9, primaryKey: true }),
        n: col.increment({ primaryKey: false, unique: true, unsigned: true }),
      },
    },
  },
  {
    name: "a small counter",
    declared: { columns: { id: col.increment({ type: "smallInteger", unsigned: true }) } },
    twin: { columns: { id: col.increment({ type: "mediumInteger", unsigned: true }) } },
  },
  {
    name: "M16 a document, which MariaDB keeps as a text with a check",
    declared: { columns: { id, c: col.json() } },
    twin: { columns: { id, c: col.text() } },
  },
  {
    name: "M17 checks without names",
    declared: { columns: { id, a: col.integer() }, checks: ["a > 0", "a < 9"] },
    twin: { columns: { id, a: col.integer() }, checks: ["a > 0", "a < 8"] },
  },
  {
    name: "M20 M22 a foreign key with the index that it brings",
    declared: {
      columns: { id, pid: col.integer() },
      foreignKeys: [{ columns: ["pid"], references: { table: "trap_0", columns: ["id"] }, onDelete: "restrict" }],
    },
    twin: {
      columns: { id, pid: col.integer() },
      foreignKeys: [{ columns: ["pid"], references: { table: "trap_0", columns: ["id"] }, onDelete: "cascade" }],
    },
  },
  {
    name: "M20 an index that takes the place of the one of the foreign key",
    declared: {
      columns: { id, pid: col.integer(), x: col.integer() },
      foreignKeys: [{ columns: ["pid"], references: { table: "trap_0", columns: ["id"] } }],
    },
    twin: {
      columns: { id, pid: col.integer(), x: col.integer() },
      foreignKeys: [{ columns: ["pid"], references: { table: "trap_0", columns: ["id"] } }],
      indexes: [["pid", "x"]],
    },
  },
  {
    name: "M24 the order of an index",
    declared: { columns: { id, a: col.integer() }, indexes: [{ columns: ["a"], name: "by_a", order: { a: "desc" } }] },
    twin: { columns: { id, a: col.integer() }, indexes: [{ columns: ["a"], name: "by_a" }] },
  },
  {
    name: "M24 a full text index",
    declared: { columns: { id, a: col.text() }, indexes: [{ columns: ["a"], name: "words", type: "fulltext" }] },
    twin: {
      columns: { id, a: col.text(), b: col.text() },
      indexes: [{ columns: ["a", "b"], name: "words", type: "fulltext" }],
    },
  },
  {
    name: "M25 a collation of its own",
    declared: { columns: { id, a: col.string({ collation: "utf8mb4_bin" }) } },
    twin: { columns: { id, a: col.string({ collation: "utf8mb4_general_ci" }) } },
  },
  {
    name: "M30 a comment with quotes and backslashes",
    declared: { columns: { id, a: col.integer({ comment: "it's \\ `x` */" }) }, options: { comment: 'it\'s \\ "y"' } },
    twin: { columns: { id, a: col.integer({ comment: "it's \\ `x` * /" }) }, options: { comment: 'it\'s \\ "y"' } },
  },
  {
    name: "M30 what a table of another tool has besides",
    made: [
      "create table $table (id int not null auto_increment primary key, a varchar(10) character set utf8mb4 collate $bin, index long_a (a(3))) " +
        "engine=InnoDB auto_increment=1000 row_format=dynamic default charset=utf8mb4 collate=$bin",
    ],
    declared: { columns: { id, a: col.string({ length: 10 }) } },
    twin: { columns: { id, a: col.string({ length: 11 }) } },
  },
];

onServers((server) => {
  const own = (text: string): string => text.replaceAll("$bin", server.family.collation);
  const traps = [...types, ...defaults, ...checks, ...keys].map((trap) =>
    trap.made === undefined ? trap : { ...trap, made: trap.made.map(own) },
  );
  const fits = ({ name }: Trap): boolean => server.family === mysqlServer || !name.startsWith("MySQL");
  runTraps(targetOn(server), traps.filter(fits));
});
