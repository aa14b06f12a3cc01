import type { OrderBy, SelectStatement } from "@mortise/core/adapter";
import { RawNode } from "kysely";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../dialect.ts";
import { compileNeutral, golden, neutralDialect } from "./neutral-dialect.fixture.ts";
import {
  aggregate,
  col,
  column,
  columnOf,
  compare,
  modelInfo,
  parameter,
  placeOf,
  select,
  selecting,
  source,
} from "./nodes.fixture.ts";
import { template } from "./template.ts";

const users = modelInfo("users", { id: col.increment(), name: col.string(), postCount: col.integer() });
const posts = modelInfo("posts", { id: col.increment(), userId: col.integer(), price: col.decimal() });
const byId = compare(column(users, "id"), "=", parameter(0, placeOf(users, "id")));
const order = (
  expression: OrderBy["expression"],
  direction: OrderBy["direction"],
  nulls?: "first" | "last",
): OrderBy => ({
  expression,
  direction,
  nulls,
});

describe("select", () => {
  it("spells every clause in its place", () => {
    const statement = select(source(users, "u"), {
      selections: [
        { name: "id", expression: column(users, "id", "u") },
        { name: "posts", expression: aggregate("count") },
      ],
      joins: [
        { type: "left", source: source(posts), on: compare(column(posts, "userId"), "=", column(users, "id", "u")) },
        { type: "cross", source: { kind: "table", name: "days", alias: "d" }, on: undefined },
      ],
      distinct: true,
      where: compare(column(users, "name", "u"), "=", parameter(0)),
      groupBy: [column(users, "id", "u")],
      having: compare(aggregate("count"), ">", parameter(1)),
      orderBy: [
        order(column(users, "id", "u"), "asc"),
        order({ kind: "name", table: undefined, name: "posts" }, "desc", "first"),
      ],
      limit: parameter(2),
      offset: parameter(3),
      lock: { strength: "update", wait: "skipLocked" },
    });
    expect(golden(statement)).toEqual([
      `select distinct "u"."id", count(*) as "posts" from "users" as "u"` +
        ` left join "posts" on "posts"."user_id" = "u"."id" cross join "days" as "d" where "u"."name" = ?` +
        ` group by "u"."id" having count(*) > ? order by "u"."id", "posts" desc nulls first limit ? offset ?` +
        ` for update skip locked`,
      0,
      1,
      2,
      3,
    ]);
  });

  it("selects without a table", () => {
    const flag = {
      name: "found",
      expression: { kind: "exists", query: select(source(users)), negated: false },
    } as const;
    expect(golden(select({ kind: "none" }, { selections: [flag] }))[0]).toBe(
      `select exists (select 1 as "one" from "users") as "found"`,
    );
  });

  it("says a limit of its own where only an offset was asked for", () => {
    expect(golden(select(source(users), { selections: selecting(users, "id"), offset: parameter(0) }))).toEqual([
      `select "users"."id" from "users" limit all offset ?`,
      0,
    ]);
  });

  it("lowers distinct on, or refuses it by name", () => {
    const statement = select(source(users), {
      selections: selecting(users, "id"),
      distinctOn: [column(users, "name")],
    });
    expect(golden(statement)[0]).toBe(`select distinct on ("users"."name") "users"."id" from "users"`);
    expect(() => golden(statement, { ...neutralDialect, distinctOn: false })).toThrow(
      "distinctOn is not supported by neutral.",
    );
  });

  it("refuses locks and full text where the dialect has none", () => {
    const locked = select(source(users), { lock: { strength: "share", wait: "noWait" } });
    expect(() => golden(locked, { ...neutralDialect, rowLocks: false })).toThrow(
      "A row lock is not supported by neutral.",
    );
    const searched = select(source(users), {
      where: { kind: "fullText", columns: [column(users, "name")], text: parameter(0) },
    });
    expect(() => golden(searched, { ...neutralDialect, fullText: undefined })).toThrow(
      "Full-text search is not supported by neutral.",
    );
  });

  it("reads from queries and common tables, also recursive ones", () => {
    const inner = select(source(posts), { selections: selecting(posts, "id") });
    const tree = select(
      { kind: "table", name: "tree", alias: "tree" },
      {
        selections: [{ name: "id", expression: { kind: "name", table: "tree", name: "id" } }],
      },
    );
    const statement = select(
      { kind: "derived", query: inner, alias: "recent" },
      {
        with: [
          {
            name: "tree",
            columns: ["id"],
            query: { ...inner, setOperations: [{ operator: "unionAll", query: tree }] },
            recursive: true,
          },
        ],
        selections: [{ name: "n", expression: { kind: "name", table: "recent", name: "id" } }],
      },
    );
    expect(golden(statement)[0]).toBe(
      `with recursive "tree"("id") as (select "posts"."id" from "posts" union all select "tree"."id" from "tree")` +
        ` select "recent"."id" as "n" from (select "posts"."id" from "posts") as "recent"`,
    );
  });
});

