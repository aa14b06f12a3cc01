import { UnfilteredWriteError } from "@mortise/core";
import { expect } from "vitest";
import { Account, Batch, hooked, Note, tenants } from "../models/tenants.ts";
import { suite } from "../suite.ts";

export const writeHooks = suite("hooks of writes", tenants, {
  "beforeInsert changes what is stored, not the caller's object": async ({ db }) => {
    const given = Object.freeze({ text: " a " });
    const row = await db.from(Note).insert(given);
    expect(row).toMatchObject({ text: "a", by: "hook" });
    expect(await db.from(Note).sole()).toEqual(row);
    expect(given).toEqual({ text: " a " });
  },
  "every way to insert runs it": async ({ db }) => {
    await db.from(Note).upsert({ text: "a " }, { conflict: ["text"] });
    await db.from(Note).firstOrCreate({ text: "b" });
    await db.from(Note).updateOrCreate({ text: "c" }, { rank: 1 });
    await db.from(Note).insertMany([{ text: "d " }, { text: "e", by: "me" }]);
    await db.from(Note).upsertMany([{ text: "f" }, { text: "a", rank: 2 }], { conflict: ["text"] });
    expect(hooked.calls).toEqual(["a ", "b", "c", "d ", "e", "f", "a"].map((text) => `notes.beforeInsert ${text}`));
    expect(await db.from(Note).orderBy("text").select("text", "by", "rank").many()).toEqual([
      { text: "a", by: "hook", rank: 2 },
      { text: "b", by: "hook", rank: null },
      { text: "c", by: "hook", rank: 1 },
      { text: "d", by: "hook", rank: null },
      { text: "e", by: "me", rank: null },
      { text: "f", by: "hook", rank: null },
    ]);
  },
  "beforeInsertMany stands for the hook of single rows": async ({ db }) => {
    const rows = await db.from(Batch).insertMany([{ text: "a" }, { text: "b" }]);
    expect(rows.map(({ rank }) => rank)).toEqual([0, 1]);
    expect((await db.from(Batch).insert({ text: "c" })).rank).toBe(-1);
    const plain = await db
      .from(Batch)
      .withoutHooks("beforeInsertMany")
      .insertMany([{ text: "d" }]);
    expect(plain[0]?.rank).toBeNull();
  },
  "beforeUpdate and beforeDelete narrow the write": async ({ db }) => {
    expect(await db.from(Account).where("id", 1).orWhere("id", 3).update({ visits: 0 })).toBe(1);
    expect(await db.from(Account).where("id", ">", 0).increment("visits")).toBe(2);
    expect(await db.from(Account).where("id", ">", 2).delete()).toBe(0);
    expect(await db.from(Account).where("id", 2).delete()).toBe(1);
    expect(hooked.calls).toEqual([
      "accounts.beforeUpdate",
      "accounts.beforeUpdate",
      "accounts.beforeDelete",
      "accounts.beforeDelete",
    ]);
    const rows = await db.from(Account).withoutHooks().orderBy("id").select("id", "visits").many();
    expect(rows).toEqual([
      { id: 1, visits: 1 },
      { id: 3, visits: 100 },
      { id: 4, visits: 1000 },
    ]);
  },
  "what a hook adds does not make a write filtered": async ({ db, refused }) => {
    await refused(UnfilteredWriteError, () => db.from(Account).update({ visits: 0 }));
    await refused(UnfilteredWriteError, () => db.from(Account).delete());
    expect(await db.from(Account).unfiltered().update({ visits: 0 })).toBe(2);
  },
  "hooks of writes are left out by name": async ({ db }) => {
    expect((await db.from(Note).withoutHooks("beforeInsert").insert({ text: " x" })).text).toBe(" x");
    expect(await db.from(Account).withoutHooks("beforeUpdate").where("id", 3).update({ visits: 5 })).toBe(1);
    expect(await db.from(Account).withoutHooks("beforeDelete").where("id", 3).delete()).toBe(1);
    expect(hooked.calls).toEqual([]);
  },
  "an error of a hook stops the write": async ({ db }) => {
    const frozen = Object.freeze({ text: "a", by: "b" });
    await db.from(Note).insert(frozen);
    hooked.tenant = Number.NaN;
    await expect(db.from(Account).where("id", 1).update({ visits: 9 })).rejects.toMatchObject({
      code: "INVALID_VALUE",
    });
    expect(await db.from(Account).withoutHooks().where("id", 1).value("visits")).toBe(1);
  },
});
