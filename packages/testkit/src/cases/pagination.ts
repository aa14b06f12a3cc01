import { InvalidValueError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const pagination = suite("pages", blog, {
  "a page comes with the whole count": async ({ db }) => {
    const query = db.from(Post).select("id").orderBy("id");
    expect(await query.paginate({ page: 2, perPage: 4 })).toEqual({
      data: [{ id: 5 }, { id: 6 }],
      meta: {
        total: 6,
        perPage: 4,
        currentPage: 2,
        lastPage: 2,
        firstPage: 1,
        from: 5,
        to: 6,
        hasMorePages: false,
        hasPages: true,
        isEmpty: false,
      },
    });
    const { data, meta } = await query.paginate({ perPage: 4 });
    expect(data).toHaveLength(4);
    expect(meta).toMatchObject({ currentPage: 1, from: 1, to: 4, hasMorePages: true });
  },
  "without numbers it is the first page of fifteen": async ({ db }) => {
    const { data, meta } = await db.from(Post).paginate();
    expect(data).toHaveLength(6);
    expect(meta).toEqual({
      total: 6,
      perPage: 15,
      currentPage: 1,
      lastPage: 1,
      firstPage: 1,
      from: 1,
      to: 6,
      hasMorePages: false,
      hasPages: false,
      isEmpty: false,
    });
  },
  "pages of nothing and pages behind the end are empty": async ({ db }) => {
    expect(await db.from(Post).where("id", 99).paginate()).toEqual({
      data: [],
      meta: {
        total: 0,
        perPage: 15,
        currentPage: 1,
        lastPage: 1,
        firstPage: 1,
        from: null,
        to: null,
        hasMorePages: false,
        hasPages: false,
        isEmpty: true,
      },
    });
    const { data, meta } = await db.from(Post).paginate({ page: 9, perPage: 5 });
    expect(data).toEqual([]);
    expect(meta).toMatchObject({ total: 6, currentPage: 9, lastPage: 2, from: null, to: null, hasMorePages: false });
  },
  "a page counts groups and distinct rows, not what they were made of": async ({ db }) => {
    const groups = db.from(Post).select("userId").selectCount("n").groupBy("userId").orderBy("n", "desc");
    const { data, meta } = await groups.paginate({ perPage: 2 });
    expect(data).toEqual([
      { userId: 2, n: 3 },
      { userId: 1, n: 2 },
    ]);
    expect(meta.total).toBe(3);
    const distinct = await db.from(Post).select("views").distinct().orderBy("views").paginate({ page: 2, perPage: 3 });
    expect(distinct.data).toEqual([{ views: 20 }, { views: 30 }]);
    expect(distinct.meta.total).toBe(5);
  },
  "pages replace a limit, and a limited count stays limited": async ({ db }) => {
    const limited = db.from(Post).select("id").orderBy("id").limit(2);
    expect(await limited.count()).toBe(2);
    const { data, meta } = await limited.paginate({ perPage: 3 });
    expect(data).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(meta.total).toBe(6);
    expect(await limited.count()).toBe(2);
    expect(await limited.pluck("id")).toEqual([1, 2]);
  },
  "a page loads relations and leaves the builder as it was": async ({ db, sent, strategy }) => {
    const query = db
      .from(User)
      .select("id")
      .load("posts", (q) => q.select("id").orderBy("id"))
      .orderBy("id");
    const statements = await sent(async () => {
      const { data } = await query.paginate({ perPage: 2 });
      expect(data).toEqual([
        { id: 1, posts: [{ id: 1 }, { id: 2 }] },
        { id: 2, posts: [{ id: 3 }, { id: 4 }, { id: 5 }] },
      ]);
    });
    expect(statements).toHaveLength(strategy === "separate" ? 3 : 2);
    expect(await query.pluck("id")).toEqual([1, 2, 3, 4]);
  },
  "a simple page looks one row ahead instead of counting": async ({ db, sent }) => {
    const query = db.from(Post).select("id").orderBy("id");
    const statements = await sent(async () => {
      expect(await query.simplePaginate({ page: 1, perPage: 4 })).toEqual({
        data: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }],
        meta: { perPage: 4, currentPage: 1, hasMorePages: true },
      });
    });
    expect(statements).toHaveLength(1);
    expect(await query.simplePaginate({ page: 2, perPage: 3 })).toEqual({
      data: [{ id: 4 }, { id: 5 }, { id: 6 }],
      meta: { perPage: 3, currentPage: 2, hasMorePages: false },
    });
    expect(await query.simplePaginate({ page: 3, perPage: 3 })).toEqual({
      data: [],
      meta: { perPage: 3, currentPage: 3, hasMorePages: false },
    });
  },
  "page numbers and sizes are whole numbers from 1": async ({ db, refused }) => {
    for (const wrong of [0, -1, 1.5, "2", Number.NaN, Infinity, {}, [1], true, 2 ** 53]) {
      await refused(InvalidValueError, () => db.from(Post).paginate({ page: untrusted(wrong) }));
      await refused(InvalidValueError, () => db.from(Post).paginate({ perPage: untrusted(wrong) }));
      await refused(InvalidValueError, () => db.from(Post).simplePaginate({ perPage: untrusted(wrong) }));
      await refused(InvalidValueError, () => db.from(Post).cursorPaginate({ perPage: untrusted(wrong) }));
    }
  },
});
