import { col, createSchema, defineModel, TransactionError } from "@mortise/core";
import { expect } from "vitest";
import { requires, suite } from "../suite.ts";

const NoteTable = defineModel("notes", {
  columns: {
    id: col.increment(),
    code: col.char({ length: 8, unique: true }),
    text: col.text(),
    count: col.integer(),
    isRead: col.boolean(),
    price: col.decimal({ precision: 10, scale: 2, mode: "string" }),
    at: col.datetime({ as: "string" }),
  },
});
const notesSchema = createSchema({ notes: NoteTable });
const { notes: Note } = notesSchema;
const fixture = { schema: notesSchema, seed: () => Promise.resolve() };

/** What database engines do not agree on by themselves, and mean the same here. */
export const meanings = suite("one meaning", fixture, {
  "texts sort by code points, not by letters or by halves of characters": async ({ db }) => {
    const texts = ["", " ", "B", "a", "a ", "b", "é", "ï", "\uff5e", "\u{1f600}"];
    await db.from(Note).insertMany(texts.toReversed().map((text) => ({ text })));
    expect(await db.from(Note).orderBy("text").pluck("text")).toEqual(texts);
    expect(await db.from(Note).where("text", ">", "\uff5e").pluck("text")).toEqual(["\u{1f600}"]);
    expect(await db.from(Note).max("text")).toBe("\u{1f600}");
  },
  "blanks at the end are kept and count, in keys too": async ({ db }) => {
    await db.from(Note).insertMany([{ code: "a" }, { code: "a " }, { code: "a  " }]);
    expect(await db.from(Note).orderBy("code").pluck("code")).toEqual(["a", "a ", "a  "]);
    expect(await db.from(Note).where("code", "a ").count()).toBe(1);
    expect(await db.from(Note).select("code").distinct().count()).toBe(3);
  },
  "an average of integers keeps its fraction": async ({ db }) => {
    await db.from(Note).insertMany([{ count: 1 }, { count: 2 }, { count: null }]);
    expect(await db.from(Note).avg("count")).toBe(1.5);
  },
  "sums of decimals are exact, and averages have digits enough": async ({ db }) => {
    await db.from(Note).insertMany([{ price: "0.10" }, { price: "0.10" }, { price: "99999999.99" }]);
    expect(await db.from(Note).sum("price")).toBe("100000000.19");
    expect(Number(await db.from(Note).avg("price"))).toBeCloseTo(33_333_333.396667, 5);
  },
  "booleans are booleans in rows, filters, orders and groups": async ({ db }) => {
    await db.from(Note).insertMany([{ isRead: true }, { isRead: false }, { isRead: true }]);
    expect(await db.from(Note).orderBy("isRead").pluck("isRead")).toEqual([false, true, true]);
    expect(await db.from(Note).where("isRead", false).pluck("isRead")).toEqual([false]);
    expect(await db.from(Note).select("isRead").groupBy("isRead").orderBy("isRead").pluck("isRead")).toEqual([
      false,
      true,
    ]);
  },
  "an instant keeps 6 digits behind the second, and is UTC": async ({ db }) => {
    const { id } = await db.from(Note).insert({ at: "2024-03-31T02:30:00.123456789+02:00" });
    expect((await db.from(Note).findOrFail(id)).at).toBe("2024-03-31T00:30:00.123456Z");
    expect(await db.from(Note).where("at", "2024-03-31T00:30:00.123456Z").count()).toBe(1);
    await db.from(Note).insert({ at: "9999-12-31T23:59:59.999999Z" });
    expect(await db.from(Note).max("at")).toBe("9999-12-31T23:59:59.999999Z");
  },
  "a transaction with a failed statement commits all the rest, or says that it did not": requires(
    "transactions",
    async ({ db }) => {
      const committed = await db
        .transaction(async (tx) => {
          await tx.from(Note).insert({ code: "one" });
          await expect(tx.from(Note).insert({ code: "one" })).rejects.toThrow("must be unique");
        })
        .catch((error: unknown) => error);
      if (committed !== undefined) expect(committed).toBeInstanceOf(TransactionError);
      expect(await db.from(Note).count()).toBe(committed === undefined ? 1 : 0);
    },
  ),
});
