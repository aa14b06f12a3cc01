import { col } from "@mortise/core";
import type { Definition, Operation, Row } from "./operation.ts";

type Column = Definition["columns"][string];

const id = col.integer({ nullable: false, primaryKey: true });
const table = (columns: Definition["columns"], more: Omit<Definition, "columns"> = {}): Definition => ({
  columns: { id, ...columns },
  ...more,
});
const values = (...list: readonly unknown[]): readonly Row[] => list.map((v, at) => ({ id: at + 1, v }));

/** One column with another type: what fits, and what does not. */
const retyped = (
  name: string,
  [from, to]: readonly [Column, Column],
  good: readonly unknown[],
  bad: readonly unknown[] = [],
): Operation => ({
  name,
  before: table({ v: from }),
  after: table({ v: to }),
  filled: values(...good),
  violating: values(...good, ...bad),
});

/** Something else about a table. */
const changed = (
  name: string,
  before: Definition,
  after: Definition | undefined,
  filled: readonly Row[],
  violating: readonly Row[] = [],
): Operation => ({ name, before, after, filled, violating: [...filled, ...violating] });

const decimal = (precision: number, scale: number): Column => col.decimal({ precision, scale, mode: "string" });
const text = (length: number): Column => col.string({ length });

const numbers: readonly Operation[] = [
  retyped("big -> integer", [col.bigInteger(), col.integer()], [1, 2], [2 ** 40]),
  retyped("big -> small", [col.bigInteger(), col.smallInteger()], [1, 2], [2 ** 40]),
  retyped("integer -> small", [col.integer(), col.smallInteger()], [1, 2], [100_000]),
  retyped("small -> integer", [col.smallInteger(), col.integer()], [1, 2]),
  retyped("integer -> unsigned", [col.integer(), col.integer({ unsigned: true })], [1, 2], [-1]),
  retyped("integer -> boolean", [col.integer(), col.boolean()], [0, 1], [5]),
  retyped("boolean -> integer", [col.boolean(), col.integer()], [true, false]),
  retyped("integer -> decimal of three digits", [col.integer(), decimal(3, 0)], [1, 2], [5000]),
  retyped("integer -> double", [col.integer(), col.double()], [1, 2]),
  retyped("big -> double", [col.bigInteger(), col.double()], [1, 2], [9_007_199_254_740_993n]),
  retyped("double -> integer", [col.double(), col.integer()], [1, 2], [1.5]),
  retyped("double -> decimal", [col.double(), decimal(4, 1)], [1, 2], [12_345.25]),
  retyped("decimal with fewer digits", [decimal(10, 2), decimal(5, 2)], ["1.00"], ["99999.00"]),
  retyped("decimal with fewer places", [decimal(10, 2), decimal(10, 0)], ["1.00"], ["1.25"]),
  retyped("decimal with more digits", [decimal(5, 2), decimal(10, 2)], ["1.00"]),
  retyped("decimal -> integer", [decimal(10, 2), col.integer()], ["1.00"], ["1.50"]),
];

