import { InvalidQueryError, InvalidValueError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { archive, Document } from "../models/archive.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const json = suite("json", archive, {
  "a value inside a document is compared by its type": async ({ db }) => {
    const at = (path: (string | number)[], value: string | number | boolean | null) =>
      db.from(Document).whereJson("meta", path, value).orderBy("id").pluck("id");
    expect(await at(["title"], "One")).toEqual([1]);
    expect(await at(["pages"], 200)).toEqual([2]);
    expect(await at(["draft"], true)).toEqual([1]);
    expect(await at(["draft"], false)).toEqual([2]);
    expect(await at(["author", "name"], "Bob")).toEqual([2]);
    expect(await at(["title"], "10")).toEqual([3]);
    expect(await at(["title"], 10)).toEqual([]);
    expect(await at(["pages"], "200")).toEqual([]);
    expect(await at(["draft"], 1)).toEqual([]);
  },
  "numbers inside documents compare as numbers": async ({ db }) => {
    const pages = (operator: "<" | ">=" | "!=", value: number) =>
      db.from(Document).whereJson("meta", ["pages"], operator, value).orderBy("id").pluck("id");
    expect(await pages("<", 100)).toEqual([1, 3]);
    expect(await pages(">=", 10)).toEqual([1, 2]);
    expect(await pages("!=", 10)).toEqual([2, 3]);
    const either = db.from(Document).where("id", 4).orWhereJson("meta", ["pages"], ">", 100);
    expect(await either.orderBy("id").pluck("id")).toEqual([2, 4]);
  },
  "a path of names is one of the same keys": async ({ db }) => {
    const documents = db.from(Document).orderBy("id");
    expect(await documents.where("meta.author.name", "Bob").pluck("id")).toEqual([2]);
    expect(await documents.where("meta.title", "10").pluck("id")).toEqual([3]);
    expect(await documents.where("meta.draft", true).pluck("id")).toEqual([1]);
    expect(await documents.where("meta.pages", ">=", 10).pluck("id")).toEqual([1, 2]);
    expect(await documents.where("meta.pages", "<", 100).where("meta.pages", ">", 9).pluck("id")).toEqual([1]);
    expect(await documents.where("meta.pages", "!=", 10).pluck("id")).toEqual([2, 3]);
    expect(await documents.where("meta.author.born", null).pluck("id")).toEqual([2, 3, 4]);
    expect(await documents.where("meta.author", "!=", null).pluck("id")).toEqual([1, 2]);
    expect(await documents.whereNot("meta.pages", 10).pluck("id")).toEqual([2, 3]);
    expect(await documents.where("id", 4).orWhere("meta.author.name", "Ann").pluck("id")).toEqual([1, 4]);
    expect(await documents.where((q) => q.where("meta.pages", 9).orWhereNot("meta.title", "two")).pluck("id")).toEqual([
      1, 3,
    ]);
    expect(await db.from(Document).where("meta.author.name", "Ann").update({ clock: "01:00:00" })).toBe(1);
    expect(await db.from(Document).where("meta.title", "two").where("meta.author.name", "Ann").exists()).toBe(false);
  },
  "a path of names does not look into lists": async ({ db }) => {
    await db
      .from(Document)
      .where("id", 4)
      .update({ meta: untrusted([{ title: "One", author: [{ name: "Ann" }] }]) });
    await db
      .from(Document)
      .where("id", 3)
      .update({ meta: untrusted({ title: ["One"], author: [{ name: "Ann" }] }) });
    expect(await db.from(Document).where("meta.title", "One").pluck("id")).toEqual([1]);
    expect(await db.from(Document).where("meta.author.name", "Ann").pluck("id")).toEqual([1]);
  },
  "a path that is none is refused": async ({ db, refused }) => {
    for (const path of [
      "meta.",
      "meta..title",
      "meta.$where",
      "meta.a b",
      "meta.0",
      "meta.list.0",
      "meta.a'b",
      "meta.*",
      "meta.a\0b",
    ]) {
      await refused(InvalidQueryError, () => db.from(Document).where(untrusted(path), untrusted("x")).many());
    }
    for (const path of ["words.length", "day.year", "nope.title", ".meta", "other.meta.title"]) {
      await refused(UnknownColumnError, () => db.from(Document).where(untrusted(path), untrusted("x")).many());
    }
    for (const value of [undefined, {}, [], new Date(), 1n]) {
      await refused(InvalidValueError, () => db.from(Document).where("meta.title", untrusted(value)).many());
    }
    await refused(InvalidQueryError, () => db.from(Document).where("meta.title", untrusted("like"), "x").many());
    await refused(InvalidQueryError, () => db.from(Document).where("meta.pages", "<", null).many());
  },
  "null inside a document and a missing key are both null": async ({ db }) => {
    expect(await db.from(Document).whereJson("meta", ["note"], null).orderBy("id").pluck("id")).toEqual([1, 2, 3, 4]);
    expect(await db.from(Document).whereJson("meta", ["author"], "!=", null).orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.from(Document).orWhereJson("meta", ["author", "born"], "=", 1990).pluck("id")).toEqual([1]);
  },
  "keys are data: dots, quotes and wildcards reach no other key": async ({ db }) => {
    const at = (path: (string | number)[], value: string) =>
      db.from(Document).whereJson("meta", path, value).pluck("id");
    expect(await at(["a.b"], "dotted")).toEqual([1]);
    expect(await at(["a", "b"], "dotted")).toEqual([]);
    expect(await at(['quo"te'], "quoted")).toEqual([2]);
    for (const key of ["$", "*", "**", "$[*]", 'x" or 1=1', "author.name", "[0]", "#", "@"]) {
      expect(await at([key], "Ann")).toEqual([]);
      expect(await at(["author", key], "Ann")).toEqual([]);
    }
  },
  "entries of a list are reached by index": async ({ db }) => {
    expect(await db.from(Document).whereJson("list", [0], "a").pluck("id")).toEqual([1]);
    expect(await db.from(Document).whereJson("list", [2], 3).pluck("id")).toEqual([1]);
    expect(await db.from(Document).whereJson("list", [0, "k"], 1).pluck("id")).toEqual([3]);
    expect(await db.from(Document).whereJson("list", ["0"], "a").pluck("id")).toEqual([]);
  },
  "contains finds entries and parts of documents": async ({ db }) => {
    const ids = (column: "list" | "meta" | "words", value: unknown) =>
      db.from(Document).whereJsonContains(column, value).orderBy("id").pluck("id");
    expect(await ids("list", "b")).toEqual([1]);
    expect(await ids("list", ["b", 3])).toEqual([1]);
    expect(await ids("list", "3")).toEqual([]);
    expect(await ids("list", { k: 1 })).toEqual([]);
    expect(await ids("list", [{ k: 1 }])).toEqual([3]);
    expect(await ids("meta", { author: { name: "Ann" } })).toEqual([1]);
    expect(await ids("meta", { pages: "10" })).toEqual([]);
    expect(await ids("words", "red")).toEqual([1, 2]);
    const either = db.from(Document).where("id", 4).orWhereJsonContains("words", "blue");
    expect(await either.orderBy("id").pluck("id")).toEqual([1, 4]);
  },
  "the length of a list is compared": async ({ db }) => {
    expect(await db.from(Document).whereJsonLength("list", 0).pluck("id")).toEqual([2]);
    expect(await db.from(Document).whereJsonLength("list", ">=", 2).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(Document).whereJsonLength("words", "<", 2).orderBy("id").pluck("id")).toEqual([2, 3]);
    expect(await db.from(Document).where("id", 4).orWhereJsonLength("list", 3).orderBy("id").pluck("id")).toEqual([
      1, 4,
    ]);
    const either = db.from(Document).where("id", 4).orWhereJsonLength("words", ">", 1);
    expect(await either.orderBy("id").pluck("id")).toEqual([1, 4]);
  },
  "paths, values and columns of a json filter are checked": async ({ db, refused }) => {
    for (const path of ["title", [], [1.5], [-1], [null], [{}], undefined, {}]) {
      await refused(InvalidValueError, () => db.from(Document).whereJson("meta", untrusted(path), "x").many());
    }
    for (const value of [undefined, {}, [], new Date(), 1n, Symbol("x")]) {
      await refused(InvalidValueError, () => db.from(Document).whereJson("meta", ["title"], untrusted(value)).many());
    }
    for (const length of [-1, 1.5, "1", null, undefined, {}]) {
      await refused(InvalidValueError, () => db.from(Document).whereJsonLength("list", untrusted(length)).many());
    }
    await refused(InvalidValueError, () => db.from(Document).whereJsonContains("list", undefined).many());
    await refused(InvalidQueryError, () => db.from(Document).whereJson("id", ["x"], 1).many());
    await refused(InvalidQueryError, () => db.from(Document).whereJson("meta", ["pages"], "<", null).many());
    await refused(InvalidQueryError, () =>
      db.from(Document).whereJson("meta", ["pages"], untrusted("like"), "x").many(),
    );
  },
});
