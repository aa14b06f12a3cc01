import type { Expression, OrderBy, QueryResult, ResultType, SelectStatement, Statement } from "@mortise/core/adapter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sqlite } from "./index.ts";
import {
  aggregate,
  col,
  column,
  columnOf,
  compare,
  list,
  modelInfo,
  parameter,
  placeOf,
  select,
  selecting,
  source,
} from "./nodes.fixture.ts";

const items = modelInfo("items", {
  id: col.increment(),
  name: col.string(),
  price: col.decimal({ precision: 30, scale: 10, mode: "string" }),
  big: col.bigInteger(),
  ratio: col.double(),
  file: col.binary(),
  day: col.date({ as: "string" }),
  at: col.datetime({ as: "string" }),
  clock: col.time({ as: "string" }),
  data: col.json(),
  active: col.boolean(),
  loose: col(),
});

const rows = [
  {
    name: "Ärger_%",
    price: "9.5",
    big: 1,
    ratio: 0.1,
    file: "a",
    day: "2024-02-29",
    at: "2024-02-29T13:05:09.5Z",
    clock: "13:05:09.5",
    data: { a: 1, "b.c": { '"d': [true, "x"] } },
    active: true,
    loose: "x",
  },
  {
    name: "apple",
    price: "10",
    big: 2n ** 60n,
    ratio: 0.30000000000000004,
    file: "b",
    day: "2024-03-01",
    at: "2024-03-01T00:00:00Z",
    clock: "00:00:00",
    data: { a: true },
    active: false,
    loose: 5,
  },
  {
    name: "Apple*",
    price: "-0.0000000001",
    big: 2n ** 60n + 1n,
    ratio: 1e300,
    file: "c",
    day: "2023-12-31",
    at: "2023-12-31T23:59:59.999999Z",
    clock: "23:59:59",
    data: { a: "1" },
    active: true,
    loose: 1.5,
  },
  {
    name: "ΟΔΟΣ",
    price: "99999999999999999999.9999999999",
    big: -3,
    ratio: -5,
    file: "d",
    day: "2024-02-01",
    at: "2024-02-01T00:00:00Z",
    clock: "06:00:00",
    data: [1, 2, [3]],
    active: false,
    loose: "5",
  },
  {
    name: "[x]",
    price: "1.1",
    big: 7,
    ratio: 2,
    file: "e",
    day: "2020-01-01",
    at: "2020-01-01T00:00:00Z",
    clock: "01:00:00",
    data: "text",
    active: true,
    loose: Buffer.from([1]),
  },
];

const adapter = sqlite({ filename: ":memory:" });
const database = await adapter.connect();
const connection = await database.acquire();
afterAll(async () => {
  database.release(connection);
  await database.close();
});

const keys = ["name", "price", "big", "ratio", "file", "day", "at", "clock", "data", "active", "loose"] as const;
const p = (slot: number, property: string) => parameter(slot, placeOf(items, property));
const c = (property: string) => column(items, property);

async function run(
  statement: Statement,
  values: readonly unknown[] = [],
  results: readonly ResultType[] = [],
): Promise<QueryResult> {
  const access = statement.kind === "select" ? "read" : "write";
  return connection.execute(adapter.compile({ statement, results, model: items, access }), values);
}

beforeAll(async () => {
  const ddl =
    "create table items (id integer primary key, name text, price text, big integer, ratio real, file blob, day text, at text, clock text, data text, active integer, loose any) strict";
  await run({ kind: "rawStatement", texts: [ddl], operands: [] });
  await run(
    {
      kind: "insert",
      into: source(items),
      columns: keys.map((key) => columnOf(items, key)),
      rows: rows.map((_, index) => keys.map((key, at) => p(index * keys.length + at, key))),
      conflict: undefined,
      returning: [],
    },
    rows.flatMap((row) => keys.map((key) => row[key])),
  );
});

/** The ids of the rows that a condition finds. */
async function found(where: Expression, ...values: readonly unknown[]): Promise<unknown[]> {
  const statement = select(source(items), { selections: selecting(items, "id"), where });
  return (await run(statement, values)).rows.map(([id]) => id);
}

async function ordered(orderBy: OrderBy): Promise<unknown[]> {
  const statement = select(source(items), { selections: selecting(items, "id"), orderBy: [orderBy] });
  return (await run(statement)).rows.map(([id]) => id);
}