const texts: readonly Operation[] = [
  retyped("shorter string", [text(40), text(5)], ["a", "b"], ["longer than five"]),
  retyped("longer string", [text(5), text(40)], ["a", "b"]),
  retyped("shorter char", [col.char({ length: 5 }), col.char({ length: 2 })], ["ab"], ["abcde"]),
  retyped("text -> string", [col.text(), text(5)], ["a"], ["longer than five"]),
  retyped("string -> text", [text(5), col.text()], ["a"]),
  retyped("long text -> text", [col.longText(), col.text()], ["a"], ["x".repeat(70_000)]),
  retyped("medium text -> string", [col.mediumText(), text(5)], ["a"], ["longer than five"]),
  retyped("integer -> short string", [col.integer(), text(2)], [1], [12_345]),
  retyped("integer -> text", [col.integer(), col.text()], [1, 2]),
  retyped("text -> integer", [col.text(), col.integer()], ["1"], ["x"]),
  retyped("string -> big", [text(40), col.bigInteger()], ["1"], ["x"]),
  retyped("string -> double", [text(40), col.double()], ["1.5"], ["x"]),
  retyped("string -> decimal", [text(40), decimal(5, 2)], ["1.50"], ["x"]),
  retyped("string -> date", [text(40), col.date({ as: "string" })], ["2024-01-05"], ["x"]),
  retyped("string -> json", [text(40), col.json()], ['{"a":1}'], ["{"]),
  retyped("json -> text", [col.json(), col.text()], [{ a: 1 }]),
  retyped("uuid -> short string", [col.uuid(), text(10)], [], ["0e37df36-f698-11e6-8dd4-cb9ced3df976"]),
  retyped(
    "bytes with fewer places",
    [col.binary({ length: 9 }), col.binary({ length: 2 })],
    [new Uint8Array([1])],
    [new Uint8Array([1, 2, 3])],
  ),
];

const moments: readonly Operation[] = [
  retyped("moment -> day", [col.timestamp(), col.date({ as: "string" })], [], [new Date("2024-01-05T10:00:00Z")]),
  retyped("day -> text", [col.date({ as: "string" }), col.text()], ["2024-01-05"]),
  retyped(
    "moment with fewer places",
    [col.timestamp({ precision: 3 }), col.timestamp({ precision: 0 })],
    [new Date("2024-01-05T10:00:00Z")],
    [new Date("2024-01-05T10:00:00.250Z")],
  ),
];

const labels: readonly Operation[] = [
  retyped("enum with fewer labels", [col.enum(["a", "b", "c"]), col.enum(["a", "b"])], ["a"], ["c"]),
  retyped("enum with more labels", [col.enum(["a", "b"]), col.enum(["a", "x", "b"])], ["a"]),
  retyped("enum -> short string", [col.enum(["a", "bcd"]), text(1)], ["a"], ["bcd"]),
  retyped("string -> enum", [text(9), col.enum(["a", "b"])], ["a"], ["x"]),
  retyped(
    "native enum with fewer labels",
    [col.enum(["a", "b", "c"], { native: "ops_kind" }), col.enum(["a", "b"], { native: "ops_kind" })],
    ["a", "b"],
    ["c", "c"],
  ),
];

const v = col.integer();
const pair = { a: col.integer(), b: col.integer() };

const nulls: readonly Operation[] = [
  changed("not null", table({ v }), table({ v: col.integer({ nullable: false }) }), values(1), [{ id: 9, v: null }]),
  changed(
    "not null with a default",
    table({ v }),
    table({ v: col.integer({ nullable: false, default: 5 }) }),
    values(1),
    [{ id: 9, v: null }],
  ),
  changed(
    "not null and narrower",
    table({ v: col.bigInteger() }),
    table({ v: col.smallInteger({ nullable: false }) }),
    values(1),
    [{ id: 9, v: null }],
  ),
  changed("null again", table({ v: col.integer({ nullable: false }) }), table({ v }), values(1, 2)),
  changed("new column", table({}), table({ v }), [{ id: 1 }, { id: 2 }]),
  changed("new column that is never null", table({}), table({ v: col.integer({ nullable: false }) }), [], [{ id: 1 }]),
  changed(
    "new column that is never null, with a default",
    table({}),
    table({ v: col.integer({ nullable: false, default: 5 }) }),
    [{ id: 1 }],
  ),
  changed(
    "another default",
    table({ v: col.integer({ default: 1 }) }),
    table({ v: col.integer({ default: 2 }) }),
    values(7),
  ),
  changed("no default", table({ v: col.integer({ default: 1 }) }), table({ v }), values(7)),
];

const unkeyed = (more: Omit<Definition, "columns"> = {}): Definition => ({
  columns: { id: col.integer({ nullable: false }), v: col.integer({ nullable: false }) },
  ...more,
});
const pointer = (onDelete: "cascade" | "set null"): Definition =>
  table({ v }, { foreignKeys: [{ columns: ["v"], references: { table: "ops", columns: ["id"] }, onDelete }] });

