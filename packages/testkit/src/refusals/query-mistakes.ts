import { raw } from "@mortise/core";
import { untrusted } from "../untrusted.ts";
import { Stranger, type Shop } from "./shop.ts";

/** Does what must be refused. */
export type Act = (shop: Shop) => unknown;
const bad = untrusted("nope");

/** Every place that takes the name of a column. */
export const unknownNames: Readonly<Record<string, Act>> = {
  where: ({ customers }) => customers.where(bad, untrusted(1)).many(),
  "where of an object": ({ customers }) => customers.where(untrusted({ nope: 1 })),
  orWhere: ({ customers }) => customers.orWhere(bad, untrusted(1)),
  whereIn: ({ customers }) => customers.whereIn(bad, []),
  whereNull: ({ customers }) => customers.whereNull(bad),
  whereBetween: ({ customers }) => customers.whereBetween(bad, untrusted([1, 2])),
  whereContains: ({ customers }) => customers.whereContains(bad, "x"),
  whereColumn: ({ customers }) => customers.whereColumn("id", bad),
  whereDate: ({ customers }) => customers.whereDate(bad, new Date()),
  whereJson: ({ customers }) => customers.whereJson(bad, ["a"], 1),
  select: ({ customers }) => customers.select(bad),
  "select of an object": ({ customers }) => customers.select({ it: bad }),
  orderBy: ({ customers }) => customers.orderBy(bad),
  groupBy: ({ customers }) => customers.groupBy(bad),
  having: ({ customers }) => customers.having(bad, 1),
  max: ({ customers }) => customers.max(bad),
  pluck: ({ customers }) => customers.pluck(bad),
  insert: ({ customers }) => customers.insert(untrusted({ email: "e", nope: 1 })),
  insertMany: ({ customers }) => customers.insertMany([untrusted({ nope: 1 })]),
  update: ({ customers }) => customers.where("id", 1).update(untrusted({ nope: 1 })),
  increment: ({ customers }) => customers.where("id", 1).increment(bad),
  returning: ({ customers }) => customers.returning(bad),
  upsert: ({ customers }) => customers.upsert({ email: "e" }, { conflict: [bad] }),
  firstOrCreate: ({ customers }) => customers.firstOrCreate(untrusted({ nope: 1 })),
};

/** Every place that takes the name of a relation. */
export const unknownRelations: Readonly<Record<string, Act>> = {
  load: ({ customers }) => customers.load(bad),
  "load of an object": ({ customers }) => customers.load(untrusted({ nope: true })),
  whereHas: ({ customers }) => customers.whereHas(bad),
  whereDoesntHave: ({ customers }) => customers.whereDoesntHave(bad),
  has: ({ customers }) => customers.has(bad),
  withCount: ({ customers }) => customers.withCount(bad),
  withSum: ({ customers }) => customers.withSum(bad, bad),
  "a nested load": ({ customers }) => customers.load("orders", (q) => q.load(bad)),
};

