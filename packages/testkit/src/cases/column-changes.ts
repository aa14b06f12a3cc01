import { InvalidQueryError, InvalidValueError, UnfilteredWriteError, UnsupportedError } from "@mortise/core";
import { ColumnChange } from "@mortise/core/adapter";
import { expect } from "vitest";
import { archive, Document } from "../models/archive.ts";
import { blog, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const lists = "list entries";
type Kind = "push" | "pull" | "addToSet" | "inc";
/** A change of a column, which the types of a handle on any engine do not know. */
const change = (kind: Kind, ...values: unknown[]) => untrusted(new ColumnChange(kind, values));

export const listChanges = suite("changes of lists", archive, {
  "entries are added at the end": requires(lists, async ({ db }) => {
    const words = async (id: number, ...entries: string[]) => {
      await db
        .from(Document)
        .where("id", id)
        .update({ words: change("push", ...entries) });
      return db.from(Document).where("id", id).value("words");
    };
    expect(await words(1, "red", "green")).toEqual(["red", "blue", "red", "green"]);
    expect(await words(3, "one")).toEqual(["one"]);
    expect(await words(4, "one", "two")).toEqual(["one", "two"]);
    expect(await words(2)).toEqual(["red"]);
    expect(
      await db
        .from(Document)
        .unfiltered()
        .update({ words: change("push", "all") }),
    ).toBe(4);
    expect(await db.from(Document).whereJsonContains("words", "all").count()).toBe(4);
  }),
  "entries are added where they are not there yet": requires(lists, async ({ db }) => {
    const set = (id: number, ...entries: unknown[]) =>
      db
        .from(Document)
        .where("id", id)
        .update({ words: change("addToSet", ...entries) });
    await set(1, "blue", "green", "green", "red");
    await set(4, "one", "one");
    expect(await db.from(Document).orderBy("id").pluck("words")).toEqual([
      ["red", "blue", "green"],
      ["red"],
      [],
      ["one"],
    ]);
  }),
  "equal entries are taken out": requires(lists, async ({ db }) => {
    const pull = (id: number, ...entries: unknown[]) =>
      db
        .from(Document)
        .where("id", id)
        .update({ words: change("pull", ...entries) });
    await db
      .from(Document)
      .where("id", 1)
      .update({ words: ["a", "b", "a", "c"] });
    await pull(1, "a", "c", "x");
    await pull(2, "blue");
    await pull(4, "one");
    expect(await db.from(Document).orderBy("id").pluck("words")).toEqual([["b"], ["red"], [], null]);
  }),
  "entries of documents are values of any kind": requires(lists, async ({ db }) => {
    const list = async (kind: Kind, ...entries: unknown[]) => {
      await db
        .from(Document)
        .where("id", 3)
        .update({ list: change(kind, ...entries) });
      return db.from(Document).where("id", 3).value("list");
    };
    expect(await list("push", "$set", null, { a: { "b.c": [1] } })).toEqual([
      { k: 1, l: 2 },
      ["x"],
      "$set",
      null,
      { a: { "b.c": [1] } },
    ]);
    expect(await list("addToSet", { k: 1, l: 2 }, ["x"], null, { k: 2 })).toHaveLength(6);
    expect(await list("pull", { k: 1, l: 2 }, null, { a: { "b.c": [1] } })).toEqual([["x"], "$set", { k: 2 }]);
    expect(await list("pull", "x")).toEqual([["x"], "$set", { k: 2 }]);
  }),
  "values, other changes and returned rows stand beside": requires(lists, async ({ db }) => {
    const rows = await db
      .from(Document)
      .where("id", "<", 3)
      .returning("id", "words", "list", "clock")
      .update({ words: change("push", "w"), list: change("addToSet", "a"), clock: "01:02:03" });
    expect(rows.toSorted((a, b) => a.id - b.id)).toEqual([
      { id: 1, words: ["red", "blue", "w"], list: ["a", "b", 3], clock: "01:02:03" },
      { id: 2, words: ["red", "w"], list: ["a"], clock: "01:02:03" },
    ]);
  }),
  "callers side by side lose nothing": requires(lists, async ({ db }) => {
    const names = Array.from({ length: 12 }, (_, at) => `n${at}`);
    await Promise.all(
      names.map((name) =>
        db
          .from(Document)
          .where("id", 4)
          .update({ words: change("push", name) }),
      ),
    );
    expect((await db.from(Document).where("id", 4).value("words"))?.toSorted()).toEqual(names.toSorted());
  }),
  "an entry is held to what the column takes": requires(lists, async ({ db, refused }) => {
    const one = db.from(Document).where("id", 1);
    for (const kind of ["push", "pull", "addToSet"] as const) {
      for (const entry of [1, {}, ["a"], undefined, true, Number.NaN]) {
        await refused(InvalidValueError, () => one.update({ words: change(kind, "a", entry) }));
      }
      for (const entry of [{ $set: 1 }, [{ a: { $ne: 1 } }], undefined, Number.NaN, 1n]) {
        await refused(InvalidValueError, () => one.update({ list: change(kind, entry) }));
      }
      await refused(InvalidQueryError, () => one.update({ clock: change(kind, "a") }));
      await refused(UnfilteredWriteError, () => db.from(Document).update({ words: change(kind, "a") }));
    }
    expect(await one.value("words")).toEqual(["red", "blue"]);
  }),
  "a change is no value to store or compare": async ({ db, refused }) => {
    const push = change("push", "a");
    await refused(InvalidValueError, () => db.from(Document).insert({ id: 9, words: push }));
    await refused(InvalidQueryError, () => db.from(Document).insert({ id: 9, list: push }));
    await refused(InvalidQueryError, () => db.from(Document).insert({ id: 9, meta: push }));
    await refused(InvalidValueError, () => db.from(Document).upsert({ id: 1, words: push }, { conflict: ["id"] }));
    await refused(InvalidValueError, () => db.from(Document).where("id", push).many());
    await refused(InvalidQueryError, () => db.from(Document).whereJsonContains("list", push).many());
  },
  "where entries are not reached it is refused by name": requires("no list entries", async ({ db, refused }) => {
    for (const kind of ["push", "pull", "addToSet"] as const) {
      const error = await refused(UnsupportedError, () =>
        db
          .from(Document)
          .where("id", 1)
          .update({ words: change(kind, "a") }),
      );
      expect(error.message).toMatch(
        new RegExp(`^${kind} in an update is not supported by .*Read the list in a transaction`),
      );
    }
  }),
});

export const numberChanges = suite("changes of numbers", blog, {
  "a number is added in the database, beside other values": async ({ db }) => {
    await db.from(Post).where("id", 1).update({ views: 5 });
    const one = db.from(Post).where("id", 1);
    await Promise.all(Array.from({ length: 10 }, () => one.update({ views: change("inc", 1) })));
    expect(await one.update({ views: change("inc", -3), title: "New" })).toBe(1);
    expect(await one.select("views", "title").many()).toEqual([{ views: 12, title: "New" }]);
    await db.from(User).where("id", 1).update({ visits: 9007199254740993n, balance: "0.10" });
    await db
      .from(User)
      .where("id", 1)
      .update({ visits: change("inc", 2n), balance: change("inc", "0.20") });
    expect(await db.from(User).select("visits", "balance").find(1)).toEqual({
      visits: 9007199254740995n,
      balance: "0.30",
    });
  },
  "nothing plus one stays nothing": async ({ db }) => {
    await db.from(Post).where("id", 1).update({ rating: null });
    await db
      .from(Post)
      .where("id", 1)
      .update({ rating: change("inc", 1) });
    expect(await db.from(Post).where("id", 1).value("rating")).toBeNull();
  },
  "only columns of numbers step, by numbers": async ({ db, refused }) => {
    const one = db.from(Post).where("id", 1);
    await refused(InvalidQueryError, () => one.update({ title: change("inc", 1) }));
    for (const by of [{}, [1], null, undefined, "x", Number.NaN, true, 1.5, Infinity]) {
      await refused(InvalidValueError, () => one.update({ views: change("inc", by) }));
    }
    await refused(InvalidValueError, () => db.from(Post).insert({ id: 99, title: "t", views: change("inc", 1) }));
  },
});
