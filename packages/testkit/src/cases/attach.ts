import { InvalidQueryError, InvalidValueError, UniqueViolationError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, PostTag, Tag, User } from "../models/blog.ts";
import { ledger, Order, OrderVoucher, Voucher } from "../models/ledger.ts";
import { Paper, PaperLabel, office } from "../models/office.ts";
import { insertsInto, isRead } from "../statement-kind.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const attach = suite("attaching", blog, {
  "reads show the pivot, whichever way rows are read": async ({ db }) => {
    const post = await db.from(Post).findOrFail(1);
    const tags = db.related(post, "tags").orderBy("id");
    const loaded = await db
      .from(Post)
      .load("tags", (q) => q.orderBy("id"))
      .findOrFail(1);
    expect(await tags.many()).toEqual(loaded.tags);
    expect((await tags.one())?.pivot.note).toBe("main");
    expect((await tags.paginate({ perPage: 1 })).data[0]?.pivot.note).toBe("main");
    expect((await tags.cursorPaginate({ perPage: 1 })).data[0]?.pivot.note).toBe("main");
    for await (const tag of tags.limit(1).stream()) expect(tag.pivot.note).toBe("main");
    expect(await tags.select("label").plain()).toEqual([
      { label: "red", pivot: loaded.tags[0]?.pivot },
      { label: "green", pivot: { note: null, addedAt: null } },
    ]);
    expect(await tags.pluck("label")).toEqual(["red", "green"]);
    expect(await tags.count()).toBe(2);
    const labels = db.related(post, "tags").select("label").distinct();
    expect(await labels.orderBy("label", "desc").many()).toEqual([{ label: "red" }, { label: "green" }]);
    expect(await db.related(post, "tags").selectCount("n").many()).toEqual([{ n: 2 }]);
    expect(await db.related(post, "tags").where("label", "red").orWhere("label", "blue").pluck("id")).toEqual([1]);
  },
  "rows are attached by key or row, each once": async ({ db, sent }) => {
    const post = await db.from(Post).findOrFail(4);
    const blue = await db.from(Tag).findOrFail(3);
    const events = await sent(async () => {
      expect(await db.related(post, "tags").attach([1, blue, 1, { id: 3 }], { note: "new" })).toBe(2);
    });
    expect(events.filter((event) => insertsInto("post_tags", event))).toHaveLength(1);
    expect(await db.from(PostTag).select("tagId", "note").where("postId", 4).orderBy("tagId").many()).toEqual([
      { tagId: 1, note: "new" },
      { tagId: 3, note: "new" },
    ]);
    expect(await db.related(post, "tags").attach({ id: 2, pivot: { note: "own" } }, { note: "shared" })).toBe(1);
    expect(await db.from(PostTag).where({ postId: 4, tagId: 2 }).value("note")).toBe("own");
    expect(await db.related(post, "tags").attach([])).toBe(0);
    await expect(db.related(post, "tags").attach([1])).rejects.toThrow(UniqueViolationError);
    expect(await db.related(blue, "posts").attach(1)).toBe(1);
    expect(await db.related(post, "tags").count()).toBe(3);
  },
  "rows are detached, some or all": async ({ db }) => {
    const post = await db.from(Post).findOrFail(1);
    expect(await db.related(post, "tags").detach([2, 3, 2])).toBe(1);
    expect(await db.from(PostTag).orderBy("postId").orderBy("tagId").pluck("tagId")).toEqual([1, 1, 2]);
    expect(await db.related(post, "tags").detach([])).toBe(0);
    expect(await db.related(post, "tags").detach()).toBe(1);
    expect(await db.from(PostTag).count()).toBe(2);
    expect(await db.from(Tag).count()).toBe(3);
  },
  "sync makes the rows just these, and keeps what stays": async ({ db, sent }) => {
    const post = await db.from(Post).findOrFail(1);
    expect(await db.related(post, "tags").sync([1, 3, 3])).toEqual({ attached: [3], detached: [2], updated: [] });
    const kept = await db.from(PostTag).where({ postId: 1, tagId: 1 }).oneOrFail();
    expect([kept.note, kept.addedAt]).toEqual(["main", new Date(Date.UTC(2024, 0, 2, 9, 30, 0, 250))]);
    expect(
      await db.related(post, "tags").sync([
        { id: 1, pivot: { note: "other" } },
        { id: 3, pivot: { note: null } },
      ]),
    ).toEqual({ attached: [], detached: [], updated: [1] });
    expect(await db.from(PostTag).where({ postId: 1, tagId: 1 }).value("note")).toBe("other");
    const writes = await sent(() => db.related(post, "tags").sync([3, 1]));
    expect(writes.filter((event) => !isRead(event))).toHaveLength(0);
    expect(await db.related(post, "tags").sync([])).toEqual({ attached: [], detached: [1, 3], updated: [] });
    expect(await db.from(PostTag).orderBy("postId").pluck("postId")).toEqual([2, 3]);
  },
  "a sync that fails changes nothing": async ({ db }) => {
    const post = await db.from(Post).findOrFail(1);
    const broken = db.related(post, "tags").sync([{ id: 3, pivot: { note: untrusted({}) } }]);
    await expect(broken).rejects.toThrow(InvalidValueError);
    expect(await db.from(PostTag).where("postId", 1).orderBy("tagId").pluck("tagId")).toEqual([1, 2]);
  },
  "toggle attaches what is absent and detaches what is there": async ({ db }) => {
    const post = await db.from(Post).findOrFail(1);
    expect(await db.related(post, "tags").toggle([2, 3], { note: "t" })).toEqual({ attached: [3], detached: [2] });
    expect(await db.from(PostTag).where({ postId: 1, tagId: 3 }).value("note")).toBe("t");
    expect(await db.related(post, "tags").toggle(3)).toEqual({ attached: [], detached: [3] });
    expect(await db.related(post, "tags").pluck("id")).toEqual([1]);
  },
  "values of pivot rows are set": async ({ db }) => {
    const post = await db.from(Post).findOrFail(1);
    expect(await db.related(post, "tags").updatePivot(1, { note: "set" })).toBe(1);
    expect(await db.related(post, "tags").updatePivot([1, 2, 3], { addedAt: null })).toBe(2);
    expect(await db.from(PostTag).where({ postId: 1, tagId: 1 }).oneOrFail()).toEqual({
      postId: 1,
      tagId: 1,
      note: "set",
      addedAt: null,
    });
    expect(await db.from(PostTag).where("postId", 2).value("note")).toBe("also");
  },
  "a row is inserted together with its pivot row": async ({ db }) => {
    const post = await db.from(Post).findOrFail(6);
    const tag = await db.related(post, "tags").insert({ id: 9, label: "violet" }, { pivot: { note: "born here" } });
    expect(tag).toEqual({ id: 9, label: "violet" });
    await db.related(post, "tags").insertMany([
      { id: 10, label: "grey" },
      { id: 11, label: "white" },
    ]);
    expect((await db.related(post, "tags").orderBy("id").many()).map(({ id, pivot }) => [id, pivot.note])).toEqual([
      [9, "born here"],
      [10, null],
      [11, null],
    ]);
    await expect(db.related(post, "tags").insert({ id: 12, label: "red" })).rejects.toThrow(UniqueViolationError);
    expect(await db.related(post, "tags").count()).toBe(3);
  },
  "updates and deletes are of the attached rows": async ({ db }) => {
    const post = await db.from(Post).findOrFail(2);
    expect(await db.related(post, "tags").update({ label: "crimson" })).toBe(1);
    expect(await db.from(Tag).orderBy("id").pluck("label")).toEqual(["crimson", "green", "blue"]);
    expect(await db.related(post, "tags").where("label", "green").delete()).toBe(0);
    expect(await db.related(post, "tags").delete()).toBe(1);
    expect(await db.from(Tag).orderBy("id").pluck("id")).toEqual([2, 3]);
  },
  "a write that reads nothing back does not share the plan of one that does": async ({ db }) => {
    const post = await db.from(Post).findOrFail(6);
    await db.related(post, "tags").attach(1, { addedAt: null });
    expect(await db.from(PostTag).insert({ postId: 6, tagId: 2, addedAt: null })).toEqual({
      postId: 6,
      tagId: 2,
      note: null,
      addedAt: null,
    });
  },
  "many rows are attached in few statements": async ({ db, sent }) => {
    await db.from(Tag).insertMany(Array.from({ length: 600 }, (_, at) => ({ id: 100 + at, label: `t${at}` })));
    const post = await db.from(Post).findOrFail(5);
    const ids = Array.from({ length: 600 }, (_, at) => 100 + at);
    const events = await sent(() => db.related(post, "tags").sync(ids));
    expect(events.length).toBeLessThan(20);
    expect(await db.related(post, "tags").count()).toBe(600);
    expect((await db.related(post, "tags").sync(ids.slice(1))).detached).toEqual([100]);
  },
  "what cannot be attached is refused": async ({ db, refused }) => {
    const post = await db.from(Post).findOrFail(1);
    const user = await db.from(User).findOrFail(1);
    const tags = db.related(post, "tags");
    for (const id of [null, undefined, {}, { id: null }, [null], [[1, 2]], Number.NaN, true, [true]]) {
      await refused(InvalidValueError, () => tags.attach(untrusted(id)));
      if (id !== undefined) await refused(InvalidValueError, () => tags.detach(untrusted(id)));
      await refused(InvalidValueError, () => tags.sync(untrusted(id)));
      await refused(InvalidValueError, () => tags.updatePivot(untrusted(id), { note: "x" }));
    }
    await refused(InvalidValueError, () => tags.attach(untrusted(user)));
    await refused(UnknownColumnError, () => tags.attach(1, untrusted({ nope: 1 })));
    await refused(InvalidValueError, () => tags.attach(1, { postId: 2 }));
    await refused(InvalidValueError, () => tags.updatePivot(1, { tagId: 2 }));
    await refused(InvalidQueryError, () => tags.updatePivot(1, {}));
    await refused(UnknownColumnError, () => tags.insert({ id: 99, label: "x" }, { pivot: untrusted({ nope: 1 }) }));
    await refused(InvalidQueryError, () => tags.firstOrCreate({ label: "x" }));
    await refused(InvalidQueryError, () => tags.upsert({ id: 1, label: "x" }, { conflict: ["id"] }));
    expect(await tags.count()).toBe(2);
  },
});

