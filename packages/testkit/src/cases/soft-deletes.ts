import { UniqueViolationError } from "@mortise/core";
import { expect } from "vitest";
import { Folder, Letter, office, Paper, Scrap } from "../models/office.ts";
import { requires, suite } from "../suite.ts";

export const softDeletes = suite("soft deletes", office, {
  "every read hides deleted rows": async ({ db }) => {
    expect(await db.from(Paper).orderBy("id").pluck("id")).toEqual([2, 3, 4]);
    expect(await db.from(Paper).where("pages", ">", 3).orWhere("id", 1).pluck("id")).toEqual([4]);
    expect(await db.from(Paper).find(1)).toBeNull();
    expect(await db.from(Paper).findMany([1, 2])).toHaveLength(1);
    expect(await db.from(Paper).where("id", 1).exists()).toBe(false);
    expect(await db.from(Paper).count()).toBe(3);
    expect(await db.from(Paper).sum("pages")).toBe(9);
    expect((await db.from(Paper).paginate({ perPage: 2 })).meta.total).toBe(3);
    expect((await db.from(Paper).orderBy("pages").cursorPaginate({ perPage: 9 })).data).toHaveLength(3);
    const streamed: number[] = [];
    for await (const { id } of db.from(Paper).orderBy("id").stream()) streamed.push(id);
    await db.from(Paper).chunk(2, (rows) => void streamed.push(...rows.map(({ id }) => id)));
    expect(streamed).toEqual([2, 3, 4, 2, 3, 4]);
  },
  "the trash can be seen with the rest or alone": async ({ db }) => {
    expect(await db.from(Paper).withTrashed().count()).toBe(5);
    expect(await db.from(Paper).onlyTrashed().orderBy("id").pluck("id")).toEqual([1, 5]);
    expect(await db.from(Paper).withTrashed().find(1)).toMatchObject({ deletedAt: new Date("2024-01-01T00:00:00Z") });
    expect(await db.from(Scrap).onlyTrashed().pluck("id")).toEqual([2]);
    expect(await db.from(Letter).onlyTrashed().pluck("id")).toEqual([2]);
    expect(await db.from(Scrap).orderBy("id").pluck("id")).toEqual([1, 3]);
  },
  "loads, counts and filters by relation hide deleted rows": async ({ db }) => {
    const folders = db.from(Folder).orderBy("id");
    const loaded = folders
      .select("id")
      .load("papers", (q) => q.select("id").orderBy("id"))
      .load("firstPaper", (q) => q.select("id"));
    expect(await loaded.many()).toEqual([
      { id: 1, papers: [{ id: 2 }, { id: 3 }], firstPaper: { id: 2 } },
      { id: 2, papers: [], firstPaper: null },
    ]);
    expect(
      await folders.select("id").withCount("papers").withSum("papers", "pages").withExists("papers").many(),
    ).toEqual([
      { id: 1, papersCount: 2, papersPagesSum: 5, papersExists: true },
      { id: 2, papersCount: 0, papersPagesSum: null, papersExists: false },
    ]);
    expect(await folders.has("papers").pluck("id")).toEqual([1]);
    expect(await folders.whereDoesntHave("papers").pluck("id")).toEqual([2]);
    expect(await folders.has("papers", ">=", 3).pluck("id")).toEqual([]);
    expect(await db.from(Paper).load("folder").orderBy("id").many()).toMatchObject([
      { id: 2, folder: { id: 1 } },
      { id: 3, folder: { id: 1 } },
      { id: 4, folder: null },
    ]);
  },
  "a deleted row of the pivot is no tie": async ({ db }) => {
    const papers = db
      .from(Paper)
      .select("id")
      .orderBy("id")
      .load("labels", (q) => q.select("name"));
    expect(await papers.many()).toEqual([
      { id: 2, labels: [{ name: "red" }] },
      { id: 3, labels: [{ name: "blue" }] },
      { id: 4, labels: [] },
    ]);
    expect(
      await db
        .from(Paper)
        .whereHas("labels", (q) => q.where("name", "blue"))
        .pluck("id"),
    ).toEqual([3]);
    expect(await db.from(Paper).withCount("labels").orderBy("id").select("id").many()).toEqual([
      { id: 2, labelsCount: 1 },
      { id: 3, labelsCount: 1 },
      { id: 4, labelsCount: 0 },
    ]);
  },
  "a callback may look into the trash of its relation": async ({ db }) => {
    const query = db.from(Folder).where("id", 1).select("id");
    const rows = await query.load("papers", (q) => q.withTrashed().select("id").orderBy("id")).many();
    expect(rows).toEqual([{ id: 1, papers: [{ id: 1 }, { id: 2 }, { id: 3 }] }]);
    expect(await query.withCount("papers", (q) => q.onlyTrashed()).many()).toEqual([{ id: 1, papersCount: 1 }]);
    expect(
      await db
        .from(Folder)
        .whereHas("papers", (q) => q.onlyTrashed())
        .orderBy("id")
        .pluck("id"),
    ).toEqual([1, 2]);
  },
  "joins and subqueries hide deleted rows of every side": requires("joins", async ({ db }) => {
    expect(await db.from(Paper).join(Folder, "folderId", "id").orderBy("id").pluck("id")).toEqual([2, 3]);
    const left = db.from(Paper).leftJoin(Folder, "folderId", "id").select({ id: "id", folder: "folders.name" });
    expect(await left.orderBy("id").many()).toEqual([
      { id: 2, folder: "A" },
      { id: 3, folder: "A" },
      { id: 4, folder: null },
    ]);
    expect(await db.from(Folder).whereIn("id", db.from(Paper).select("folderId")).pluck("id")).toEqual([1]);
    expect(await db.from(Folder).whereExists(db.from(Paper).whereColumn("folderId", "folders.id")).pluck("id")).toEqual(
      [1],
    );
  }),
  "outer joins see a database in which deleted rows are not": requires("outer joins", async ({ db }) => {
    const names = { title: "title", folder: "folders.name" } as const;
    const right = db.from(Paper).rightJoin(Folder, "folderId", "id").select(names);
    const full = db.from(Paper).fullJoin(Folder, "folderId", "id").select(names);
    const read = async () => [
      await right.orderBy("folders.id").orderBy("title").many(),
      await full.orderBy("folders.id").orderBy("title").many(),
    ];
    const before = await read();
    expect(before[0]).toEqual([
      { title: "three", folder: "A" },
      { title: "two", folder: "A" },
      { title: null, folder: "B" },
    ]);
    await db.from(Paper).onlyTrashed().unfiltered().forceDelete();
    await db.from(Folder).onlyTrashed().unfiltered().forceDelete();
    expect(await read()).toEqual(before);
  }),
  "delete marks rows with the instant of the call": async ({ db }) => {
    const before = Date.now();
    expect(await db.from(Paper).where("id", 2).delete()).toBe(1);
    const { deletedAt } = await db.from(Paper).withTrashed().findOrFail(2);
    expect(deletedAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(deletedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(await db.from(Paper).whereIn("id", [1, 2]).delete()).toBe(0);
    expect(await db.from(Paper).withTrashed().where("id", 1).value("deletedAt")).toEqual(
      new Date("2024-01-01T00:00:00Z"),
    );
  },
  "the value of a delete is made for each call": async ({ db }) => {
    const one = db.from(Letter).where("id", 1);
    expect(await one.softDelete()).toBe(1);
    expect(await db.from(Letter).where("id", 3).delete()).toBe(1);
    expect(await db.from(Letter).withTrashed().orderBy("id").pluck("goneAs")).toEqual(["gone-1", "early", "gone-2"]);
    expect(await db.from(Scrap).where("id", 1).delete()).toBe(1);
    expect(await db.from(Scrap).withTrashed().orderBy("id").pluck("isGone")).toEqual([true, true, false]);
  },
  "restore brings rows back, forceDelete removes them": async ({ db }) => {
    expect(await db.from(Paper).whereIn("id", [1, 2, 5]).restore()).toBe(2);
    expect(await db.from(Paper).count()).toBe(5);
    expect(await db.from(Scrap).where("id", 2).restore()).toBe(1);
    expect(await db.from(Scrap).count()).toBe(3);
    expect(await db.from(Paper).where("id", 2).forceDelete()).toBe(1);
    expect(await db.from(Paper).withTrashed().count()).toBe(4);
    expect(await db.from(Folder).onlyTrashed().where("id", 3).forceDelete()).toBe(1);
  },
  "writes leave deleted rows alone": async ({ db }) => {
    expect(await db.from(Paper).where("id", ">", 0).update({ pages: 9 })).toBe(3);
    expect(await db.from(Paper).where("id", 1).increment("pages")).toBe(0);
    expect(await db.from(Paper).where("id", 1).forceDelete()).toBe(0);
    expect(await db.from(Paper).withTrashed().where("id", 1).value("pages")).toBe(1);
    expect(await db.from(Paper).withTrashed().where("id", 1).update({ pages: 8 })).toBe(1);
  },
  "a deleted row still holds its unique keys, and no upsert touches it": requires("transactions", async ({ db }) => {
    const taken = { id: 9, title: "one", pages: 7 };
    const insert = db.from(Paper).insert(taken);
    await expect(insert).rejects.toBeInstanceOf(UniqueViolationError);
    const upsert = db.from(Paper).upsert(taken, { conflict: ["title"] });
    await expect(upsert).rejects.toBeInstanceOf(UniqueViolationError);
    const kept = db.from(Paper).upsert(taken, { conflict: ["title"], update: [] });
    await expect(kept).rejects.toBeInstanceOf(UniqueViolationError);
    await expect(db.from(Paper).firstOrCreate({ title: "one" }, { id: 9 })).rejects.toBeInstanceOf(
      UniqueViolationError,
    );
    expect(await db.from(Paper).withTrashed().find(1)).toMatchObject({ title: "one", pages: 1 });
    const revived = await db
      .from(Paper)
      .withTrashed()
      .upsert({ ...taken, deletedAt: null }, { conflict: ["title"] });
    expect(revived).toMatchObject({ title: "one", pages: 7, deletedAt: null });
  }),
});