async function value(expression: Expression, result: ResultType, ...values: readonly unknown[]): Promise<unknown> {
  const statement = select(source(items), { selections: [{ name: "value", expression }] });
  const [[raw] = []] = (await run(statement, values, [result])).rows;
  const decode = adapter.decoderFor(result);
  return decode === undefined ? raw : decode(raw);
}

describe("decimals", () => {
  it("compare and sort as numbers", async () => {
    expect(await found(compare(c("price"), ">", p(0, "price")), "9.50")).toEqual([2, 4]);
    expect(await found(compare(c("price"), "=", p(0, "price")), "9.500")).toEqual([1]);
    expect(
      await found(
        { kind: "between", operand: c("price"), low: p(0, "price"), high: p(1, "price"), negated: false },
        "-1",
        "9.5",
      ),
    ).toEqual([1, 3, 5]);
    expect(
      await found({ kind: "in", operand: c("price"), list: list(0, placeOf(items, "price")), negated: false }, [
        "10.00",
        "1.1",
        3,
      ]),
    ).toEqual([2, 5]);
    expect(await ordered({ expression: c("price"), direction: "asc", nulls: undefined })).toEqual([3, 5, 1, 2, 4]);
  });

  it("add up exactly", async () => {
    const result = (name: "sum" | "avg" | "min" | "max"): ResultType => ({
      kind: "aggregate",
      name,
      place: placeOf(items, "price"),
    });
    expect(await value(aggregate("sum", c("price")), result("sum"))).toBe("100000000000000000020.5999999998");
    expect(await value(aggregate("min", c("price")), result("min"))).toBe("-0.0000000001");
    expect(await value(aggregate("max", c("price")), result("max"))).toBe("99999999999999999999.9999999999");
    expect(await value(aggregate("avg", c("price")), result("avg"))).toBe("20000000000000000004.11999999996");
    const sum: Expression = { kind: "arithmetic", left: c("price"), operator: "+", right: p(0, "price") };
    expect(await value(sum, { kind: "column", place: placeOf(items, "price") }, "0.1")).toBe("9.6000000000");
  });
});

describe("lists in one parameter", () => {
  const within = (property: string): Expression => ({
    kind: "in",
    operand: c(property),
    list: list(0, placeOf(items, property)),
    negated: false,
  });

  it.each([
    ["id", [1, 3, 99], [1, 3]],
    ["name", ["apple", "[x]", "'"], [2, 5]],
    ["big", [2n ** 60n, 7], [2, 5]],
    ["ratio", [0.1 + 0.2, 1e300, -5], [2, 3, 4]],
    ["file", [Buffer.from("b"), "e"], [2, 5]],
    ["day", ["2024-03-01"], [2]],
    ["at", ["2024-02-29T13:05:09.500Z", "2024-03-01T01:00:00+01:00"], [1, 2]],
    ["active", [true], [1, 3, 5]],
    ["loose", ["5", 1.5, Buffer.from([1])], [3, 4, 5]],
    ["loose", [5], [2]],
    ["id", [], []],
  ])("finds %s in %o", async (property, values, wanted) => {
    expect(await found(within(property), values)).toEqual(wanted);
  });

  it("keeps one text for every length, up to 100,000 values", async () => {
    expect(
      await found(
        within("id"),
        Array.from({ length: 100_000 }, (_, index) => index + 4),
      ),
    ).toEqual([4, 5]);
    const negated = { ...within("id"), negated: true } as Expression;
    expect(await found(negated, [])).toEqual([1, 2, 3, 4, 5]);
  });

  it("refuses what is not in the column's type, or null", async () => {
    await expect(found(within("id"), [1, "2"])).rejects.toThrow("items.id must be a whole number");
    await expect(found(within("name"), [{}])).rejects.toThrow("items.name must be a text");
    await expect(found(within("id"), [null])).rejects.toThrow("items.id may not be null");
  });
});

