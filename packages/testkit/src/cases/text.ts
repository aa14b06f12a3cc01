import { InvalidValueError, UnsupportedError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const texts = ["100%", "100x", "a_b", "axb", "back\\slash", "Ünï ☃", "UPPER", "upper", 'it\'s "so" `x`'];

export const text = suite("text", blog, {
  "like knows wildcards, and case counts": async ({ db }) => {
    const titles = (pattern: string) => db.from(Post).whereLike("title", pattern).orderBy("id").pluck("title");
    expect(await titles("%a")).toEqual(["Alpha", "Beta", "Gamma", "Delta"]);
    expect(await titles("_eta")).toEqual(["Beta"]);
    expect(await titles("beta")).toEqual([]);
    expect(await titles("%l%")).toEqual(["Alpha", "Delta", "Epsilon"]);
    expect(await db.from(Post).where("title", "like", "G%").pluck("id")).toEqual([3]);
    expect(await db.from(Post).where("title", "not like", "%a").orderBy("id").pluck("id")).toEqual([5, 6]);
    expect(await db.from(Post).whereNotLike("title", "%a").orderBy("id").pluck("id")).toEqual([5, 6]);
    const either = db.from(Post).where("id", 1).orWhereLike("title", "E%").orWhereNotLike("title", "%a%");
    expect(await either.orderBy("id").pluck("id")).toEqual([1, 5]);
  },
  "ilike does not care for case": async ({ db }) => {
    expect(await db.from(Post).whereILike("title", "b%A").pluck("id")).toEqual([2]);
    expect(await db.from(Post).where("title", "ilike", "GAMMA").pluck("id")).toEqual([3]);
    expect(await db.from(Post).where("title", "not ilike", "%A").orderBy("id").pluck("id")).toEqual([5, 6]);
    expect(await db.from(Post).where("id", 6).orWhereILike("title", "alpha").orderBy("id").pluck("id")).toEqual([1, 6]);
  },
  "equality of texts is exact": async ({ db }) => {
    await db.from(Tag).insertMany([
      { id: 10, label: "Case" },
      { id: 11, label: "case" },
      { id: 12, label: "case " },
    ]);
    expect(await db.from(Tag).where("label", "case").pluck("id")).toEqual([11]);
    expect(await db.from(Tag).whereIn("label", ["Case"]).pluck("id")).toEqual([10]);
  },
  "wildcards in a searched text are literal": async ({ db }) => {
    await db.from(Tag).insertMany(texts.map((label, at) => ({ id: at + 10, label })));
    const find = async (how: "whereContains" | "whereStartsWith" | "whereEndsWith", value: string) =>
      db.from(Tag).where("id", ">=", 10)[how]("label", value).orderBy("id").pluck("label");
    expect(await find("whereStartsWith", "100%")).toEqual(["100%"]);
    expect(await find("whereEndsWith", "%")).toEqual(["100%"]);
    expect(await find("whereContains", "_")).toEqual(["a_b"]);
    expect(await find("whereContains", "\\")).toEqual(["back\\slash"]);
    expect(await find("whereContains", "ï ☃")).toEqual(["Ünï ☃"]);
    expect(await find("whereContains", "pp")).toEqual(["upper"]);
    expect(await find("whereContains", '\'s "so" `')).toEqual(['it\'s "so" `x`']);
    expect(await find("whereStartsWith", "*")).toEqual([]);
    expect(await find("whereContains", "?")).toEqual([]);
    expect(await find("whereContains", "[a]")).toEqual([]);
    expect(await find("whereContains", "")).toEqual(texts);
  },
  "searches have an or form": async ({ db }) => {
    const base = db.from(Post).where("id", 6);
    expect(await base.orWhereContains("title", "ps").orderBy("id").pluck("id")).toEqual([5, 6]);
    expect(await base.orWhereStartsWith("title", "Al").orderBy("id").pluck("id")).toEqual([1, 6]);
    expect(await base.orWhereEndsWith("title", "mma").orderBy("id").pluck("id")).toEqual([3, 6]);
  },
  "a wildcard is escaped by a backslash in like": async ({ db }) => {
    await db.from(Tag).insertMany(texts.map((label, at) => ({ id: at + 10, label })));
    expect(await db.from(Tag).whereLike("label", "100\\%").pluck("label")).toEqual(["100%"]);
    expect(await db.from(Tag).whereLike("label", "a\\_b").pluck("label")).toEqual(["a_b"]);
    expect(await db.from(Tag).whereILike("label", "BACK\\\\%").pluck("label")).toEqual(["back\\slash"]);
    expect(await db.from(Tag).whereLike("label", "[ab]%").pluck("label")).toEqual([]);
    expect(await db.from(Tag).whereLike("label", "a*").pluck("label")).toEqual([]);
  },
  "a pattern must be a text": async ({ db, refused }) => {
    for (const value of [1, null, undefined, {}, ["a"], new RegExp("a")]) {
      for (const method of ["whereLike", "whereILike", "whereContains", "whereStartsWith", "whereEndsWith"] as const) {
        await refused(InvalidValueError, () => db.from(User)[method]("name", untrusted(value)).many());
      }
      await refused(InvalidValueError, () => db.from(User).where("name", "like", untrusted(value)).many());
    }
  },
  "a regular expression matches": requires("regexp", async ({ db }) => {
    expect(await db.from(Post).where("title", "regexp", "^[AB].*a$").orderBy("id").pluck("id")).toEqual([1, 2]);
  }),
  "full text search is refused by name where there is none": requires("no full text", async ({ db, refused }) => {
    const error = await refused(UnsupportedError, () => db.from(Post).whereFullText(["title"], "alpha").many());
    expect(error.adapter).not.toBe("");
    expect(error.capability).toBe("Full-text search");
  }),
});