/** Arguments that are no values, by what the error says of them. */
export const values: Readonly<Record<string, Act>> = {
  'The value for "email" of model "customers" is undefined. Use null for a missing value, or leave the condition out.':
    ({ customers }) => customers.where("email", untrusted(undefined)),
  'The value for column "age" of model "customers" is undefined. Use null, or leave the column out.': ({ customers }) =>
    customers.where("id", 1).update({ age: untrusted(undefined) }),
  '"in" needs a list or a query.': ({ customers }) => customers.whereIn("id", untrusted(5)),
  'The list for "in" contains null or undefined, which never equal anything. Use whereNull beside it.': ({
    customers,
  }) => customers.whereIn("id", untrusted([1, null])),
  '"between" needs a list of two values.': ({ customers }) => customers.whereBetween("id", untrusted([1])),
  "A pattern must be a text.": ({ customers }) => customers.whereContains("email", untrusted(5)),
  "limit needs a whole number, 0 or more.": ({ customers }) => customers.limit(-1),
  "offset needs a whole number, 0 or more.": ({ customers }) => customers.offset(untrusted("1")),
  "maxRows needs a whole number, 0 or more.": ({ customers }) => customers.maxRows(1.5),
  '"perPage" of a page must be a whole number, 1 or more.': ({ customers }) => customers.paginate({ perPage: 0 }),
  '"page" of a page must be a whole number, 1 or more.': ({ customers }) =>
    customers.simplePaginate({ page: untrusted("2") }),
  "A page is asked for with an object, as in { page: 2, perPage: 20 }.": ({ customers }) =>
    customers.paginate(untrusted(3)),
  "The size of a chunk must be a whole number, 1 or more.": ({ customers }) => customers.chunk(0, () => undefined),
  "chunk needs a callback for the rows.": ({ customers }) => customers.chunk(1, untrusted(5)),
  "The size of a batch must be a whole number, 1 or more.": ({ customers }) => customers.stream({ batch: 0 }).next(),
  "whereDate needs a Date or a text like 2024-12-31.": ({ customers }) => customers.whereDate("born", "2023-02-29"),
  "A JSON path is a list of keys and indexes, with at least one entry.": ({ customers }) =>
    customers.whereJson("meta", [], 1),
  "whereJson compares with a text, a number, a boolean or null.": ({ customers }) =>
    customers.whereJson("meta", ["a"], untrusted({})),
  "whereJsonLength needs a whole number, 0 or more.": ({ customers }) => customers.whereJsonLength("meta", -1),
  "A binding of a raw fragment is undefined.": ({ customers }) => customers.whereRaw("? = 1", [undefined]),
  'A key of model "customers" needs a value for id, and undefined or null is none.': ({ customers }) =>
    customers.find(untrusted(undefined)),
  'A key of model "customers" is one value, or an object by property.': ({ customers }) => customers.find([1]),
  'A key of model "pairs" is a list of 2 values, or an object by property.': ({ pairs }) => pairs.find(1),
  'Column "email" is not part of the key of model "customers".': ({ customers }) => customers.find({ email: "x" }),
  'findMany of model "customers" needs a list of keys.': ({ customers }) => customers.findMany(untrusted(1)),
  'Model "log" has no primary key to find by. Use where.': ({ log }) => log.find(1),
  'A write to model "customers" needs an object of values.': ({ customers }) => customers.insert(untrusted([])),
  'Column "total" can only be changed by a number.': ({ orders }) =>
    orders.where("id", 1).increment(untrusted("total"), untrusted({})),
  "`timeout` must be a whole number of milliseconds, 1 or more.": ({ customers }) => customers.many({ timeout: 0 }),
  "`signal` must be the signal of an AbortController.": ({ customers }) => customers.many({ signal: untrusted({}) }),
};

const operators =
  "=, !=, <>, <, <=, >, >=, like, not like, ilike, not ilike, in, not in, is, is not, between, not between, regexp";
/** Texts of SQL that are none, by what the error says of them. */
export const texts: Readonly<Record<string, { readonly code: "INVALID_VALUE" | "INVALID_QUERY"; readonly act: Act }>> =
  {
    "A binding of db.raw is undefined.": { code: "INVALID_VALUE", act: ({ db }) => db.raw("select ?", [undefined]) },
    "db.raw needs a statement as text.": { code: "INVALID_QUERY", act: ({ db }) => db.raw(" ") },
    'The statement "select ?" has 1 placeholders but was given 0 bindings.': {
      code: "INVALID_QUERY",
      act: ({ db }) => db.raw("select ?"),
    },
  };

