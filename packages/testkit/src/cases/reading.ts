import { InvalidValueError, MultipleRecordsError, RecordNotFoundError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, PostTag, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const reading = suite("reading", blog, {
  "one gives the first row or null": async ({ db }) => {
    expect(await db.from(User).select("id").orderBy("id", "desc").one()).toEqual({ id: 4 });
    expect(await db.from(User).where("id", 99).one()).toBeNull();
    expect(await db.from(User).select("id").orderBy("id").limit(3).one()).toEqual({ id: 1 });
    expect(await db.from(User).select("id").orderBy("id").offset(2).one()).toEqual({ id: 3 });
    expect(await db.from(User).limit(0).one()).toBeNull();
  },
  "oneOrFail and sole say what is wrong": async ({ db }) => {
    expect(await db.from(User).select("id").where("name", "Bob").oneOrFail()).toEqual({ id: 2 });
    expect(await db.from(User).select("id").where("name", "Bob").sole()).toEqual({ id: 2 });
    await expect(db.from(User).where("id", 99).oneOrFail()).rejects.toBeInstanceOf(RecordNotFoundError);
    await expect(db.from(User).where("id", 99).sole()).rejects.toBeInstanceOf(RecordNotFoundError);
    await expect(db.from(User).where("age", 30).sole()).rejects.toBeInstanceOf(MultipleRecordsError);
    await expect(db.from(User).where("id", 99).sole()).rejects.toMatchObject({
      code: "RECORD_NOT_FOUND",
      model: "users",
    });
  },
  "find goes by the primary key, within the query's conditions": async ({ db }) => {
    expect(await db.from(Post).select("title").find(3)).toEqual({ title: "Gamma" });
    expect(await db.from(Post).find(99)).toBeNull();
    expect(await db.from(Post).find({ id: 2 })).toMatchObject({ title: "Beta" });
    expect(await db.from(Post).where("userId", 1).find(3)).toBeNull();
    expect(await db.from(Post).where("userId", 1).orWhere("views", 20).find(4)).toBeNull();
    expect(await db.from(Post).where("userId", 1).orWhere("views", 20).select("id").find(3)).toEqual({ id: 3 });
    await expect(db.from(Post).findOrFail(99)).rejects.toBeInstanceOf(RecordNotFoundError);
    expect(await db.from(Post).select("id").findOrFail(6)).toEqual({ id: 6 });
  },
  "findMany gives the rows that are there": async ({ db }) => {
    expect(await db.from(Post).orderBy("id").select("id").findMany([5, 1, 99])).toEqual([{ id: 1 }, { id: 5 }]);
    expect(await db.from(Post).findMany([])).toEqual([]);
    expect(await db.from(Post).where("userId", 2).orWhere("id", 6).select("id").findMany([1, 3])).toEqual([{ id: 3 }]);
  },
  "a composite key is a list or an object": async ({ db }) => {
    const found = { postId: 1, tagId: 2, note: null, addedAt: null };
    expect(await db.from(PostTag).find([1, 2])).toEqual(found);
    expect(await db.from(PostTag).find({ tagId: 2, postId: 1 })).toEqual(found);
    expect(await db.from(PostTag).find([2, 2])).toBeNull();
    const two = await db
      .from(PostTag)
      .select("note")
      .orderBy("postId")
      .findMany([[1, 1], { postId: 3, tagId: 2 }, [9, 9]]);
    expect(two).toEqual([{ note: "main" }, { note: "only" }]);
  },
  "a key that is none is refused": async ({ db, refused }) => {
    for (const key of [
      undefined,
      null,
      {},
      [],
      [1],
      { id: undefined },
      { id: null },
      { id: { "!=": 0 } },
      true,
      Number.NaN,
    ]) {
      await refused(InvalidValueError, () => db.from(Post).find(untrusted(key)));
      await refused(InvalidValueError, () => db.from(Post).findMany([untrusted(key)]));
      await refused(InvalidValueError, () => db.from(Post).findOrFail(untrusted(key)));
    }
    for (const key of [1, [1], [1, 2, 3], [1, undefined], { postId: 1 }, [1, null]]) {
      await refused(InvalidValueError, () => db.from(PostTag).find(untrusted(key)));
    }
    await refused(UnknownColumnError, () => db.from(Post).find(untrusted({ $ne: null })));
    await refused(InvalidValueError, () => db.from(Post).find(untrusted({ id: 1, title: "Alpha" })));
    await refused(InvalidValueError, () => db.from(Post).findMany(untrusted(1)));
  },
  "pluck and value take one column": async ({ db }) => {
    expect(await db.from(User).orderBy("id").pluck("joinedAt")).toEqual([
      new Date(Date.UTC(2024, 0, 1, 9, 30, 0, 250)),
      new Date(Date.UTC(2024, 0, 15, 9, 30, 0, 250)),
      new Date(Date.UTC(2024, 0, 31, 9, 30, 0, 250)),
      null,
    ]);
    expect(await db.from(User).where("id", 1).value("visits")).toBe(9007199254740993n);
    expect(await db.from(User).where("id", 99).value("name")).toBeNull();
    expect(await db.from(User).select("id", "name").load("posts").orderBy("id").limit(2).pluck("name")).toEqual([
      "Ann",
      "Bob",
    ]);
    expect(await db.from(User).withCount("posts").orderBy("postsCount", "desc").limit(1).value("name")).toBe("Bob");
  },
  "plain gives plain objects without hidden columns, at every depth": async ({ db }) => {
    const query = db
      .from(Post)
      .select("id")
      .where("id", 1)
      .load("user", (q) => q.select("id", "password").load("posts"));
    const [row] = await query.many();
    expect(row?.user?.password).toBe("secret");
    const [plain] = await query.load("user", (q) => q.select("id", "name", "password")).plain();
    expect(plain).toEqual({ id: 1, user: { id: 1, name: "Ann" } });
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(Object.keys(plain?.user ?? {})).toEqual(["id", "name"]);
  },
  "the same builder reads anew each time": async ({ db }) => {
    const query = db.from(User).where("age", ">", 29).orderBy("id");
    expect(await query.pluck("id")).toEqual([1, 2, 3]);
    await db.from(User).where("id", 4).update({ age: 50 });
    expect(await query.pluck("id")).toEqual([1, 2, 3, 4]);
    const [first] = await query.many();
    const [again] = await query.many();
    expect(first).toEqual(again);
    expect(first).not.toBe(again);
  },
});