describe("order by", () => {
  const ordered = (item: OrderBy, nulls = neutralDialect.nulls) =>
    golden(select(source(posts), { selections: selecting(posts, "id"), orderBy: [item] }), {
      ...neutralDialect,
      nulls,
    })[0].split("order by ")[1];
  const userId = column(posts, "userId");

  it("says where nulls go only when the engine would put them elsewhere", () => {
    expect(ordered(order(userId, "asc"))).toBe(`"posts"."user_id"`);
    expect(ordered(order(userId, "desc", "last"))).toBe(`"posts"."user_id" desc`);
    expect(ordered(order(userId, "asc", "last"))).toBe(`"posts"."user_id" nulls last`);
    expect(ordered(order(column(posts, "id"), "asc", "last"))).toBe(`"posts"."id"`);
    expect(ordered(order(userId, "asc"), { ascending: "last", clause: true })).toBe(`"posts"."user_id" nulls first`);
    expect(ordered(order(userId, "desc"), { ascending: "last", clause: true })).toBe(
      `"posts"."user_id" desc nulls last`,
    );
  });

  it("orders by nullness first where the engine has no words for it", () => {
    const without = { ascending: "first", clause: false } as const;
    expect(ordered(order(userId, "asc", "last"), without)).toBe(`"posts"."user_id" is null, "posts"."user_id"`);
    expect(ordered(order(userId, "desc", "first"), without)).toBe(
      `"posts"."user_id" is null desc, "posts"."user_id" desc`,
    );
  });

  it("orders by the key of types that do not sort as they are stored", () => {
    expect(ordered(order(column(posts, "price"), "desc"))).toBe(`key("posts"."price") desc`);
  });
});

describe("set operations", () => {
  const a = select(source(users), { selections: selecting(users, "id") });
  const b = select(source(posts), { selections: selecting(posts, "id") });
  const sqlOf = (statement: SelectStatement) => golden(statement)[0];
  const A = `select "users"."id" from "users"`;
  const B = `select "posts"."id" from "posts"`;

  it("joins queries from left to right", () => {
    expect(
      sqlOf({
        ...a,
        setOperations: [
          { operator: "union", query: b },
          { operator: "except", query: a },
        ],
      }),
    ).toBe(`${A} union ${B} except ${A}`);
  });

  it("keeps that order where engines would let intersect go first", () => {
    expect(
      sqlOf({
        ...a,
        setOperations: [
          { operator: "unionAll", query: b },
          { operator: "intersect", query: a },
        ],
      }),
    ).toBe(`select * from (${A} union all ${B}) as "rows" intersect ${A}`);
  });

  it("orders and limits the whole by its result columns", () => {
    const statement: SelectStatement = {
      ...a,
      setOperations: [{ operator: "union", query: { ...b, limit: parameter(0) } }],
      orderBy: [order(column(users, "id"), "desc")],
      limit: parameter(1),
    };
    expect(golden(statement)).toEqual([
      `select * from (${A} union select * from (${B} limit ?) as "rows") as "rows" order by "id" desc limit ?`,
      0,
      1,
    ]);
    const unknown = { ...statement, orderBy: [order(column(users, "name"), "asc")] };
    expect(() => sqlOf(unknown)).toThrow("can be ordered only by columns that it selects");
  });
});

