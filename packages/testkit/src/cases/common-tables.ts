import { InvalidQueryError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User } from "../models/blog.ts";
import { people, Person } from "../models/people.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const commonTables = suite("common tables", blog, {
  "a query gets a name and is joined by it": requires("common tables", async ({ db }) => {
    const busy = db.from(Post).select({ owner: "userId" }).selectSum("views", "total").groupBy("userId");
    const rows = await db
      .from(User)
      .with("busy", busy)
      .join("busy", "users.id", "busy.owner")
      .where("busy.total", ">", 41)
      .select("name", "busy.total")
      .many();
    expect(rows).toEqual([{ name: "Bob", "busy.total": 45 }]);
  }),
  "several names and their values keep their places": requires("common tables", async ({ db }) => {
    const query = db
      .from(User)
      .with("popular", db.from(Post).select({ owner: "userId" }).where("views", ">", 25))
      .with("rated", db.from(Post).select({ owner: "userId" }).where("rating", "<", 2))
      .leftJoin("popular", "users.id", "popular.owner")
      .leftJoin("rated", "users.id", "rated.owner")
      .where("age", "<", 45)
      .select({ name: "name", popular: "popular.owner", rated: "rated.owner" });
    expect(await query.orderBy("id").many()).toEqual([
      { name: "Ann", popular: 1, rated: null },
      { name: "Bob", popular: null, rated: 2 },
      { name: "Cid", popular: null, rated: null },
    ]);
    expect(await query.count()).toBe(3);
    expect(await query.where("name", "Bob").exists()).toBe(true);
  }),
  "a common table needs a name and a query": async ({ db, refused }) => {
    const query = db.from(Post).select("id");
    await refused(InvalidQueryError, () => db.from(User).with("", query));
    await refused(InvalidQueryError, () => db.from(User).with(untrusted(1), query));
    await refused(InvalidQueryError, () => db.from(User).with("x", untrusted("select 1")));
    await refused(InvalidQueryError, () => db.from(User).withRecursive("x", untrusted({})));
  },
});

export const recursion = suite("recursive tables", people, {
  "a query that names itself walks a tree": requires("common tables", async ({ db }) => {
    const roots = db.from(Person).select("id").where("name", "Root");
    const tree = roots.unionAll(db.from(Person).select("id").join("tree", "people.managerId", "tree.id"));
    const found = db.from(Person).withRecursive("tree", tree, ["id"]).join("tree", "people.id", "tree.id");
    expect(await found.orderBy("id").pluck("name")).toEqual(["Root", "Mid", "Leaf", "Twin"]);
    expect(await found.count()).toBe(4);
  }),
});
