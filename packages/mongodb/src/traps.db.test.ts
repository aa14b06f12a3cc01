import { col, sqlDefault } from "@mortise/core";
import { runTraps, type Trap } from "@mortise/testkit";
import { onServer } from "./test-database.fixture.ts";
import { serverTarget } from "./target.fixture.ts";

const id = col.increment();
type Columns = Trap["declared"]["columns"];
type Indexes = Trap["declared"]["indexes"];

const byColumn = (name: string, declared: Columns[string], twin: Columns[string]): Trap => ({
  name,
  declared: { columns: { id, a: declared } },
  twin: { columns: { id, a: twin } },
});

const columns = { id, a: col.integer(), b: col.string({ nullable: false }), c: col.json(), d: col.datetime() };
const byIndex = (name: string, declared: NonNullable<Indexes>[number], twin: NonNullable<Indexes>[number]): Trap => ({
  name,
  declared: { columns, indexes: [declared] },
  twin: { columns, indexes: [twin] },
});
const byCheck = (name: string, declared: string, twin: string): Trap => ({
  name,
  declared: { columns, checks: [declared] },
  twin: { columns, checks: [twin] },
});

const traps: readonly Trap[] = [
  byColumn("a length", col.string({ length: 20 }), col.string({ length: 21 })),
  byColumn("a range", col.integer({ unsigned: true }), col.integer()),
  byColumn("a wider range", col.tinyInteger(), col.smallInteger()),
  byColumn("digits", col.decimal({ precision: 10, scale: 2 }), col.decimal({ precision: 11, scale: 2 })),
  byColumn("labels", col.enum(["a", "it's"]), col.enum(["it's", "a"])),
  byColumn("labels of a set", col.set(["a", "b"]), col.set(["a", "c"])),
  byColumn("entries of a list", col.array(col.integer()), col.array(col.text())),
  byColumn("a pattern", col.uuid(), col.ulid()),
  byColumn("a day and a time", col.date(), col.time()),
  byColumn("a number with a point and one without", col.double(), col.bigInteger()),
  byColumn("a field that may be missing", col.json({ nullable: false }), col.json()),
  byColumn("a default", col.integer({ default: 0 }), col.integer({ default: 1 })),
  byColumn("a default with quotes", col.text({ default: "it's" }), col.text({ default: "it''s" })),
  byColumn("a long default", col.bigInteger({ default: 5n }), col.bigInteger({ default: 9007199254740993n })),
  byColumn(
    "a default of digits",
    col.decimal({ default: "1.50", mode: "string" }),
    col.decimal({ default: "1.51", mode: "string" }),
  ),
  byColumn("a moment", col.datetime({ default: sqlDefault("now()") }), col.datetime()),
  byColumn("a comment", col.text({ comment: "one\n(two)" }), col.text({ comment: "one\n(three)" })),
  byColumn(
    "a comment that looks like a default",
    col.text({ comment: "(default 1)", default: "x" }),
    col.text({ comment: "(default 2)", default: "x" }),
  ),
  byIndex("the order of fields", ["a", "b"], ["b", "a"]),
  byIndex("a direction", { columns: [{ column: "a", order: "desc" }, "b"] }, ["a", "b"]),
  byIndex(
    "a unique key that leaves nulls out",
    { columns: ["a"], unique: true },
    { columns: ["a"], unique: true, nullsNotDistinct: true },
  ),
  byIndex(
    "a unique key that has no nulls by its own condition",
    { columns: ["a"], unique: true, nullsNotDistinct: true, where: '"a" is not null' },
    { columns: ["a"], unique: true, nullsNotDistinct: true },
  ),
  byIndex(
    "a unique key in a direction",
    { columns: [{ column: "b", order: "desc" }], unique: true },
    { columns: ["b"], unique: true },
  ),
  byIndex("documents that run out", { columns: ["d"], type: "ttl(3600)" }, { columns: ["d"], type: "TTL ( 60 )" }),
  byIndex("a sparse index", { columns: ["a"], type: "sparse" }, ["a"]),
  byIndex("a text index", { columns: ["b", "c"], type: "fulltext" }, { columns: ["b"], type: "text" }),
  byIndex("a place", { columns: ["c"], type: "2dsphere" }, ["c"]),
  byIndex("a hashed index", { columns: ["b"], type: "hash" }, ["b"]),
  byIndex("all fields", { columns: [{ expression: "$**" }] }, { columns: [{ expression: "c.$**" }] }),
  byIndex("a path", { columns: [{ expression: "c.one.two" }] }, { columns: [{ expression: "c.one" }] }),
  byIndex(
    "a condition of SQL",
    { columns: ["a"], where: "a > 5 and b is not null" },
    { columns: ["a"], where: "a > 6 and b is not null" },
  ),
  byIndex(
    "a query, its keys in another order",
    { columns: ["a"], name: "mine", where: '{ "b": "x", "a": { "$gt": 1 } }' },
    { columns: ["a"], name: "mine", where: '{ "b": "x" }' },
  ),
  byIndex(
    "a unique key with a condition",
    { columns: ["a"], unique: true, where: "b = 'x'" },
    { columns: ["a"], unique: true, where: "b = 'y'" },
  ),
  byCheck("a comparison", "a >= 18", "a > 18"),
  byCheck("blanks and parentheses", "( A_ is null or  b<>'x' )".replace("A_", "a"), "a is null or b <> 'y'"),
  byCheck("a length of a text", "length(b) <= 5", "length(b) <= 6"),
  byCheck("a query document", '{ "a": { "$gte": 18 } }', '{ "a": { "$gte": 19 } }'),
  {
    name: "a key of several columns",
    declared: { columns: { a: col.integer(), b: col.integer() }, primaryKey: ["a", "b"] },
    twin: { columns: { a: col.integer(), b: col.integer() }, primaryKey: ["b", "a"] },
  },
  {
    name: "a comment of a collection",
    declared: { columns: { id }, options: { comment: "one" } },
    twin: { columns: { id }, options: { comment: "two" } },
  },
];

onServer(() => runTraps(serverTarget(), traps));
