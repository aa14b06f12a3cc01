import { InvalidQueryError, SchemaError, UnknownColumnError, UnsupportedError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, Profile, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const joins = suite("joins", blog, {
  "an inner join keeps rows with a partner": requires("joins", async ({ db }) => {
    const rows = await db.from(Post).join(User, "userId", "id").select("title", "users.name").orderBy("id").many();
    expect(rows).toEqual([
      { title: "Alpha", "users.name": "Ann" },
      { title: "Beta", "users.name": "Ann" },
      { title: "Gamma", "users.name": "Bob" },
      { title: "Delta", "users.name": "Bob" },
      { title: "Epsilon", "users.name": "Bob" },
    ]);
    expect(await db.from(Post).join(User, "posts.userId", "users.id").count()).toBe(5);
  }),
  "without select the rows are the model's own": requires("joins", async ({ db }) => {
    const rows = await db.from(Profile).join(User, "userId", "id").orderBy("id").many();
    expect(rows).toEqual([
      { id: 1, userId: 1, bio: "Ann writes" },
      { id: 2, userId: 2, bio: "Bob reads" },
    ]);
    expect(rows[0]).toBeInstanceOf(Profile);
  }),
  "a left join keeps all rows": requires("joins", async ({ db }) => {
    const query = db.from(User).leftJoin(Profile, "id", "userId").select("name", "profiles.bio");
    expect(await query.orderBy("id").many()).toEqual([
      { name: "Ann", "profiles.bio": "Ann writes" },
      { name: "Bob", "profiles.bio": "Bob reads" },
      { name: "Cid", "profiles.bio": null },
      { name: "Dee", "profiles.bio": null },
    ]);
    expect(await query.whereNull("profiles.id").count()).toBe(2);
  }),
  "right and full joins keep the other side too": requires("outer joins", async ({ db }) => {
    const titles = { user: "users.name", title: "title" } as const;
    const right = db.from(Post).rightJoin(User, "userId", "id").where("users.id", ">", 1);
    expect(await right.select(titles).orderBy("users.id").orderBy("id").many()).toEqual([
      { user: "Bob", title: "Gamma" },
      { user: "Bob", title: "Delta" },
      { user: "Bob", title: "Epsilon" },
      { user: "Cid", title: null },
      { user: "Dee", title: null },
    ]);
    const full = db
      .from(Post)
      .fullJoin(User, "userId", "id")
      .where((q) => q.where("users.id", 4).orWhere("id", 6));
    expect(await full.select(titles).orderBy("user").many()).toEqual([
      { user: null, title: "Orphan" },
      { user: "Dee", title: null },
    ]);
  }),
  "a cross join pairs everything": requires("joins", async ({ db }) => {
    expect(await db.from(User).crossJoin(Profile).count()).toBe(8);
  }),
  "joined columns filter, order and compare": requires("joins", async ({ db }) => {
    const query = db.from(Post).join(User, "userId", "id");
    expect(await query.where("users.name", "Bob").where("views", 20).orderBy("id").pluck("id")).toEqual([3, 5]);
    expect(await query.orderBy("users.name", "desc").orderBy("id").limit(2).pluck("id")).toEqual([3, 4]);
    expect(await query.whereColumn("views", "<", "users.age").orderBy("id").pluck("id")).toEqual([1, 3, 4, 5]);
    expect(await query.whereIn("users.id", [1]).orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await query.orderBy("id").pluck("users.visits")).toEqual([9007199254740993n, 9007199254740993n, 0n, 0n, 0n]);
  }),
  "several tables join in a row": requires("joins", async ({ db }) => {
    const query = db
      .from(Comment)
      .join(Post, "postId", "id")
      .join(User, "posts.userId", "id")
      .where("users.name", "Ann")
      .select("body", "posts.title");
    expect(await query.orderBy("id").many()).toEqual([
      { body: "first", "posts.title": "Alpha" },
      { body: "second", "posts.title": "Alpha" },
    ]);
  }),
  "a callback says what to join on": requires("joins", async ({ db }) => {
    const query = db
      .from(User)
      .leftJoin(Post, (on) =>
        on.on("users.id", "posts.userId").where("posts.views", ">", 10).whereNotNull("posts.rating"),
      )
      .select({ name: "name", title: "posts.title" });
    expect(await query.orderBy("id").many()).toEqual([
      { name: "Ann", title: "Beta" },
      { name: "Bob", title: "Epsilon" },
      { name: "Cid", title: null },
      { name: "Dee", title: null },
    ]);
    const either = db.from(Post).join(User, (on) => {
      on.on("posts.userId", "=", "users.id");
      on.orOn("posts.id", ">", "users.age");
      on.whereNull("users.bornOn");
    });
    expect(await either.count()).toBe(5);
  }),
  "a table may be joined by its name in the database, under another one": requires("joins by name", async ({ db }) => {
    const query = db.from(Post).join("users as author", "posts.userId", "author.id").where("author.name", "Ann");
    expect(await query.select("id", "author.email").orderBy("id").many()).toEqual([
      { id: 1, "author.email": "ann@example.com" },
      { id: 2, "author.email": "ann@example.com" },
    ]);
  }),
  "a join by the name of a table is refused by name where there is none": requires(
    "no joins by name",
    async ({ db, refused }) => {
      const query = db.from(Post).join("users as author", "posts.userId", "author.id");
      expect((await refused(UnsupportedError, () => query.many())).capability).toContain('"author"');
    },
  ),
  "joined rows keep the types of their columns": requires("joins", async ({ db }) => {
    const row = await db
      .from(Post)
      .join(User, "userId", "id")
      .where("id", 1)
      .select("users.isActive", "users.balance", "users.visits", "users.bornOn", "users.joinedAt", "rating")
      .sole();
    expect(row).toEqual({
      "users.isActive": true,
      "users.balance": "10.50",
      "users.visits": 9007199254740993n,
      "users.bornOn": "1994-02-28",
      "users.joinedAt": new Date(Date.UTC(2024, 0, 1, 9, 30, 0, 250)),
      rating: 4.5,
    });
  }),
  "wrong joins are refused": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Post).join(Post, "id", "id"));
    await refused(InvalidQueryError, () => db.from(Post).join(untrusted(""), "id", "id"));
    await refused(InvalidQueryError, () => db.from(Post).join(untrusted({ table: "users" }), "id", "id"));
    await refused(UnknownColumnError, () => db.from(Post).join(User, "userId", untrusted("nope")));
    await refused(UnknownColumnError, () => db.from(Post).join(User, untrusted("nope"), "id"));
    await refused(UnknownColumnError, () => db.from(Post).where(untrusted("users.name"), untrusted("Ann")));
    await refused(InvalidQueryError, () =>
      db.from(Post).join(User, (on) => on.on("userId", untrusted("=="), "users.id")),
    );
    await refused(SchemaError, () => db.from(untrusted(class {})));
  },
});