describe("text", () => {
  const matching = (match: "pattern" | "contains" | "startsWith" | "endsWith", caseSensitive = true): Expression => ({
    kind: "like",
    operand: c("name"),
    pattern: parameter(0),
    match,
    caseSensitive,
    negated: false,
  });

  it.each([
    ["pattern", true, "a%", [2]],
    ["pattern", false, "a%", [2, 3]],
    ["pattern", false, "ä%", [1]],
    ["pattern", true, "_pple", [2]],
    ["pattern", true, "%\\_\\%", [1]],
    ["pattern", true, "[x]", [5]],
    ["pattern", false, "οδος", [4]],
    ["contains", true, "_%", [1]],
    ["contains", false, "PPLE", [2, 3]],
    ["contains", true, "", [1, 2, 3, 4, 5]],
    ["startsWith", true, "Apple*", [3]],
    ["startsWith", true, "[", [5]],
    ["endsWith", true, "*", [3]],
    ["endsWith", false, "Σ", [4]],
  ] as const)("%s (case: %s) %s", async (match, caseSensitive, text, wanted) => {
    expect(await found(matching(match, caseSensitive), text)).toEqual(wanted);
  });

  it("matches regular expressions as JavaScript does", async () => {
    const regexp: Expression = { kind: "regexp", operand: c("name"), pattern: parameter(0) };
    expect(await found(regexp, "^[Aa]pple.?$")).toEqual([2, 3]);
    expect(await found(regexp, "^\\p{Lu}+$")).toEqual([4]);
    await expect(found(regexp, "(")).rejects.toThrow("A regular expression is not valid");
  });
});

describe("dates", () => {
  const part = (part: "date" | "year" | "month" | "day" | "time", property: string): Expression => ({
    kind: "datePart",
    part,
    operand: c(property),
  });

  it("have parts", async () => {
    const first = async (expression: Expression) => value(expression, { kind: "raw" });
    expect(await first(part("year", "at"))).toBe(2024);
    expect(await first(part("month", "day"))).toBe(2);
    expect(await first(part("day", "at"))).toBe(29);
    expect(await first(part("date", "at"))).toBe("2024-02-29");
    expect(await first(part("time", "at"))).toBe("13:05:09");
    expect(await first(part("time", "day"))).toBe("00:00:00");
    expect(await first(part("time", "clock"))).toBe("13:05:09");
    expect(await first(part("year", "clock"))).toBeNull();
  });

  it("compare in time, with microseconds and zones", async () => {
    expect(await found(compare(c("at"), ">", p(0, "at")), "2024-03-01T00:59:59.999999+01:00")).toEqual([2]);
    expect(await found(compare(c("at"), "<", p(0, "at")), new Date("2024-01-01T00:00:00Z"))).toEqual([3, 5]);
  });
});

describe("documents", () => {
  const path: Expression = { kind: "jsonPath", operand: c("data"), path: parameter(0) };
  const at = (operator: "=" | "<>" | "<" | ">"): Expression => ({
    kind: "jsonCompare",
    operand: { kind: "jsonPath", operand: c("data"), path: parameter(0) },
    operator,
    value: parameter(1),
  });
  const contains: Expression = {
    kind: "jsonContains",
    operand: c("data"),
    value: parameter(0, { ...placeOf(items, "data"), nullable: false }),
  };

  it("tell the types of JSON apart", async () => {
    expect(await found(at("="), ["a"], 1)).toEqual([1]);
    expect(await found(at("="), ["a"], true)).toEqual([2]);
    expect(await found(at("="), ["a"], "1")).toEqual([3]);
    expect(await found(at("<>"), ["a"], 1)).toEqual([2, 3]);
    expect(await found(at(">"), ["a"], 0)).toEqual([1]);
    expect(await found(at("<"), ["a"], "2")).toEqual([3]);
  });

  it("are reached by any key and index", async () => {
    expect(await found(at("="), ["b.c", '"d', 1], "x")).toEqual([1]);
    expect(await found(at("="), [1], 2)).toEqual([4]);
    expect(await found({ kind: "nullTest", operand: path, negated: true }, ['a"]."b'])).toEqual([]);
    expect(await value(path, { kind: "raw" }, ["b.c", '"d', 0])).toBe(1);
  });

  it("contain parts of themselves", async () => {
    expect(await found(contains, { "b.c": { '"d': ["x"] } })).toEqual([1]);
    expect(await found(contains, [2])).toEqual([4]);
    expect(await found(contains, 2)).toEqual([4]);
    expect(await found(contains, [[3]])).toEqual([4]);
    expect(await found(contains, 3)).toEqual([]);
    expect(await found(contains, "text")).toEqual([5]);
    expect(await found(contains, {})).toEqual([1, 2, 3]);
  });

  it("have a length when they are lists", async () => {
    expect(await found(compare({ kind: "jsonLength", operand: c("data") }, "=", parameter(0)), 3)).toEqual([4]);
  });
});

