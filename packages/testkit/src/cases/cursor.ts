import { InvalidQueryError, MortiseError, type CursorPage } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, PostTag, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

type Turn = (request: {
  perPage: number;
  after?: string | null;
  before?: string | null;
}) => Promise<CursorPage<object>>;

/** All rows by walking forward, then all but the last page by walking back. */
async function walk(turn: Turn, perPage: number): Promise<{ forward: object[]; back: object[] }> {
  const forward: object[] = [];
  let page = await turn({ perPage });
  expect(page.meta.previousCursor).toBeNull();
  for (;;) {
    forward.push(...page.data);
    expect(page.meta.hasMorePages).toBe(page.meta.nextCursor !== null);
    if (page.meta.nextCursor === null) break;
    page = await turn({ perPage, after: page.meta.nextCursor });
  }
  const back: object[] = [...page.data];
  while (page.meta.previousCursor !== null) {
    page = await turn({ perPage, before: page.meta.previousCursor });
    back.unshift(...page.data);
  }
  return { forward, back };
}

export const cursor = suite("pages by cursor", blog, {
  "every order is walked whole, forward and back, with nulls and ties": async ({ db }) => {
    for (const direction of ["asc", "desc"] as const) {
      for (const nulls of ["first", "last", undefined] as const) {
        const options = nulls === undefined ? {} : { nulls };
        const query = db.from(Post).select("id").orderBy("rating", direction, options).orderBy("views", "desc");
        const all = await query.orderBy("id", "desc").many();
        for (const perPage of [1, 2, 3, 4, 5, 6, 7]) {
          const { forward, back } = await walk((request) => query.cursorPaginate(request), perPage);
          expect(forward).toEqual(all);
          expect(back).toEqual(all);
        }
      }
    }
  },
  "columns of every kind carry a cursor exactly": async ({ db }) => {
    await db.from(User).where("id", 2).update({ visits: 9007199254740992n, balance: "9.99" });
    for (const column of ["visits", "balance", "bornOn", "joinedAt", "isActive", "name"] as const) {
      const query = db.from(User).select("id").orderBy(column);
      const { forward, back } = await walk((request) => query.cursorPaginate(request), 1);
      expect(forward).toEqual(await query.orderBy("id").many());
      expect(back).toEqual(forward);
    }
  },
  "the order's columns need not be selected, and rows carry only what was": async ({ db }) => {
    const page = await db.from(User).select("name").orderBy("joinedAt", "desc").cursorPaginate({ perPage: 2 });
    expect(page.data).toEqual([{ name: "Cid" }, { name: "Bob" }]);
    expect(page.data[0]).toBeInstanceOf(User);
  },
  "the caller's own alternatives stay together": async ({ db }) => {
    const query = db.from(Post).select("id").where("userId", 1).orWhere("views", 20).orderBy("id");
    const { forward } = await walk((request) => query.cursorPaginate(request), 1);
    expect(forward).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 5 }]);
  },
  "a composite key breaks ties": async ({ db }) => {
    const query = db.from(PostTag).select("postId", "tagId").orderBy("note");
    const { forward, back } = await walk((request) => query.cursorPaginate(request), 1);
    expect(forward).toEqual([
      { postId: 1, tagId: 2 },
      { postId: 2, tagId: 1 },
      { postId: 1, tagId: 1 },
      { postId: 3, tagId: 2 },
    ]);
    expect(back).toEqual(forward);
  },
  "rows put in before the place are not seen, rows behind it are": async ({ db }) => {
    const query = db.from(Comment).select("id").orderBy("id");
    const first = await query.cursorPaginate({ perPage: 2 });
    await db.from(Comment).insertMany([
      { id: 0, postId: 1, body: "before" },
      { id: 9, postId: 1, body: "behind" },
    ]);
    const second = await query.cursorPaginate({ perPage: 9, after: first.meta.nextCursor });
    expect(second.data).toEqual([{ id: 3 }, { id: 4 }, { id: 5 }, { id: 9 }]);
  },
  "loads and joins work on a page": requires("joins", async ({ db }) => {
    const query = db
      .from(Post)
      .join(User, "userId", "id")
      .select("id")
      .load("comments", (q) => q.select("id").orderBy("id"));
    const page = await query.where("users.name", "Bob").orderBy("views").cursorPaginate({ perPage: 2 });
    expect(page.data).toEqual([
      { id: 4, comments: [] },
      { id: 3, comments: [{ id: 3 }, { id: 4 }, { id: 5 }] },
    ]);
  }),
  "a token for another query, or a changed one, is an error": async ({ db, refused }) => {
    const query = db.from(Post).orderBy("views");
    const { meta } = await query.cursorPaginate({ perPage: 2 });
    const token = meta.nextCursor ?? "";
    const other = [
      () => db.from(Post).orderBy("views", "desc").cursorPaginate({ after: token }),
      () => db.from(Post).orderBy("title").cursorPaginate({ after: token }),
      () => db.from(User).orderBy("id").cursorPaginate({ after: token }),
      () => query.where("id", ">", 1).cursorPaginate({ after: token }),
      () => query.cursorPaginate({ after: token.slice(0, -2) }),
      () => query.cursorPaginate({ after: `${token.slice(0, 6)}A${token.slice(7)}` }),
      () => query.cursorPaginate({ before: "" }),
    ];
    for (const call of other) expect((await refused(MortiseError, call)).code).toBe("CURSOR");
    for (const wrong of [1, {}, [token], { $ne: null }, true]) {
      const error = await refused(MortiseError, () => query.cursorPaginate({ after: untrusted(wrong) }));
      expect(error.code).toBe("CURSOR");
    }
    expect((await query.cursorPaginate({ after: token })).data).toHaveLength(4);
  },
  "a page needs a total order of the model's own columns": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).orderByRaw("title").cursorPaginate());
    await refused(InvalidQueryError, () => db.from(Post).inRandomOrder().cursorPaginate());
    await refused(InvalidQueryError, () => db.from(Post).select("userId").distinct().cursorPaginate());
    await refused(InvalidQueryError, () => db.from(Post).select("userId").groupBy("userId").cursorPaginate());
    const { meta } = await db.from(Post).cursorPaginate({ perPage: 1 });
    const both = { after: meta.nextCursor, before: meta.nextCursor };
    await refused(InvalidQueryError, () => db.from(Post).cursorPaginate(both));
  },
});
