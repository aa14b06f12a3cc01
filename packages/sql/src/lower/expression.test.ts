import type { Expression } from "@mortise/core/adapter";
import { describe, expect, it } from "vitest";
import { golden } from "./neutral-dialect.fixture.ts";
import {
  aggregate,
  col,
  column,
  compare,
  list,
  modelInfo,
  parameter,
  placeOf,
  select,
  selecting,
  source,
} from "./nodes.fixture.ts";

const users = modelInfo("users", {
  id: col.increment(),
  name: col.string(),
  userId: col.integer(),
  price: col.decimal({ precision: 10, scale: 2 }),
  seenAt: col.datetime(),
  data: col.json(),
});
const id = column(users, "id");
const name = column(users, "name");
const price = column(users, "price");
const data = column(users, "data");
const p = parameter(0, placeOf(users, "id"));
const text = parameter(0);
const ids = select(source(users, "u"), { selections: [{ name: "userId", expression: column(users, "userId", "u") }] });
const yes = compare(id, "=", p);

/** Every kind of expression with the text it becomes as the condition of a query. */
const cases: Record<Expression["kind"], readonly [Expression, string, ...number[]][]> = {
  column: [[column(users, "userId"), `"users"."user_id"`]],
  name: [
    [{ kind: "name", table: "t", name: "a b" }, `"t"."a b"`],
    [{ kind: "name", table: undefined, name: `a"b` }, `"a""b"`],
  ],
  parameter: [[text, "?", 0]],
  list: [],
  // Refused before: no SQL adapter reaches the entries of lists.
  member: [],
  listChange: [],
  literal: [
    [{ kind: "literal", value: 1 }, "1"],
    [{ kind: "literal", value: "it's" }, "'it''s'"],
    [{ kind: "literal", value: true }, "true"],
    [{ kind: "literal", value: null }, "null"],
  ],
  comparison: [
    [compare(id, "=", p), `"users"."id" = ?`, 0],
    [compare(id, "<>", column(users, "userId")), `"users"."id" <> "users"."user_id"`],
    [compare(price, ">", parameter(3, placeOf(users, "price"))), `key("users"."price") > key(?)`, 3],
    [compare(price, "=", parameter(3, placeOf(users, "price"))), `"users"."price" = ?`, 3],
    [
      compare(id, "<", { kind: "subquery", query: ids }),
      `"users"."id" < (select "u"."user_id" as "userId" from "users" as "u")`,
    ],
    [compare(yes, "=", yes), `("users"."id" = ?) = ("users"."id" = ?)`, 0, 0],
    [compare(aggregate("sum", price), ">=", p), `key(decimal_sum("users"."price")) >= key(?)`, 0],
  ],
  nullTest: [
    [{ kind: "nullTest", operand: name, negated: false }, `"users"."name" is null`],
    [{ kind: "nullTest", operand: name, negated: true }, `"users"."name" is not null`],
  ],
  and: [
    [{ kind: "and", operands: [] }, "true"],
    [{ kind: "and", operands: [yes] }, `"users"."id" = ?`, 0],
    [
      { kind: "and", operands: [yes, { kind: "or", operands: [yes, yes] }] },
      `"users"."id" = ? and ("users"."id" = ? or "users"."id" = ?)`,
      0,
      0,
      0,
    ],
    [
      { kind: "and", operands: [yes, { kind: "raw", texts: ["a or b"], operands: [] }] },
      `"users"."id" = ? and (a or b)`,
      0,
    ],
  ],
  or: [
    [{ kind: "or", operands: [] }, "false"],
    [
      { kind: "or", operands: [yes, { kind: "and", operands: [yes, yes] }] },
      `"users"."id" = ? or ("users"."id" = ? and "users"."id" = ?)`,
      0,
      0,
      0,
    ],
  ],
  not: [[{ kind: "not", operand: yes }, `not ("users"."id" = ?)`, 0]],
  in: [
    [{ kind: "in", operand: id, list: list(2, placeOf(users, "id")), negated: false }, `"users"."id" in list(?)`, 2],
    [
      { kind: "in", operand: id, list: list(2, placeOf(users, "id")), negated: true },
      `not ("users"."id" in list(?))`,
      2,
    ],
    [
      { kind: "in", operand: id, list: { kind: "subquery", query: ids }, negated: true },
      `"users"."id" not in (select "u"."user_id" as "userId" from "users" as "u")`,
    ],
  ],
  between: [
    [
      { kind: "between", operand: id, low: parameter(0), high: parameter(1), negated: false },
      `"users"."id" between ? and ?`,
      0,
      1,
    ],
    [
      { kind: "between", operand: price, low: parameter(0), high: parameter(1), negated: true },
      `key("users"."price") not between key(?) and key(?)`,
      0,
      1,
    ],
  ],
  like: [
    [
      { kind: "like", operand: name, pattern: text, match: "pattern", caseSensitive: true, negated: false },
      `pattern("users"."name", ?)`,
      0,
    ],
    [
      { kind: "like", operand: name, pattern: text, match: "contains", caseSensitive: false, negated: true },
      `not (containsFolded("users"."name", ?))`,
      0,
    ],
  ],
  regexp: [[{ kind: "regexp", operand: name, pattern: text }, `"users"."name" ~ ?`, 0]],
  exists: [
    [{ kind: "exists", query: ids, negated: false }, `exists (select "u"."user_id" as "userId" from "users" as "u")`],
    [
      { kind: "exists", query: ids, negated: true },
      `not exists (select "u"."user_id" as "userId" from "users" as "u")`,
    ],
  ],
  rowList: [
    [
      {
        kind: "rowList",
        query: ids,
        type: { kind: "rows", results: [{ kind: "flag" }], ordered: false, inside: false, model: "users" },
      },
      `list((select row(form("u"."user_id")) as "row" from "users" as "u"))`,
    ],
  ],
  subquery: [[{ kind: "subquery", query: ids }, `(select "u"."user_id" as "userId" from "users" as "u")`]],
  raw: [
    [{ kind: "raw", texts: ["lower(", ") = ", ""], operands: [name, parameter(4)] }, `lower("users"."name") = ?`, 4],
  ],
  aggregate: [
    [aggregate("count"), "count(*)"],
    [aggregate("count", name, true), `count(distinct "users"."name")`],
    [aggregate("count", price), `decimal_count("users"."price")`],
    [aggregate("sum", id), `sum("users"."id")`],
    [aggregate("max", price), `decimal_max("users"."price")`],
  ],
  datePart: [[{ kind: "datePart", part: "year", operand: column(users, "seenAt") }, `year("users"."seen_at")`]],
  jsonPath: [[{ kind: "jsonPath", operand: data, path: text }, `jsonPath("users"."data", ?)`, 0]],
  jsonContains: [[{ kind: "jsonContains", operand: data, value: text }, `jsonContains("users"."data", ?)`, 0]],
  jsonLength: [[{ kind: "jsonLength", operand: data }, `jsonLength("users"."data")`]],
  jsonCompare: [
    [
      {
        kind: "jsonCompare",
        operand: { kind: "jsonPath", operand: data, path: text },
        operator: "<",
        value: parameter(1),
      },
      `jsonCompare("users"."data", ?, '<', ?)`,
      0,
      1,
    ],
  ],
  fullText: [[{ kind: "fullText", columns: [name, data], text }, `match("users"."name", "users"."data", ?)`, 0]],
  arithmetic: [
    [{ kind: "arithmetic", left: id, operator: "+", right: p }, `"users"."id" + ?`, 0],
    [{ kind: "arithmetic", left: price, operator: "-", right: p }, `subtract("users"."price", ?)`, 0],
  ],
  coalesce: [[{ kind: "coalesce", operands: [name, text] }, `coalesce("users"."name", ?)`, 0]],
  rowNumber: [
    [
      {
        kind: "rowNumber",
        partitionBy: [id, name],
        orderBy: [{ expression: price, direction: "desc", nulls: undefined }],
      },
      `row_number() over (partition by "users"."id", "users"."name" order by key("users"."price") desc)`,
    ],
    [{ kind: "rowNumber", partitionBy: [], orderBy: [] }, "row_number() over ()"],
  ],
  random: [[{ kind: "random" }, "random()"]],
};

describe("every kind of expression", () => {
  for (const [kind, list] of Object.entries(cases)) {
    it.each(list)(`lowers ${kind} (%#)`, (where, sql, ...slots) => {
      const query = select(source(users), { selections: selecting(users, "id"), where });
      expect(golden(query)).toEqual([`select "users"."id" from "users" where ${sql}`, ...slots]);
    });
  }
});

it("nests thousands of conditions no deeper than an engine reads", () => {
  const operands = Array.from({ length: 5000 }, () => yes);
  const [sql, ...slots] = golden(select(source(users), { where: { kind: "or", operands } }));
  expect(slots).toHaveLength(5000);
  let depth = 0;
  let deepest = 0;
  for (const character of sql) {
    if (character === "(") deepest = Math.max(deepest, (depth += 1));
    if (character === ")") depth -= 1;
  }
  expect(deepest).toBeLessThanOrEqual(3);
});
