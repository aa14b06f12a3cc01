import { expect } from "vitest";
import { Depot, freight, Parcel, Seal } from "../models/freight.ts";
import { suite } from "../suite.ts";

export const relationKeys = suite("keys of relations", freight, {
  "a model between may be tied by composite keys on both sides": async ({ db }) => {
    const depots = db.from(Depot).select("code").orderBy("code");
    expect(
      await depots
        .load("carried", (q) => q.select("id").orderBy("id"))
        .load("heaviest", (q) => q.select("id"))
        .withSum("carried", "kilos")
        .many(),
    ).toEqual([
      { code: "N1-1", carriedKilosSum: 5, carried: [{ id: 2 }], heaviest: { id: 2 } },
      { code: "N11", carriedKilosSum: 11, carried: [{ id: 1 }, { id: 3 }], heaviest: { id: 3 } },
    ]);
    expect(await depots.has("carried", ">", 1).pluck("code")).toEqual(["N11"]);
    const limited = await depots.load("carried", (q) => q.select("id").orderBy("id").limit(1)).many();
    expect(limited.map(({ carried }) => carried)).toEqual([[{ id: 2 }], [{ id: 1 }]]);
  },
  "a polymorphic key may be composite": async ({ db }) => {
    const depots = db.from(Depot).select("code").withCount("seals").orderBy("code");
    expect(await depots.load("seals", (q) => q.select("id")).many()).toEqual([
      { code: "N1-1", sealsCount: 1, seals: [{ id: 2 }] },
      { code: "N11", sealsCount: 1, seals: [{ id: 1 }] },
    ]);
    const seals = await db
      .from(Seal)
      .select("id")
      .load("on", { depot: (q) => q.select("code") })
      .orderBy("id")
      .many();
    expect(seals).toEqual([
      { id: 1, on: { type: "depot", code: "N11" } },
      { id: 2, on: { type: "depot", code: "N1-1" } },
      { id: 3, on: null },
    ]);
    expect(await db.from(Seal).whereMorphedTo("on", Depot, ["n", 11]).pluck("id")).toEqual([1]);
    expect(await db.from(Seal).whereDoesntHave("on").pluck("id")).toEqual([3]);
  },
  "keys other than the primary one are the local and the owner key": async ({ db }) => {
    const depots = db.from(Depot).select("city").withCount("stored").orderBy("code");
    expect(await depots.load("stored", (q) => q.select("id").orderBy("id")).many()).toEqual([
      { city: "Bern", storedCount: 1, stored: [{ id: 3 }] },
      { city: "Bern", storedCount: 2, stored: [{ id: 1 }, { id: 4 }] },
    ]);
    const parcels = db.from(Parcel).select("id").orderBy("id");
    const loaded = parcels.load("depot", (q) => q.select("city")).load("truck", (q) => q.select("plate"));
    expect(await loaded.many()).toEqual([
      { id: 1, depot: { city: "Bern" }, truck: { plate: "ab" } },
      { id: 2, depot: null, truck: { plate: "a" } },
      { id: 3, depot: { city: "Bern" }, truck: { plate: "ab" } },
      { id: 4, depot: { city: "Bern" }, truck: null },
    ]);
    expect(await parcels.whereHas("depot", (q) => q.where("number", 1)).pluck("id")).toEqual([3]);
  },
  "of several owners with one key the first by primary key is taken": async ({ db }) => {
    const parcel = await db
      .from(Parcel)
      .load("nearest", (q) => q.select("code"))
      .findOrFail(2);
    expect(parcel.nearest).toEqual({ code: "N11" });
    const other = await db
      .from(Parcel)
      .load("nearest", (q) => q.select("code").orderBy("number"))
      .findOrFail(2);
    expect(other.nearest).toEqual({ code: "N1-1" });
  },
});
