import { UnfilteredWriteError, type Database, type RegistryIn } from "@mortise/core";
import { expect } from "vitest";
import { Folder, office, Paper, type officeSchema } from "../models/office.ts";
import { requires, suite, type Context } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

type Db = Database<RegistryIn<typeof officeSchema>>;
const start = (db: Db) => db.from(Paper);
type PaperQuery = ReturnType<typeof start>;

/** Filters that hold for every row, by their shape alone. */
const vacuous: Readonly<Record<string, (query: PaperQuery) => PaperQuery>> = {
  "no condition": (query) => query,
  "an object of nothing": (query) => query.where({}),
  "an empty group": (query) => query.where(() => undefined),
  "groups in empty groups": (query) => query.where((q) => q.where((p) => p.where(() => undefined))),
  "not in an empty list": (query) => query.whereNotIn("id", []),
  "the operator not in with an empty list": (query) => query.where("id", "not in", []),
  "not of the impossible": (query) => query.whereNot((q) => q.whereIn("id", [])),
  "not of not of nothing": (query) => query.whereNot((q) => q.whereNot(() => undefined)),
  "a key that is not null": (query) => query.whereNotNull("id"),
  "a required column that is not null": (query) => query.where("id", "is not", null).whereNotNull("title"),
  "not of a required column that is null": (query) => query.whereNot((q) => q.whereNull("title")),
  "a column that equals itself": (query) => query.whereColumn("id", "id"),
  "a column at least itself": (query) => query.whereColumn("pages", ">=", "pages"),
  "a column at most itself": (query) => query.whereColumn("pages", "<=", "papers.pages"),
  "a real condition or everything": (query) => query.where("id", 1).orWhereNotIn("id", []),
  "everything or a relation": (query) => query.whereNotIn("id", []).orWhereHas("folder"),
  "a group of a relation or everything": (query) => query.where((q) => q.has("labels").orWhere(() => undefined)),
  "several of these": (query) => query.where({}).whereNotIn("title", []).whereNotNull("pages"),
  "a hidden condition that was not built": (query) => query.when(undefined, (q) => q.where("id", 1)),
  "an order alone": (query) => query.orderBy("id"),
  "a limit alone": (query) => query.limit(100),
  "an offset alone": (query) => query.offset(0),
  "loads alone": (query) => untyped(query.load("folder").withCount("labels")),
  "a cross join": (query) => untyped(query.crossJoin(Folder)),
  "a left join": (query) => untyped(query.leftJoin(Folder, "folderId", "id")),
  "a full join": (query) => untyped(query.fullJoin(Folder, "folderId", "id")),
};

/** A join changes the type of a query, but not what its writes are. */
function untyped(query: unknown): PaperQuery {
  return untrusted(query);
}

const writes: Readonly<Record<string, (query: PaperQuery) => Promise<unknown>>> = {
  update: (query) => query.update({ pages: 0 }),
  delete: (query) => query.delete(),
  softDelete: (query) => query.softDelete(),
  forceDelete: (query) => query.forceDelete(),
  restore: (query) => query.restore(),
  increment: (query) => query.increment("pages"),
  decrement: (query) => query.decrement("pages"),
  "returning update": (query) => query.returning("id").update({ pages: 0 }),
  "returning delete": (query) => query.returning("id").delete(),
};

async function refusesAll({ db, refused }: Context<RegistryIn<typeof officeSchema>>, name: string): Promise<void> {
  const before = await db.from(Paper).withTrashed().orderBy("id").many();
  const build = vacuous[name];
  for (const write of Object.values(writes)) {
    const error = await refused(UnfilteredWriteError, () => write(build?.(start(db)) ?? start(db)));
    expect(error).toMatchObject({ code: "UNFILTERED_WRITE", model: "papers" });
  }
  expect(await db.from(Paper).withTrashed().orderBy("id").many()).toEqual(before);
}

export const writeGuards = suite("guards of writes", office, {
  ...Object.fromEntries(
    Object.keys(vacuous).map((name) => [
      `no write goes through with ${name}`,
      (context: Context<RegistryIn<typeof officeSchema>>) => refusesAll(context, name),
    ]),
  ),
  "the trash alone is no filter": async ({ db, refused }) => {
    await refused(UnfilteredWriteError, () => db.from(Paper).withTrashed().forceDelete());
    await refused(UnfilteredWriteError, () => db.from(Paper).onlyTrashed().update({ pages: 0 }));
  },
  "unfiltered says that every row is meant": async ({ db }) => {
    expect(await db.from(Paper).unfiltered().update({ pages: 9 })).toBe(3);
    expect(await db.from(Paper).unfiltered().delete()).toBe(3);
    expect(await db.from(Paper).count()).toBe(0);
    expect(await db.from(Paper).withTrashed().unfiltered().forceDelete()).toBe(5);
    expect(await db.from(Paper).withTrashed().count()).toBe(0);
  },
  "real conditions go through": async ({ db }) => {
    expect(await db.from(Paper).where("id", 99).update({ pages: 0 })).toBe(0);
    expect(await db.from(Paper).whereIn("id", []).delete()).toBe(0);
    expect(await db.from(Paper).whereNull("folderId").delete()).toBe(0);
    expect(await db.from(Paper).whereNotNull("folderId").update({ pages: 1 })).toBe(3);
    expect(await db.from(Paper).whereColumn("folderId", "folderId").update({ pages: 2 })).toBe(3);
    expect(await db.from(Paper).has("labels").orWhere("id", 4).update({ pages: 4 })).toBe(3);
  },
  "raw text is a condition": requires("raw", async ({ db }) => {
    const all = await db.from(Paper).count();
    expect(await db.from(Paper).whereRaw("1 = 1").update({ pages: 3 })).toBe(all);
  }),
});
