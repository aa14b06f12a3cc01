import { ModelDefinitionError, col, defineModel } from "@mortise/core";
import { expect } from "vitest";
import { Link, odd, wholeWord, Word } from "../models/odd.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const columns = Object.keys(wholeWord).filter((name): name is keyof typeof wholeWord => name !== "id");

export const names = suite("odd names", odd, {
  "no column name is reserved": async ({ db }) => {
    const row = await db.from(Word).findOrFail(1);
    expect(row).toBeInstanceOf(Word);
    expect({ ...row }).toEqual(wholeWord);
    expect(Object.keys(row)).toEqual(Object.keys(wholeWord));
    expect(Object.keys((await db.from(Word).plain())[0] ?? {})).toEqual(Object.keys(wholeWord));
  },
  "each can be filtered, ordered, grouped, plucked and selected": async ({ db }) => {
    for (const column of columns) {
      const value = untrusted(wholeWord[column]);
      expect(await db.from(Word).where(column, value).orderBy(column).where("id", 1).pluck(column)).toEqual([value]);
      expect(
        await db
          .from(Word)
          .where(untrusted({ [column]: value }))
          .where("id", 1)
          .select(column)
          .sole(),
      ).toEqual({ [column]: value });
      expect(await db.from(Word).select({ other: column }).where("id", 1).sole()).toEqual({ other: value });
      expect(await db.from(Word).select(column).groupBy(column).where("id", 1).many()).toEqual([{ [column]: value }]);
      expect(await db.from(Word).where("id", 1).max(column)).toBe(value);
    }
  },
  "each can be written": async ({ db }) => {
    const text = columns.filter((column) => typeof wholeWord[column] === "string");
    await db
      .from(Word)
      .where("id", 1)
      .update(untrusted(Object.fromEntries(text.map((column) => [column, `${column}!`]))));
    const row = await db.from(Word).findOrFail(1);
    for (const column of text) expect(row[column]).toBe(`${column}!`);
    await db.from(Word).where("id", 1).increment("valueOf", 10);
    await db.from(Word).where("id", 1).increment("größe ☃");
    expect(await db.from(Word).find(1)).toMatchObject({ valueOf: 11, "größe ☃": 6 });
    const stored = await db
      .from(Word)
      .upsert(untrusted({ id: 9, find: "g", constructor: "made" }), { conflict: ["find"] });
    expect({ ...stored }).toMatchObject({ id: 2, constructor: "made", toString: null });
  },
  "relations may have odd names too": async ({ db }) => {
    const row = await db
      .from(Word)
      .select("id")
      .load("owner", (q) => q.select("find"))
      .load("select", (q) => q.select("id"))
      .load('like "that"', (q) => q.select("table"))
      .withCount('like "that"', { as: 'n" of `it`' })
      .findOrFail(1);
    expect(row).toEqual({
      id: 1,
      'n" of `it`': 1,
      owner: { find: "g" },
      select: [],
      'like "that"': [{ table: null, pivot: { group: "by" } }],
    });
    expect(await db.from(Word).has("select").pluck("id")).toEqual([2]);
    expect(await db.from(Link).where("group", "by").pluck("to")).toEqual([2]);
  },
  "names of results may be any text": async ({ db }) => {
    const names = [
      "a b",
      'x"y',
      "z`w",
      "it's",
      "a.b",
      "ö☃",
      "constructor",
      "toString",
      "then",
      "-- ;",
      "$1",
      "?",
      "%s",
    ];
    for (const name of names) {
      expect(
        await db
          .from(Word)
          .select({ [name]: "id" })
          .where("id", 1)
          .sole(),
      ).toEqual({ [name]: 1 });
      expect(await db.from(Word).where("id", 1).select("id").withCount("select", { as: name }).sole()).toEqual({
        id: 1,
        [name]: 0,
      });
    }
  },
  "odd names join and page": requires("joins", async ({ db }) => {
    const query = db.from(Link).join(Word, "to", "id").select("group").orderBy("from");
    expect((await query.cursorPaginate({ perPage: 1 })).data).toEqual([{ group: "by" }]);
    expect((await db.from(Word).orderBy("constructor", "desc").cursorPaginate({ perPage: 1 })).data).toMatchObject([
      { id: 1 },
    ]);
  }),
  "__proto__ is refused by a clear error": async ({ refused }) => {
    const named = JSON.parse('{"__proto__":1}');
    const columnsOf = Object.fromEntries(Object.keys(named).map((name) => [name, col.string()]));
    const error = await refused(ModelDefinitionError, () => defineModel("bad", { columns: columnsOf }));
    expect(error.message).toContain("__proto__");
    expect(error).toMatchObject({ model: "bad", column: "__proto__" });
  },
});
