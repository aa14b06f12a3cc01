import { InvalidQueryError, InvalidValueError, raw } from "@mortise/core";
import { expect } from "vitest";
import { Part, intake } from "../models/intake.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const nothing = untrusted(undefined);

export const undefinedValues = suite("undefined", intake, {
  "where with undefined throws, and a write with it changes nothing": async ({ db, refused }) => {
    const before = await db.from(Part).orderBy("id").many();
    const conditions: (() => { delete(): Promise<number>; update(values: { size: number }): Promise<number> })[] = [
      () => db.from(Part).where("id", nothing),
      () => db.from(Part).where("id", "=", nothing),
      () => db.from(Part).where("id", "!=", nothing),
      () => db.from(Part).where("id", "in", nothing),
      () => db.from(Part).where("id", "between", nothing),
      () => db.from(Part).where("title", "like", nothing),
      () => db.from(Part).where({ id: nothing }),
      () => db.from(Part).where({ id: 1, title: nothing }),
      () => db.from(Part).where((q) => q.where("id", nothing)),
      () => db.from(Part).orWhere("id", nothing),
      () => db.from(Part).whereNot("id", nothing),
      () => db.from(Part).orWhereNot({ id: nothing }),
      () => db.from(Part).whereIn("id", nothing),
      () => db.from(Part).whereIn("id", [nothing]),
      () => db.from(Part).whereNotIn("id", nothing),
      () => db.from(Part).whereNotIn("id", [1, nothing]),
      () => db.from(Part).whereBetween("id", [1, nothing]),
      () => db.from(Part).whereNotBetween("id", [nothing, 1]),
      () => db.from(Part).whereContains("title", nothing),
      () => db.from(Part).whereDate("at", nothing),
      () => db.from(Part).whereYear("at", nothing),
      () => db.from(Part).whereJson("meta", ["a"], nothing),
      () => db.from(Part).whereJsonContains("meta", nothing),
      () => db.from(Part).whereRaw("id = ?", [nothing]),
      () => db.from(Part).where("id", raw("?", [nothing])),
      () => db.from(Part).whereHas("children", (q) => q.where("id", nothing)),
    ];
    for (const condition of conditions) {
      await refused(InvalidValueError, () => condition().delete());
      await refused(InvalidValueError, () => condition().update({ size: 9 }));
    }
    expect(await db.from(Part).orderBy("id").many()).toEqual(before);
  },
  "undefined is no value to store": async ({ db, refused }) => {
    const one = db.from(Part).where("id", 1);
    await refused(InvalidValueError, () => one.update({ title: nothing }));
    await refused(InvalidValueError, () => one.update({ size: 1, title: nothing }));
    await refused(InvalidValueError, () => one.update(nothing));
    await refused(InvalidValueError, () => one.increment("size", 1, { title: nothing }));
    await refused(InvalidValueError, () => db.from(Part).insert({ id: 9, title: nothing }));
    await refused(InvalidValueError, () => db.from(Part).insertMany([{ id: 9, title: "x", size: nothing }]));
    await refused(InvalidValueError, () => db.from(Part).upsert({ id: 9, title: nothing }, { conflict: ["title"] }));
    await refused(InvalidValueError, () => db.from(Part).firstOrCreate({ title: nothing }));
    await refused(InvalidValueError, () => db.from(Part).updateOrCreate({ title: nothing }, { size: 1 }));
    await refused(InvalidValueError, () => db.from(Part).firstOrNew({ title: nothing }));
    expect(await db.from(Part).orderBy("id").pluck("title")).toEqual(["one", "two"]);
  },
  "undefined is no key, number or name": async ({ db, refused }) => {
    await refused(InvalidValueError, () => db.from(Part).find(nothing));
    await refused(InvalidValueError, () => db.from(Part).findMany(nothing));
    await refused(InvalidValueError, () => db.from(Part).findMany([nothing]));
    await refused(InvalidValueError, () => db.from(Part).limit(nothing));
    await refused(InvalidValueError, () => db.from(Part).offset(nothing));
    await refused(InvalidValueError, () => db.from(Part).having("size", nothing));
    await refused(InvalidQueryError, () => db.from(Part).sum(nothing));
    await refused(InvalidQueryError, () => db.from(Part).selectCount(nothing));
    await refused(InvalidQueryError, () => db.from(Part).whereExists(nothing));
  },
});
