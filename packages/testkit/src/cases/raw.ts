import { InvalidQueryError, InvalidValueError, QueryError, raw } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const rawText = suite("raw text", blog, {
  "a raw condition takes its values as bindings": requires("raw", async ({ db }) => {
    const query = db.from(Post).whereRaw("views + ? > ?", [5, 24]);
    expect(await query.orderBy("id").pluck("id")).toEqual([2, 3, 5]);
    expect(query.toSQL().parameters.map(String)).toEqual(["5", "24"]);
    const either = db.from(Post).where("id", 6).orWhereRaw("views = ?", [30]);
    expect(await either.orderBy("id").pluck("id")).toEqual([2, 6]);
    expect(await db.from(Post).where("userId", 2).whereRaw("1 = 0 or views = 5").pluck("id")).toEqual([4]);
  }),
  "a question mark in quotes and comments is no placeholder": requires("raw", async ({ db }) => {
    await db.from(Tag).insert({ id: 9, label: "what?" });
    const query = db.from(Tag).whereRaw("label = 'what?' and id = ? /* why? */", [9]);
    expect(await query.pluck("label")).toEqual(["what?"]);
    expect(await db.raw("select 'it''s ?' as a, ? as b, '??' as c -- ?\n", [1])).toEqual([
      { a: "it's ?", b: 1, c: "??" },
    ]);
  }),
  "computed columns come from raw text": requires("raw", async ({ db }) => {
    const query = db.from(Post).select("id").selectRaw<{ twice: number }>("views * ? as twice", [2]).where("id", 2);
    expect(await query.many()).toEqual([{ id: 2, twice: 60 }]);
    const several = db.from(Post).selectRaw<{ n: number; top: number }>("count(*) as n, max(views) as top");
    expect(await several.many()).toEqual([{ n: 6, top: 30 }]);
    const all = db.from(Tag).selectRaw<{ upper: string }>("*, upper(label) as upper").where("id", 1);
    expect(await all.many()).toEqual([{ id: 1, label: "red", upper: "RED" }]);
    const quoted = db.from(Tag).where("id", 1).selectRaw<{ "a b": string }>("'x, y' as \"a b\"");
    expect(await quoted.many()).toEqual([{ "a b": "x, y" }]);
  }),
  "raw text orders": requires("raw", async ({ db }) => {
    const query = db.from(Post).orderByRaw("case when id = ? then 0 else 1 end", [4]).orderBy("id");
    expect(await query.limit(3).pluck("id")).toEqual([4, 1, 2]);
  }),
  "raw values are written": requires("raw", async ({ db }) => {
    await db
      .from(Post)
      .where("id", 1)
      .update({ views: raw("views + ?", [7]), title: raw("upper(title)") });
    expect(await db.from(Post).find(1)).toEqual({ id: 1, userId: 1, title: "ALPHA", views: 17, rating: 4.5 });
    const inserted = await db.from(Tag).insert({ id: 8, label: raw("lower(?)", ["PINK"]) });
    expect(inserted).toEqual({ id: 8, label: "pink" });
  }),
  "db.raw gives plain rows by result column": requires("raw", async ({ db }) => {
    const rows = await db.raw<{ id: number; name: string }>("select id, name from users where id < ? order by id", [3]);
    expect(rows).toEqual([
      { id: 1, name: "Ann" },
      { id: 2, name: "Bob" },
    ]);
    expect(rows[0]).not.toBeInstanceOf(User);
    expect(await db.raw("update posts set views = 1 where id = ?", [1])).toEqual([]);
    expect(await db.from(Post).where("id", 1).value("views")).toBe(1);
    expect(await db.raw("select ? as a, ? as b, ? as c", ["x", null, 2])).toEqual([{ a: "x", b: null, c: 2 }]);
  }),
  "bindings and placeholders must match": requires("raw", async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).whereRaw("views = ?").many());
    await refused(InvalidQueryError, () => db.from(Post).whereRaw("views = 1", [1]).many());
    await refused(InvalidQueryError, () => db.from(Post).selectRaw("? as a", []).many());
    await refused(InvalidQueryError, () => db.from(Post).selectRaw("1 as a", [1]).many());
    await refused(InvalidQueryError, () => db.from(Post).orderByRaw("?", []).many());
    await refused(InvalidQueryError, () => db.from(Post).havingRaw("?", []).many());
    await refused(InvalidQueryError, () => db.raw("select ?"));
    await refused(InvalidQueryError, () => db.raw(" "));
    await refused(InvalidQueryError, () => db.raw(untrusted(undefined)));
  }),
  "bindings are scalars": requires("raw", async ({ db, refused }) => {
    for (const value of [{}, [1], undefined, Symbol("x"), () => 1, Number.NaN]) {
      await refused(InvalidValueError, () => db.raw("select ?", [value]));
      await refused(InvalidValueError, () => db.from(Post).whereRaw("views = ?", [value]).many());
      await refused(InvalidValueError, () => db.from(Post).selectRaw("? as a", [value]).many());
      await refused(InvalidValueError, () =>
        db
          .from(Post)
          .where("views", raw("?", [value]))
          .many(),
      );
    }
    await refused(InvalidQueryError, () => db.from(Post).whereRaw("views = ?", untrusted("1")).many());
    await refused(InvalidQueryError, () =>
      db
        .from(Post)
        .whereRaw(untrusted({ sql: "1 = 1" }))
        .many(),
    );
  }),
  "one statement at a time": requires("raw", async ({ db }) => {
    await expect(db.raw("select 1; delete from posts")).rejects.toBeInstanceOf(QueryError);
    await expect(db.raw("select nothing from nowhere")).rejects.toBeInstanceOf(QueryError);
    expect(await db.from(Post).count()).toBe(6);
  }),
});