describe("writes", () => {
  const columns = [columnOf(users, "name"), columnOf(users, "postCount")];
  const row = (first: number) => [parameter(first, placeOf(users, "name")), parameter(first + 1)];

  it("inserts rows and returns columns without a table name", () => {
    expect(
      golden({
        kind: "insert",
        into: source(users),
        columns,
        rows: [row(0), [parameter(2), undefined]],
        conflict: undefined,
        returning: selecting(users, "id", "postCount"),
      }),
    ).toEqual([
      `insert into "users" ("name", "post_count") values (?, ?), (?, default_of(post_count))` +
        ` returning "id", "post_count" as "postCount"`,
      0,
      1,
      2,
    ]);
  });

  it("moves the counter of a column whose number the caller gives", () => {
    const moveCounter: Dialect["moveCounter"] = (given, { property }, { table }) =>
      template`moved(${given}, ${RawNode.createWithSql(`'${table}.${property}'`)})`;
    const counting = { ...neutralDialect, moveCounter };
    const into = source(users);
    const id = columnOf(users, "id");
    const insert = { kind: "insert", into, columns: [id], rows: [row(0).slice(0, 1)], conflict: undefined } as const;
    const moved = `moved("users"."id", 'users.id') as "mortise_counter"`;
    const values = `insert into "users" ("id") values (?) returning`;
    expect(golden({ ...insert, returning: selecting(users, "name") }, counting)[0]).toBe(`${values} "name", ${moved}`);
    expect(golden({ ...insert, returning: [] }, counting)[0]).toBe(`${values} ${moved}`);
    const set = [{ column: id, value: parameter(0) }];
    expect(golden({ kind: "update", table: into, set, where: undefined, returning: [] }, counting)[0]).toBe(
      `update "users" set "id" = ? returning ${moved}`,
    );
  });

  it("inserts a row of defaults", () => {
    const statement = {
      kind: "insert",
      into: source(users),
      columns: [],
      rows: [[]],
      conflict: undefined,
      returning: [],
    } as const;
    expect(golden(statement)).toEqual([`insert into "users" default values`]);
  });

  it.each([
    [
      "onConflict",
      `on conflict ("name") do update set "post_count" = excluded."post_count", "name" = "users"."name"`,
      `on conflict ("name") do nothing`,
    ],
    [
      "onDuplicateKey",
      `on duplicate key update "name" = case when "name" = values("name") then "name" else (select 1 union all select 2) end, ` +
        `"post_count" = values("post_count"), "name" = "users"."name"`,
      `on duplicate key update "name" = case when "name" = values("name") then "name" else (select 1 union all select 2) end`,
    ],
  ] as const)("spells an upsert as %s", (upsert, updating, ignoring) => {
    const dialect = { ...neutralDialect, upsert };
    const [nameColumn, countColumn] = columns;
    if (nameColumn === undefined || countColumn === undefined) throw new Error("There are two columns.");
    const insert = { kind: "insert", into: source(users), columns, rows: [row(0)], returning: [] } as const;
    const update = [
      { column: countColumn, value: { kind: "excluded", column: countColumn } },
      { column: nameColumn, value: column(users, "name") },
    ] as const;
    const values = `insert into "users" ("name", "post_count") values (?, ?) `;
    expect(golden({ ...insert, conflict: { columns: [nameColumn], update } }, dialect)[0]).toBe(values + updating);
    expect(golden({ ...insert, conflict: { columns: [nameColumn], update: undefined } }, dialect)[0]).toBe(
      values + ignoring,
    );
  });

  it("updates and deletes", () => {
    const [nameColumn] = columns;
    if (nameColumn === undefined) throw new Error("There are two columns.");
    const set = [{ column: nameColumn, value: parameter(1, placeOf(users, "name")) }];
    const returning = selecting(users, "name");
    expect(golden({ kind: "update", table: source(users), set, where: byId, returning })).toEqual([
      `update "users" set "name" = ? where "users"."id" = ? returning "name"`,
      1,
      0,
    ]);
    expect(golden({ kind: "delete", from: source(users), where: byId, returning: [] })).toEqual([
      `delete from "users" where "users"."id" = ?`,
      0,
    ]);
  });
});

describe("the rest", () => {
  it("truncates, explains and takes the caller's own text", () => {
    expect(golden({ kind: "truncate", table: source(users) })).toEqual([`truncate "users"`]);
    const query = select(source(users), { selections: selecting(users, "id") });
    expect(golden({ kind: "explain", query })).toEqual([`explain select "users"."id" from "users"`]);
    expect(
      golden({ kind: "rawStatement", texts: ["select ", " + ", ""], operands: [parameter(1), parameter(0)] }),
    ).toEqual(["select ? + ?", 1, 0]);
  });

  it("names a schema where the model has one", () => {
    const info = { ...users, options: { ...users.options, schema: "app" } };
    expect(
      golden(select({ kind: "model", model: info, alias: "users" }, { selections: selecting(users, "id") }))[0],
    ).toBe(`select "users"."id" from "app"."users" as "users"`);
  });

  it("compiles to a frozen value whose text depends on no caller value", () => {
    const compiled = compileNeutral(select(source(users), { selections: selecting(users, "id"), where: byId }));
    expect(Object.isFrozen(compiled) && Object.isFrozen(compiled.binds)).toBe(true);
    expect(compiled.binds.map((bind) => bind.encode(`'; drop table users; --`))).toEqual([
      `id:'; drop table users; --`,
    ]);
  });
});