const keys: readonly Operation[] = [
  changed("unique", table({ v }), table({ v: col.integer({ unique: true }) }), values(1, 2), [{ id: 9, v: 2 }]),
  changed(
    "unique over two columns",
    table(pair),
    table(pair, { uniques: [["a", "b"]] }),
    [{ id: 1, a: 1, b: 1 }],
    [{ id: 2, a: 1, b: 1 }],
  ),
  changed(
    "unique over fewer columns",
    table(pair, { uniques: [{ columns: ["a", "b"], name: "one" }] }),
    table(pair, { uniques: [{ columns: ["a"], name: "one" }] }),
    [{ id: 1, a: 1, b: 1 }],
    [{ id: 2, a: 1, b: 2 }],
  ),
  changed(
    "unique index",
    table({ v }),
    table({ v }, { indexes: [{ columns: ["v"], unique: true, name: "ops_one" }] }),
    values(1, 2),
    [{ id: 9, v: 2 }],
  ),
  changed("unique gone", table({ v: col.integer({ unique: true }) }), table({ v }), values(1, 2)),
  changed("primary key", unkeyed(), unkeyed({ primaryKey: ["id"] }), values(1, 2), [{ id: 2, v: 2 }]),
  changed("another primary key", unkeyed({ primaryKey: ["id"] }), unkeyed({ primaryKey: ["v"] }), values(1, 2), [
    { id: 9, v: 2 },
  ]),
  changed("foreign key", table({ v }), pointer("cascade"), values(1, 2), [{ id: 9, v: 99 }]),
  changed("foreign key with another action", pointer("cascade"), pointer("set null"), values(1, 2)),
  changed("foreign key gone", pointer("cascade"), table({ v }), values(1, 2)),
  changed("index", table({ v }), table({ v: col.integer({ index: true }) }), values(1, 1)),
  changed("index gone", table({ v: col.integer({ index: true }) }), table({ v }), values(1, 1)),
];

const low = (bound: number): Omit<Definition, "columns"> => ({
  checks: [{ name: "ops_low", expression: `v > ${bound}` }],
});

const rest: readonly Operation[] = [
  changed("check", table({ v }), table({ v }, low(0)), values(1, 2), [{ id: 9, v: -1 }]),
  changed("stricter check", table({ v }, low(0)), table({ v }, low(1)), values(2, 3), [{ id: 9, v: 1 }]),
  changed("check gone", table({ v }, low(0)), table({ v }), values(1, 2)),
  changed("column gone", table({ v }), table({}), [{ id: 1, v: null }], [{ id: 2, v: 7 }]),
  changed(
    "two columns gone",
    table(pair),
    table({}),
    [],
    [
      { id: 1, a: 1, b: null },
      { id: 2, a: 1, b: 2 },
    ],
  ),
  changed("table gone", table({ v }), undefined, [], values(1, 2)),
  changed("renamed column", table({ v }), table({ w: col.integer({ renamedFrom: "v" }) }), values(1, 2)),
  changed(
    "computed column",
    table({ a: col.integer(), v }),
    table({ a: col.integer(), v: col.integer({ generatedAs: { expression: "a * 2", stored: true } }) }),
    [{ id: 1, a: 1, v: null }],
    [{ id: 2, a: 1, v: 7 }],
  ),
  changed(
    "computed column gone",
    table({ a: col.integer(), v: col.integer({ generatedAs: { expression: "a * 2", stored: true } }) }),
    table({ a: col.integer() }),
    [{ id: 1, a: 1 }],
  ),
];

/** What people do to tables, and rows that are in the way of it. */
export const operations: readonly Operation[] = [
  ...numbers,
  ...texts,
  ...moments,
  ...labels,
  ...nulls,
  ...keys,
  ...rest,
];
