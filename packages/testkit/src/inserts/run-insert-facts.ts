import { col, createDatabase, createSchema, defineModel, MortiseError } from "@mortise/core";
import { push } from "@mortise/migrator";
import { describe, expect, it } from "vitest";
import type { Target } from "../values/target.ts";
import { untrusted } from "../untrusted.ts";

/** What only the engine can spell. */
export interface InsertFactsSpelling {
  /** Makes a trigger by which `name` of a row of `parcels` is stored in capitals; absent where a trigger cannot change what is inserted. */
  readonly trigger?: readonly string[];
  /** Lets the database fill `note` of `parcels` with `gift`. */
  readonly addDefault: readonly string[];
}

const Parcel = defineModel("parcels", {
  columns: {
    id: col.increment(),
    name: col.string({ nullable: false }),
    note: col.string(),
    weight: col.integer(),
    isOpen: col.boolean(),
    sentAt: col.datetime(),
    kind: col.enum(["box", "tube"]),
    price: col.decimal({ precision: 10, scale: 2, mode: "string" }),
  },
});
const schema = createSchema({ parcels: Parcel });

const full = (name: string) => ({
  name,
  note: "n",
  weight: -3,
  isOpen: false,
  sentAt: new Date(1_700_000_000_123),
  kind: "tube" as const,
});

async function openParcels(target: Target) {
  const adapter = await target.open();
  const db = createDatabase(schema, untrusted(adapter));
  await push(db);
  const stored = async (rows: readonly { readonly id: number }[]) => {
    const found = await db.from(Parcel).findMany(rows.map(({ id }) => id));
    return rows.map(({ id }) => found.find((row) => row.id === id));
  };
  return { db, stored };
}

/** Rows that an insert gives back are those that are stored, whether or not the database is asked for them. */
export function runInsertFacts(target: Target, spelling: InsertFactsSpelling): void {
  describe(`inserts on ${target.name}`, () => {
    givesBack(target);
    asksInVain(target);
    notices(target, spelling);
  });
}

function givesBack(target: Target): void {
  it("give back what is stored, of one row and of many, with one statement", async () => {
    const { db, stored } = await openParcels(target);
    await db.from(Parcel).insert(full("a"));
    const sent: string[] = [];
    const stop = db.on("query", ({ sql }) => sent.push(sql));
    const one = await db.from(Parcel).insert(full("b"));
    const many = await db.from(Parcel).insertMany([full("c"), full("d"), full("e")]);
    const partial = await db.from(Parcel).insert({ name: "f" });
    stop();
    expect(sent).toHaveLength(3);
    expect(partial).toMatchObject({ note: null, weight: null, isOpen: null, sentAt: null, kind: null, price: null });
    const all = [one, ...many, partial];
    expect(all).toEqual(await stored(all));
    await db.close();
  });

  it("give back what is stored beside rows of others and numbers of one's own", async () => {
    const { db, stored } = await openParcels(target);
    const lists = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        db.from(Parcel).insertMany([full(`x${at}`), full(`y${at}`), full(`z${at}`)]),
      ),
    );
    const own = await db.from(Parcel).insert({ ...full("own"), id: 5000 });
    const all = [...lists.flat(), own, ...(await db.from(Parcel).insertMany([full("next"), full("over")]))];
    expect(all).toEqual(await stored(all));
    await db.close();
  });

  it("give back what only the database knows", async () => {
    const { db, stored } = await openParcels(target);
    const one = await db.from(Parcel).insert({ name: "a", price: "1.5" });
    const all = [one, ...(await db.from(Parcel).insertMany([{ name: "b", price: "2" }, { name: "c" }]))];
    expect(all).toEqual(await stored(all));
    await db.close();
  });
}

function asksInVain(target: Target): void {
  it("fail by errors of ours in a transaction in which nothing can be asked any more", async () => {
    const { db } = await openParcels(target);
    const causes: unknown[] = [];
    await db
      .transaction(async (tx) => {
        await tx.raw("select 1 from nowhere").catch((cause: unknown) => causes.push(cause));
        await tx
          .from(Parcel)
          .insert(full("a"))
          .catch((cause: unknown) => causes.push(cause));
      })
      .catch((cause: unknown) => causes.push(cause));
    expect(causes.length).toBeGreaterThan(0);
    for (const cause of causes) expect(cause).toBeInstanceOf(MortiseError);
    await db.close();
  });
}

function notices(target: Target, { trigger = [], addDefault }: InsertFactsSpelling): void {
  it("notice a default that somebody gave a column", async () => {
    const { db, stored } = await openParcels(target);
    await db.from(Parcel).insert({ name: "a" });
    for (const statement of addDefault) await db.raw(statement);
    const row = await db.from(Parcel).insert({ name: "b" });
    expect(row.note).toBe("gift");
    const all = [row, ...(await db.from(Parcel).insertMany([{ name: "c" }, { name: "d" }]))];
    expect(all).toEqual(await stored(all));
    await db.close();
  });

  it.skipIf(trigger.length === 0)("notice a trigger that changes rows", async () => {
    const { db, stored } = await openParcels(target);
    expect(await db.from(Parcel).insert(full("a"))).toMatchObject({ name: "a" });
    for (const statement of trigger) await db.raw(statement);
    const row = await db.from(Parcel).insert(full("b"));
    expect(row.name).toBe("B");
    const all = [row, ...(await db.from(Parcel).insertMany([full("c"), full("d")]))];
    expect(all).toEqual(await stored(all));
    await db.close();
  });
}