/** Queries without a meaning, by what the error says of them. */
export const queries: Readonly<Record<string, Act>> = {
  [`"==" is not an operator. Operators are: ${operators}.`]: ({ customers }) =>
    customers.where("id", untrusted("=="), untrusted(1)),
  [`a bigint is not an operator. Operators are: ${operators}.`]: ({ customers }) =>
    customers.where("id", untrusted(5n), untrusted(1)),
  '"like" does not compare two values. Use one of: =, !=, <>, <, <=, >, >=.': ({ customers }) =>
    customers.whereColumn("id", untrusted("like"), "age"),
  'Nothing can be < null. Use "=" or "!=", whereNull or whereNotNull.': ({ customers }) =>
    customers.where("age", "<", null),
  "where takes a column and a value, a column, an operator and a value, an object of values, or a callback.": ({
    customers,
  }) => customers.where(untrusted([1])),
  '"up" is not a direction. Use "asc" or "desc".': ({ customers }) => customers.orderBy("id", untrusted("up")),
  '"nulls" of orderBy is "first" or "last".': ({ customers }) =>
    customers.orderBy("id", "asc", { nulls: untrusted("middle") }),
  '"everything" is not a hook. Hooks are: beforeFetch, afterFetch, beforeInsert, beforeInsertMany, beforeUpdate, beforeDelete.':
    ({ customers }) => customers.withoutHooks(untrusted("everything")),
  '"magic" is not a way to load a relation. Use "separate", "json" or "lookup".': ({ customers }) =>
    customers.load("orders", { strategy: untrusted("magic") }),
  'The entry "orders" of load must be true or an object of nested relations.': ({ customers }) =>
    customers.load(untrusted({ orders: 1 })),
  "A callback that builds a query is expected here.": ({ customers }) => customers.tap(untrusted(5)),
  "A callback that builds a query cannot be async.": ({ customers }) =>
    customers.where(async (q) => void q.where("id", 1)),
  'A query of model "customers" was run inside the callback that builds it. Run the outer query instead.': async ({
    customers,
  }) => {
    let inner: Promise<unknown> | undefined;
    customers.tap((q) => void (inner = q.many()));
    await inner;
  },
  "The number of related rows must be a whole number, 0 or more.": ({ customers }) => customers.has("orders", ">=", -1),
  'The raw text "a = ? or ?" has 2 placeholders but was given 1 bindings. Write \\? for a question mark that is none.':
    ({ customers }) => customers.whereRaw("a = ? or ?", [1]),
  "raw() needs a text.": () => raw(untrusted(5)),
  "whereExists needs a query made with db.from(Model).": ({ customers }) => customers.whereExists(untrusted({})),
  'A query after "in" must select one column, and this selects 9.': ({ customers }) =>
    customers.whereIn("id", customers).many(),
  'The query on model "orders" names the table "customers", which is not in reach. Join it, or use this query inside whereExists or whereIn of a query on that table.':
    ({ orders }) => orders.whereColumn("customerId", "customers.id").many(),
  "join needs a model or the name of a table.": ({ customers }) =>
    customers.join(untrusted(5), untrusted("a"), untrusted("b")),
  'Model "strangers" is not part of this schema, so it cannot be joined.': ({ customers }) =>
    customers.join(Stranger, "id", "id"),
  'The table "customers" is already part of this query. Join it by name under another one: join("customers as other", …).':
    ({ customers, schema }) => customers.join(schema.customers, "id", "id"),
  'sum needs a column of numbers, and "email" of model "customers" holds string.': ({ customers }) =>
    customers.sum("email"),
  'whereDate needs a date or datetime column, and "email" is none.': ({ customers }) =>
    customers.whereDate("email", new Date()),
  'whereJson needs a JSON column, and "email" is none.': ({ customers }) => customers.whereJson("email", ["a"], 1),
  'The result of this query on model "customers" already has "email", or cannot have it. Give the new column another name with `as`.':
    ({ customers }) => customers.withCount("orders", { as: "email" }),
  "A common table needs a name.": ({ customers }) => customers.with("", customers),
  "A lock takes skipLocked or noWait, not both.": ({ customers }) =>
    customers.lockForUpdate({ skipLocked: true, noWait: true }),
  "A page is after a cursor or before one, not both.": ({ customers }) =>
    customers.cursorPaginate({ after: "a", before: "b" }),
  'A page by cursor of model "customers" needs an order by the model\'s own columns.': ({ customers }) =>
    customers.orderByRaw("1").cursorPaginate(),
  "Pages by cursor need rows with a primary key, without distinct, groups or set operations.": ({ log }) =>
    log.cursorPaginate(),
  'Column "email" of model "customers" holds no number to add to.': ({ customers }) =>
    customers.where("id", 1).increment(untrusted("email")),
  'A search of model "customers" needs at least one value to look for.': ({ customers }) => customers.firstOrCreate({}),
  'update of model "customers" was given nothing to set.': ({ customers }) => customers.where("id", 1).update({}),
  'A bulk write to model "customers" needs a list of rows.': ({ customers }) => customers.insertMany(untrusted({})),
  'restore needs a soft-delete column, and model "orders" has none. Add col.softDeletes(), or use delete().': ({
    orders,
  }) => orders.where("id", 1).restore(),
  'upsert of model "customers" needs { conflict: ["column"] }, the unique key that decides whether the row is there.':
    ({ customers }) => customers.upsert({ email: "e" }, untrusted({})),
  'upsert of model "customers" decides by "email", but the data has no value for it.': ({ customers }) =>
    customers.upsert(untrusted({ age: 20 }), { conflict: ["email"] }),
  'No unique key of model "customers" is over (age), so upsert cannot tell whether the row is there. Add the columns to uniques, or name another key in conflict.':
    ({ customers }) => customers.upsert({ email: "e", age: 20 }, { conflict: ["age"] }),
  'A write with joins or a limit needs one primary key column, and model "pairs" has 2.': ({ pairs }) =>
    pairs.where("left", 1).limit(1).delete(),
};
