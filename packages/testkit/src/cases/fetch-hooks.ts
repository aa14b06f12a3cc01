import { InvalidQueryError } from "@mortise/core";
import { expect } from "vitest";
import { Account, hooked, Invoice, tenants } from "../models/tenants.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const fetchHooks = suite("hooks of reads", tenants, {
  "what beforeFetch adds is a group beside the caller's alternatives": async ({ db }) => {
    const query = db.from(Account).where("id", 3).orWhere("visits", ">=", 1).orderBy("id");
    expect(await query.pluck("id")).toEqual([1, 2, 4]);
    hooked.tenant = 2;
    expect(await query.pluck("id")).toEqual([3, 4]);
  },
  "it is added once, however often the builder runs": async ({ db }) => {
    const query = db.from(Account).where("visits", "<", 5000).orderBy("id");
    const { parameters } = query.toSQL();
    const sqls = new Set<string>();
    const stop = db.on("query", ({ sql }) => sqls.add(sql));
    for (let run = 0; run < 3; run += 1) expect((await query.many()).map(({ id }) => id)).toEqual([1, 4]);
    stop();
    expect(sqls.size).toBe(1);
    expect(query.toSQL().parameters).toEqual(parameters);
    expect(hooked.calls.filter((call) => call === "accounts.beforeFetch")).toHaveLength(3);
  },
  "beforeFetch runs before every kind of read": async ({ db }) => {
    const accounts = db.from(Account).orderBy("id");
    const streamed: number[] = [];
    const reads: Readonly<Record<string, () => Promise<unknown>>> = {
      many: async () => expect((await accounts.many()).map(({ id }) => id)).toEqual([1, 4]),
      one: async () => expect(await accounts.where("visits", ">", 10).one()).toMatchObject({ id: 4 }),
      sole: async () => expect(await accounts.where("visits", ">", 10).sole()).toMatchObject({ id: 4 }),
      find: async () => expect(await accounts.find(3)).toBeNull(),
      findMany: async () => expect(await accounts.findMany([1, 3])).toHaveLength(1),
      exists: async () => expect(await accounts.where("id", 3).exists()).toBe(false),
      count: async () => expect(await accounts.count()).toBe(3),
      sum: async () => expect(await accounts.sum("visits")).toBe(1011),
      max: async () => expect(await accounts.where("id", "<", 4).max("visits")).toBe(10),
      pluck: async () => expect(await accounts.pluck("id")).toEqual([1, 2, 4]),
      value: async () => expect(await accounts.where("id", 3).value("name")).toBeNull(),
      plain: async () => expect(await accounts.plain()).toHaveLength(2),
      paginate: async () => expect((await accounts.paginate({ perPage: 9 })).meta.total).toBe(3),
      cursorPaginate: async () => expect((await accounts.cursorPaginate({ perPage: 9 })).data).toHaveLength(2),
      chunk: () => accounts.chunk(5, (rows) => expect(rows.map(({ id }) => id)).toEqual([1, 4])),
      stream: async () => {
        for await (const { id } of accounts.stream()) streamed.push(id);
        expect(streamed).toEqual([1, 4]);
      },
      firstOrNew: async () => expect(await accounts.firstOrNew({ id: 3 })).toEqual({ id: 3 }),
    };
    for (const [name, read] of Object.entries(reads)) {
      hooked.calls = [];
      await read();
      expect([name, ...hooked.calls]).toContain("accounts.beforeFetch");
    }
  },
  "relations of every kind run the hooks of their target": async ({ db }) => {
    expect(await db.from(Account).load("invoices").orderBy("id").many()).toMatchObject([
      { id: 1, invoices: [{ id: 1, total: 500 }] },
      { id: 4, invoices: [{ id: 4, total: 1300 }] },
    ]);
    const invoices = db.from(Invoice).select("id").orderBy("id");
    expect(await invoices.load("account", (q) => q.select("id")).many()).toEqual([
      { id: 1, account: { id: 1 } },
      { id: 3, account: null },
      { id: 4, account: { id: 4 } },
    ]);
    const accounts = db.from(Account).orderBy("id");
    expect(await accounts.has("invoices").pluck("id")).toEqual([1, 4]);
    expect(await accounts.whereHas("invoices", (q) => q.where("total", 7).orWhere("total", 11)).pluck("id")).toEqual(
      [],
    );
    expect(await accounts.has("invoices", ">=", 2).pluck("id")).toEqual([]);
    expect(await accounts.whereDoesntHave("invoices").pluck("id")).toEqual([2]);
    expect(await accounts.select("name").withCount("invoices").withSum("invoices", "total").many()).toEqual([
      { name: "one", invoicesCount: 1, invoicesTotalSum: 5 },
      { name: "shared", invoicesCount: 1, invoicesTotalSum: 13 },
    ]);
  },
  "hooks of nested relations see the tenant of the moment": async ({ db }) => {
    const query = db
      .from(Account)
      .withoutHooks()
      .select("id")
      .whereHas("invoices", (q) => q.has("account"))
      .orderBy("id");
    expect(await query.pluck("id")).toEqual([1, 4]);
    hooked.tenant = 2;
    expect(await query.pluck("id")).toEqual([]);
    await db.from(Account).where("id", 1).withoutHooks().update({ tenantId: 2 });
    expect(await query.pluck("id")).toEqual([1]);
  },
  "joins and subqueries run the hooks of their models": requires("joins", async ({ db }) => {
    const joined = db.from(Invoice).join(Account, "accountId", "id").orderBy("id");
    expect(await joined.pluck("id")).toEqual([1, 4]);
    const left = db
      .from(Invoice)
      .leftJoin(Account, "accountId", "id")
      .select({ id: "id", name: "accounts.name" })
      .orderBy("id");
    expect(await left.withoutHooks("afterFetch").many()).toEqual([
      { id: 1, name: "one" },
      { id: 3, name: null },
      { id: 4, name: "shared" },
    ]);
    expect(
      await db.from(Account).whereIn("id", db.from(Invoice).select("accountId")).orderBy("id").pluck("id"),
    ).toEqual([1, 4]);
    const beside = db.from(Account).where("visits", "<", 5000).where("id", ">", 0);
    expect(await beside.whereIn("id", db.from(Invoice).select("accountId")).orderBy("id").pluck("id")).toEqual([1, 4]);
    const ids = db.from(Invoice).withoutHooks().whereIn("accountId", db.from(Account).select("id"));
    expect(await ids.orderBy("id").pluck("id")).toEqual([1, 2, 4]);
  }),
  "outer joins leave out what the hooks hide, and no row of the other side": requires("outer joins", async ({ db }) => {
    const right = db.from(Account).rightJoin(Invoice, "id", "accountId").withoutHooks("afterFetch");
    expect(await right.select({ invoice: "invoices.id", account: "id" }).orderBy("invoices.id").many()).toEqual([
      { invoice: 1, account: 1 },
      { invoice: 3, account: null },
      { invoice: 4, account: 4 },
    ]);
  }),
  "unions run the hooks of every part": requires("set operations", async ({ db }) => {
    const union = db.from(Account).select("id").union(db.from(Invoice).select("accountId")).withoutHooks("afterFetch");
    expect(await union.orderBy("id").pluck("id")).toEqual([1, 2, 3, 4]);
    expect(await union.where("id", 1).count()).toBe(3);
  }),
  "what afterFetch returns is used, in pages too": async ({ db }) => {
    expect(await db.from(Account).orderBy("id").pluck("name")).toEqual(["one", "shared"]);
    expect(await db.from(Account).orderBy("id").pluck("id")).toEqual([1, 2, 4]);
    const page = await db.from(Account).orderBy("id").simplePaginate({ perPage: 2 });
    expect(page.data.map(({ id }) => id)).toEqual([1]);
    expect(page.meta.hasMorePages).toBe(true);
    expect(await db.from(Invoice).where("id", 1).sole()).toMatchObject({ total: 500 });
    expect(await db.from(Invoice).where("id", 1).value("total")).toBe(500);
  },
  "rows that afterFetch made anew and left out stay with their parents": async ({ db }) => {
    const rows = await db
      .from(Account)
      .withoutHooks()
      .orderBy("id")
      .load("invoices", (q) => q.withoutHooks("beforeFetch").orderBy("id"))
      .many();
    expect(rows.map(({ id, invoices }) => [id, invoices.map((one) => one.total)])).toEqual([
      [1, [500]],
      [2, []],
      [3, [1100]],
      [4, [1300]],
    ]);
    expect(Reflect.ownKeys(rows[0]?.invoices[0] ?? {})).toEqual(["id", "accountId", "tenantId", "total"]);
  },
  "hooks are left out by name": async ({ db, refused }) => {
    expect(await db.from(Account).withoutHooks("beforeFetch").count()).toBe(4);
    expect(await db.from(Account).withoutHooks("beforeFetch", "afterFetch").many()).toHaveLength(4);
    expect(await db.from(Account).withoutHooks("afterFetch").many()).toHaveLength(3);
    expect(await db.from(Account).withoutHooks().many()).toHaveLength(4);
    expect(await db.from(Account).many()).toHaveLength(2);
    for (const name of ["beforeRead", "", 1, null, "constructor"]) {
      await refused(InvalidQueryError, () => db.from(Account).withoutHooks(untrusted(name)));
    }
  },
});
