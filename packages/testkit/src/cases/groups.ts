import { InvalidQueryError, MortiseError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const groups = suite("groups and callbacks", blog, {
  "a callback makes a group": async ({ db }) => {
    const query = db
      .from(Post)
      .where("userId", 2)
      .where((q) => q.where("views", 5).orWhere("title", "Gamma"));
    expect(await query.orderBy("id").pluck("id")).toEqual([3, 4]);
    const flat = db
      .from(Post)
      .where("id", 1)
      .orWhere((q) => q.where("userId", 2).where("views", 20));
    expect(await flat.orderBy("id").pluck("id")).toEqual([1, 3, 5]);
  },
  "groups nest and can be negated": async ({ db }) => {
    const nested = db
      .from(Post)
      .where((q) =>
        q.where("id", 6).orWhere((p) => p.where("userId", 1).where((r) => r.where("views", 10).orWhere("views", 99))),
      );
    expect(await nested.orderBy("id").pluck("id")).toEqual([1, 6]);
    const negated = db.from(Post).whereNot((q) => q.where("views", 20).orWhere("views", 0));
    expect(await negated.orderBy("id").pluck("id")).toEqual([1, 2, 4]);
    const either = db
      .from(Post)
      .where("id", 6)
      .orWhereNot((q) => q.where("views", "<", 30));
    expect(await either.orderBy("id").pluck("id")).toEqual([2, 6]);
  },
  "an empty group asks for nothing": async ({ db }) => {
    expect(
      await db
        .from(Post)
        .where(() => undefined)
        .count(),
    ).toBe(6);
    expect(
      await db
        .from(Post)
        .where("userId", 1)
        .where(() => undefined)
        .count(),
    ).toBe(2);
    expect(
      await db
        .from(Post)
        .whereNot(() => undefined)
        .count(),
    ).toBe(0);
  },
  "a group takes conditions and nothing else": async ({ db, refused }) => {
    const calls: ((query: ReturnType<typeof db.from<typeof Post>>) => unknown)[] = [
      (q) => q.limit(1),
      (q) => q.where("id", 1).orderBy("id"),
      (q) => q.select("id"),
      (q) => q.load("user"),
      (q) => q.withTrashed(),
    ];
    for (const call of calls) {
      await refused(InvalidQueryError, () => db.from(Post).where(untrusted(call)).many());
      await refused(InvalidQueryError, () =>
        db
          .from(Post)
          .whereHas("comments", (q) => q.where(untrusted(call)))
          .many(),
      );
    }
  },
  "a callback that chains and one that does not mean the same": async ({ db }) => {
    const chained = db
      .from(User)
      .where((q) => q.where("age", 30).orWhere("name", "Bob"))
      .load("posts", (q) => q.where("views", ">=", 10).orderBy("id", "desc").limit(1));
    const stepwise = db
      .from(User)
      .where((q) => {
        q.where("age", 30);
        q.orWhere("name", "Bob");
      })
      .load("posts", (q) => {
        q.where("views", ">=", 10);
        q.orderBy("id", "desc");
        q.limit(1);
      });
    expect(stepwise.toSQL()).toEqual(chained.toSQL());
    expect(await stepwise.orderBy("id").plain()).toEqual(await chained.orderBy("id").plain());
    expect((await stepwise.orderBy("id").many()).map((user) => user.posts.map(({ id }) => id))).toEqual([[2], [5], []]);
  },
  "a draft used after its callback is an error": async ({ db, refused }) => {
    const kept: { where(column: "id", value: number): unknown }[] = [];
    const keep = (draft: { where(column: "id", value: number): unknown }) => void kept.push(draft);
    const query = db
      .from(User)
      .where(keep)
      .load("posts", keep)
      .whereHas("posts", keep)
      .withCount("posts", keep)
      .when(true, keep)
      .tap(keep);
    expect(kept).toHaveLength(6);
    for (const draft of kept) {
      const error = await refused(MortiseError, () => draft.where("id", 1));
      expect(error.code).toBe("STALE_DRAFT");
    }
    expect(await query.orderBy("id").pluck("id")).toEqual([1, 2]);
  },
  "a draft cannot be run": async ({ db, refused }) => {
    const runs: Promise<unknown>[] = [];
    db.from(User).tap((q) => {
      runs.push(q.many(), q.count(), q.delete());
    });
    expect(runs).toHaveLength(3);
    for (const run of runs) await refused(InvalidQueryError, () => run);
    expect(await db.from(User).count()).toBe(4);
  },
  "a callback that builds cannot be async": async ({ db, refused }) => {
    const late = async () => undefined;
    const query = db.from(User);
    const calls: (() => unknown)[] = [
      () => query.where(late),
      () => query.orWhere(late),
      () => query.whereNot(late),
      () => query.when(true, late),
      () => query.unless(false, late),
      () => query.tap(late),
      () => query.load("posts", untrusted(late)),
      () => query.whereHas("posts", late),
      () => query.whereDoesntHave("posts", late),
      () => query.withCount("posts", late),
      () => query.join(Post, untrusted(late)),
    ];
    for (const call of calls) await refused(InvalidQueryError, call);
  },
  "a builder can be kept, extended twice and run again": async ({ db }) => {
    const base = db.from(Post).where("userId", 2);
    const many = base.where("views", ">", 5);
    const few = base.where("views", "<=", 5).orWhere("id", 6);
    const loaded = base.load("comments").orderBy("id");
    expect(await base.orderBy("id").pluck("id")).toEqual([3, 4, 5]);
    expect(await many.orderBy("id").pluck("id")).toEqual([3, 5]);
    expect(await few.orderBy("id").pluck("id")).toEqual([4, 6]);
    expect(await many.orderBy("id").pluck("id")).toEqual([3, 5]);
    expect((await loaded.many()).map((post) => post.comments.length)).toEqual([3, 0, 0]);
    expect(await base.orderBy("id").pluck("id")).toEqual([3, 4, 5]);
    expect(Object.keys((await base.many())[0] ?? {})).toEqual(["id", "userId", "title", "views", "rating"]);
  },
  "when, unless and tap build by a value": async ({ db }) => {
    const search = (name: string | undefined, limit: number) =>
      db
        .from(User)
        .when(
          name,
          (q, value) => q.where("name", value),
          (q) => q.where("age", 30),
        )
        .unless(limit, (q) => q.where("id", ">", 1))
        .tap((q) => q.orderBy("id"))
        .pluck("id");
    expect(await search("Bob", 1)).toEqual([2]);
    expect(await search(undefined, 1)).toEqual([1, 3]);
    expect(await search("", 0)).toEqual([3]);
    const other = db.from(User).unless(
      5,
      (q) => q.where("id", 1),
      (q, value) => q.where("id", "<", value).where("id", ">", 3),
    );
    expect(await other.pluck("id")).toEqual([4]);
    expect(
      await db
        .from(User)
        .when(0, (q) => q.where("id", 1))
        .count(),
    ).toBe(4);
  },
});