export const attachByComposite = suite("attaching by several columns", ledger, {
  "keys are objects, rows, or lists in a list": async ({ db }) => {
    const order = await db.from(Order).where("buyer", "Bob").oneOrFail();
    const voucher = await db.from(Voucher).findOrFail(["x", 2]);
    const vouchers = db.related(order, "vouchers");
    expect(await vouchers.attach([["x", 1], voucher], { isFull: true })).toBe(2);
    expect(await vouchers.sync([{ kind: "x", code: 2 }])).toEqual({
      attached: [],
      detached: [{ kind: "x", code: 1 }],
      updated: [],
    });
    expect(await vouchers.updatePivot({ kind: "x", code: 2 }, { amount: 5n })).toBe(1);
    expect((await vouchers.many()).map(({ code, pivot }) => [code, pivot.amount, pivot.isFull])).toEqual([
      [2, 5n, true],
    ]);
    expect(await vouchers.toggle(untrusted(["x", 2]))).toEqual({ attached: [], detached: [{ kind: "x", code: 2 }] });
    expect(await db.from(OrderVoucher).count()).toBe(3);
  },
});

export const attachSoftDeleted = suite("attaching through a pivot that soft-deletes", office, {
  "what is detached is marked, and can be attached again": async ({ db }) => {
    const paper = await db.from(Paper).findOrFail(2);
    const labels = db.related(paper, "labels");
    expect(await labels.orderBy("id").pluck("id")).toEqual([1]);
    expect(await labels.detach(1)).toBe(1);
    expect(await db.from(PaperLabel).withTrashed().where({ paperId: 2, labelId: 1 }).count()).toBe(1);
    expect(await labels.count()).toBe(0);
    expect(await labels.attach([1, 3])).toBe(2);
    expect(await labels.orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await labels.sync([3])).toEqual({ attached: [], detached: [1, 2], updated: [] });
    expect(await labels.withTrashed().orderBy("id").pluck("id")).toEqual([1, 2, 3]);
  },
});
