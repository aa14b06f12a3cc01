import { ConnectionError, UniqueViolationError, UnsupportedError, type QueryEvent } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";

/** The part of Kysely that the cases use; the door has its own, exact type. */
interface Chain {
  execute(): Promise<Record<string, unknown>[]>;
  where(column: string, operator: string, value: unknown): Chain;
  select(columns: readonly string[]): Chain;
  values(row: object): Chain;
  set(row: object): Chain;
}
interface KyselyPart {
  selectFrom(table: string): Chain;
  insertInto(table: string): Chain;
  updateTable(table: string): Chain;
}

function kyselyOf(handle: object): KyselyPart {
  return Reflect.get(handle, "kysely");
}

export const observing = suite("events, plans and explain", blog, {
  "every statement is told with its model and rows": async ({ db, sent }) => {
    const events = await sent(async () => {
      await db.from(User).whereIn("id", [1, 2]).many();
      await db.from(Post).where("userId", 2).update({ views: 1 });
      await db.from(Tag).insert({ id: 10, label: "secret label" });
    });
    expect(events.map(({ model, rows, error, parameters }) => ({ model, rows, error, parameters }))).toEqual([
      { model: "users", rows: 2, error: undefined, parameters: undefined },
      { model: "posts", rows: 3, error: undefined, parameters: undefined },
      { model: "tags", rows: 1, error: undefined, parameters: undefined },
    ]);
    expect(events.every(({ duration }) => duration >= 0)).toBe(true);
    expect(JSON.stringify(events)).not.toContain("secret label");
  },
  "a failed statement is told as an error, without its values": async ({ db }) => {
    const events: QueryEvent[] = [];
    const stop = db.on("error", (event) => events.push(event));
    const failing = db.from(Tag).insert({ id: 1, label: "secret label" });
    await expect(failing).rejects.toBeInstanceOf(UniqueViolationError);
    stop();
    await expect(db.from(Tag).insert({ id: 1, label: "x" })).rejects.toBeInstanceOf(UniqueViolationError);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ model: "tags", rows: 0, parameters: undefined });
    expect(events[0]?.error).toBeInstanceOf(UniqueViolationError);
    const error = await failing.catch((cause: unknown) => cause);
    expect(String(error)).not.toContain("secret label");
  },
  "parameters are told when the handle was made so": async ({ open }) => {
    const db = await open({ logParameters: true });
    const events: QueryEvent[] = [];
    const stop = db.on("query", (event) => events.push(event));
    await db.from(Tag).where("label", "red").many();
    stop();
    await db.from(Tag).count();
    expect(events.map(({ parameters }) => parameters)).toEqual([["red"]]);
  },
  "the same shape is planned once, whatever its values": async ({ db }) => {
    const read = (name: string, ids: number[]) =>
      db.from(User).where("name", name).whereIn("id", ids).orderBy("id").limit(ids.length).many();
    await read("Ann", [1]);
    const { hits, misses, size } = db.planCache;
    await read("Bob", [1, 2, 3]);
    await read("x' or '1'='1", []);
    await read("Cid", [3, 4]);
    expect(db.planCache.hits).toBe(hits + 2);
    expect(db.planCache.misses).toBe(misses + 1);
    expect(db.planCache.size).toBe(size + 1);
  },
  "different shapes of near words do not share a plan": async ({ db }) => {
    const posts = db.from(Post);
    const queries: [
      { orderBy(name: "id"): { pluck(name: "id"): Promise<number[]> }; count(): Promise<number> },
      number[],
    ][] = [
      [posts.where("id", 1), [1]],
      [posts.where("views", 1), []],
      [posts.orWhere("id", 1), [1]],
      [posts.whereNot("id", 1), [2, 3, 4, 5, 6]],
      [posts.where((q) => q.where("id", 1)), [1]],
      [posts.where("id", ">", 1), [2, 3, 4, 5, 6]],
      [posts.where("id", ">=", 1), [1, 2, 3, 4, 5, 6]],
      [posts.whereIn("id", [1]), [1]],
      [posts.whereNotIn("id", [1]), [2, 3, 4, 5, 6]],
      [posts.where("title", "like", "A%"), [1]],
      [posts.where("title", "ilike", "A%"), [1]],
      [posts.whereContains("title", "A%"), []],
      [posts.whereStartsWith("title", "A"), [1]],
      [posts.where("id", ">", 2).limit(1), [3]],
      [posts.where("id", ">", 2).limit(5).offset(1), [4, 5, 6]],
      [posts.where("id", ">", 2).offset(3), [6]],
      [posts.where("id", 1).where("views", 1), []],
      [posts.where("id", 1).orWhere("views", 5), [1, 4]],
      [posts.has("comments"), [1, 3]],
      [posts.whereDoesntHave("comments"), [2, 4, 5, 6]],
      [posts.has("comments", "=", 2), [1]],
      [posts.has("comments", "<=", 2), [1, 2, 4, 5, 6]],
      [posts.whereHas("comments", (q) => q.where("id", 1)), [1]],
      [posts.whereHas("comments").where("id", 1), [1]],
    ];
    for (const [query, ids] of [...queries, ...queries]) {
      expect(await query.orderBy("id").pluck("id")).toEqual(ids);
      expect(await query.count()).toBe(ids.length);
    }
  },
  "toSQL shows the statement that is sent": async ({ db, sent }) => {
    const query = db.from(Post).where("views", ">", 5).orderBy("id").limit(2);
    const [event] = await sent(() => query.many());
    expect(event?.sql).toBe(query.toSQL().sql);
    expect(query.toSQL().parameters.map(String)).toEqual(["5", "2"]);
  },
  "explain gives the engine's own words": requires("explain", async ({ db }) => {
    const plan = await db.from(Post).where("id", 1).explain();
    expect(plan.length).toBeGreaterThan(0);
    expect(Object.values(plan[0] ?? {}).join(" ")).toMatch(/posts/i);
    expect(await db.from(Post).count()).toBe(6);
  }),
  "locks are refused by name where there are none": requires("no row locks", async ({ db, refused }) => {
    const update = await refused(UnsupportedError, () => db.from(Post).lockForUpdate().many());
    expect(update.capability).toBe("lockForUpdate");
    const share = await refused(UnsupportedError, () => db.from(Post).lockForShare({ noWait: true }).one());
    expect(share.capability).toBe("lockForShare");
    await refused(UnsupportedError, () => db.from(Post).lockForUpdate({ skipLocked: true }).count());
  }),
  "locked rows are read": requires(["row locks", "transactions"], async ({ db }) => {
    const read = await db.transaction((tx) => tx.from(Post).where("id", 1).lockForUpdate().pluck("id"));
    expect(read).toEqual([1]);
  }),
  "a closed handle is an error, an open one answers": async ({ open }) => {
    const db = await open({});
    await db.connect();
    await db.ping();
    await db.close();
    await db.close();
    await expect(db.from(Post).count()).rejects.toBeInstanceOf(ConnectionError);
    await expect(db.ping()).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  },
  "kysely works on the same connection and transaction": requires("kysely", async ({ db }) => {
    const rows = await kyselyOf(db).selectFrom("users").select(["name", "is_active"]).where("id", "=", 1).execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ name: "Ann" });
    const failing = db.transaction(async (tx) => {
      await kyselyOf(tx).insertInto("tags").values({ id: 10, label: "by kysely" }).execute();
      expect(await tx.from(Tag).where("id", 10).value("label")).toBe("by kysely");
      await tx.from(Tag).where("id", 10).update({ label: "ours" });
      expect(await kyselyOf(tx).selectFrom("tags").select(["label"]).where("id", "=", 10).execute()).toEqual([
        { label: "ours" },
      ]);
      expect(await kyselyOf(db).selectFrom("tags").select(["label"]).where("id", "=", 10).execute()).toEqual([
        { label: "ours" },
      ]);
      await kyselyOf(db).updateTable("tags").set({ label: "changed" }).where("id", "=", 1).execute();
      throw new Error("back");
    });
    await expect(failing).rejects.toThrow("back");
    expect(await db.from(Tag).orderBy("id").pluck("label")).toEqual(["red", "green", "blue"]);
  }),
});