describe("results", () => {
  const sum = (property: string): Promise<unknown> =>
    value(aggregate("sum", c(property)), { kind: "aggregate", name: "sum", place: placeOf(items, property) });

  it("keep integers exact", async () => {
    expect(await sum("big")).toBe(2n ** 61n + 6n);
    expect(await sum("id")).toBe(15);
    expect(await value(aggregate("count"), { kind: "aggregate", name: "count", place: undefined })).toBe(5);
    expect(
      await value(aggregate("avg", c("id")), { kind: "aggregate", name: "avg", place: placeOf(items, "id") }),
    ).toBe(3);
    expect(
      await value(aggregate("max", c("big")), { kind: "aggregate", name: "max", place: placeOf(items, "big") }),
    ).toBe(2n ** 60n + 1n);
  });

  it("know flags", async () => {
    const exists: Expression = { kind: "exists", query: select(source(items)), negated: false };
    expect(await value(exists, { kind: "flag" })).toBe(true);
  });

  it("sort nulls first, or where the query says", async () => {
    await run({ kind: "insert", into: source(items), columns: [], rows: [[]], conflict: undefined, returning: [] });
    const by = (direction: "asc" | "desc", nulls?: "first" | "last") =>
      ordered({ expression: c("price"), direction, nulls });
    expect(await by("asc")).toEqual([6, 3, 5, 1, 2, 4]);
    expect(await by("desc")).toEqual([4, 2, 1, 5, 3, 6]);
    expect(await by("asc", "last")).toEqual([3, 5, 1, 2, 4, 6]);
    expect(await by("desc", "first")).toEqual([6, 4, 2, 1, 5, 3]);
    await run({ kind: "delete", from: source(items), where: compare(c("id"), "=", p(0, "id")), returning: [] }, [6]);
  });
});

describe("statements", () => {
  it("offset without a limit, in random order, explained", async () => {
    const all: SelectStatement = select(source(items), { selections: selecting(items, "id"), offset: parameter(0) });
    expect((await run(all, [3])).rows).toEqual([[4], [5]]);
    const shuffled = select(source(items), {
      selections: selecting(items, "id"),
      orderBy: [{ expression: { kind: "random" }, direction: "asc", nulls: undefined }],
    });
    expect((await run(shuffled)).rows).toHaveLength(5);
    const plan = await run({ kind: "explain", query: all }, [0]);
    expect(plan.columns).toEqual(["id", "parent", "notused", "detail"]);
    expect(String(plan.rows)).toContain("SCAN items");
  });

  it("upsert, and leave columns to their defaults", async () => {
    const model = modelInfo("counters", {
      id: col.increment(),
      name: col.string({ unique: true }),
      hits: col.integer({ default: 7 }),
      file: col.binary({ default: "\u00ff" }),
    });
    await run({
      kind: "rawStatement",
      texts: ["create table counters (id integer primary key, name text unique, hits integer, file blob) strict"],
      operands: [],
    });
    const [name, hits, file] = ["name", "hits", "file"].map((property) => columnOf(model, property));
    if (!name || !hits || !file) throw new Error("The columns are there.");
    const upsert = (first: number): Statement => ({
      kind: "insert",
      into: source(model),
      columns: [name, hits, file],
      rows: [
        [parameter(0, placeOf(model, "name")), parameter(first, placeOf(model, "hits")), undefined],
        [parameter(2, placeOf(model, "name")), undefined, undefined],
      ],
      conflict: {
        columns: [name],
        update: [
          {
            column: hits,
            value: {
              kind: "arithmetic",
              left: column(model, "hits"),
              operator: "+",
              right: { kind: "literal", value: 1 },
            },
          },
        ],
      },
      returning: selecting(model, "name", "hits", "file"),
    });
    const written = [
      ["a", 5, Buffer.from("ÿ")],
      ["b", 7, Buffer.from("ÿ")],
    ];
    expect((await run(upsert(1), ["a", 5, "b"])).rows).toEqual(written);
    expect((await run(upsert(1), ["a", 5, "b"])).rows.map(([, count]) => count)).toEqual([6, 8]);
    await run({ kind: "truncate", table: source(model) });
    expect((await run(select(source(model), { selections: selecting(model, "id") }))).rows).toEqual([]);
  });

  it("take 500 groups within each other and 5,000 terms side by side", async () => {
    let nested: Expression = compare(c("id"), "=", p(0, "id"));
    for (let level = 0; level < 450; level += 1) {
      nested = { kind: level % 2 === 0 ? "and" : "or", operands: [compare(c("id"), "=", p(0, "id")), nested] };
    }
    expect(await found(nested, 2)).toEqual([2]);
    const operands = Array.from({ length: 5000 }, () => compare(c("id"), "=", p(0, "id")));
    expect(await found({ kind: "or", operands }, 3)).toEqual([3]);
  });
});
