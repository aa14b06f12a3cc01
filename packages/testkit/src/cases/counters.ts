import { col, createSchema, defineModel, raw } from "@mortise/core";
import { expect } from "vitest";
import { suite } from "../suite.ts";

const TicketTable = defineModel("tickets", {
  columns: { id: col.increment(), code: col.string({ unique: true }), holder: col.string() },
});
/** A name that has to be quoted wherever it is said. */
const OddTable = defineModel('it\'s a "Table"', {
  columns: { id: col.increment({ databaseName: "The 'Id'" }), label: col.string() },
});
const BigTable = defineModel("big_numbers", { columns: { id: col.bigIncrement({ mode: "bigint" }) } });
const countersSchema = createSchema({ tickets: TicketTable, odd: OddTable, big: BigTable });
const { tickets: Ticket, odd: Odd, big: Big } = countersSchema;
const fixture = { schema: countersSchema, seed: () => Promise.resolve() };

export const counters = suite("counters", fixture, {
  "a generated key comes after every key that was given": async ({ db }) => {
    const tickets = db.from(Ticket);
    await tickets.insert({ id: 5, code: "a" });
    expect((await tickets.insert({ code: "b" })).id).toBe(6);
    await tickets.insert({ id: 1_000_000, code: "c" });
    expect((await tickets.insert({ code: "d" })).id).toBe(1_000_001);
  },
  "a given key that is smaller does not move the counter back": async ({ db }) => {
    const tickets = db.from(Ticket);
    await tickets.insert({ id: 500, code: "a" });
    await tickets.insert({ id: 20, code: "b" });
    await tickets.insert({ id: -7, code: "c" });
    await tickets.insert({ id: 0, code: "d" });
    expect((await tickets.insert({ code: "e" })).id).toBe(501);
    expect(await tickets.orderBy("id").pluck("id")).toEqual([-7, 0, 20, 500, 501]);
  },
  "rows that are seeded together move it together, in any order": async ({ db }) => {
    const tickets = db.from(Ticket);
    await tickets.insertMany([30, 10, 2000, 20].map((id) => ({ id, code: `code ${id}` })));
    expect((await tickets.insert({ code: "next" })).id).toBe(2001);
    const mixed = await tickets.insertMany([{ id: 3000, code: "given" }, { code: "counted" }]);
    expect(mixed.map(({ id }) => id)).toEqual([3000, 3001]);
  },
  "several writers may seed at once": async ({ db }) => {
    const tickets = db.from(Ticket);
    const seeded = Array.from({ length: 4 }, (_, lane) =>
      tickets.insertMany(Array.from({ length: 50 }, (_row, at) => ({ id: at * 4 + lane + 1, code: `${lane} ${at}` }))),
    );
    await Promise.all(seeded);
    expect((await tickets.insert({ code: "next" })).id).toBe(201);
  },
  "an upsert and a key by an expression move it too": async ({ db }) => {
    const tickets = db.from(Ticket);
    await tickets.upsert({ id: 40, code: "a", holder: "Ann" }, { conflict: ["code"] });
    await tickets.upsert({ id: 90, code: "a", holder: "Bob" }, { conflict: ["code"] });
    expect(await tickets.plain()).toEqual([{ id: 40, code: "a", holder: "Bob" }]);
    expect((await tickets.insert({ code: "b" })).id).toBeGreaterThan(40);
    const { id } = await tickets.insert({ id: raw("? + 1", [200]), code: "c" });
    expect(id).toBe(201);
    expect((await tickets.insert({ code: "d" })).id).toBe(202);
  },
  "a key that is changed moves it too": async ({ db }) => {
    const tickets = db.from(Ticket);
    await tickets.insertMany([{ code: "a" }, { code: "b" }]);
    expect(await tickets.where("code", "a").update({ id: 70 })).toBe(1);
    expect((await tickets.insert({ code: "c" })).id).toBe(71);
    expect(await tickets.where("code", "b").returning().update({ id: 72 })).toEqual([
      { id: 72, code: "b", holder: null },
    ]);
    expect((await tickets.insert({ code: "d" })).id).toBe(73);
  },
  "the names of table and column may be any": async ({ db }) => {
    await db.from(Odd).insert({ id: 9, label: "nine" });
    expect(await db.from(Odd).insert({ label: "ten" })).toEqual({ id: 10, label: "ten" });
  },
  "a counter of 64 bits keeps every digit": async ({ db }) => {
    const given = 2n ** 53n + 7n;
    await db.from(Big).insert({ id: given });
    expect((await db.from(Big).insert({})).id).toBe(given + 1n);
  },
});
