import { SchemaError, createSchema, defineModel, defineRelations, col } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, Tag } from "../models/blog.ts";
import { ledger, Line, Order } from "../models/ledger.ts";
import { Friendship, people, Person } from "../models/people.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const pivots = suite("many to many", blog, {
  "rows come with the pivot's columns that were asked for": async ({ db }) => {
    const posts = await db
      .from(Post)
      .select("id")
      .load("tags", (q) => q.orderBy("id"))
      .orderBy("id")
      .limit(4)
      .many();
    expect(posts).toEqual([
      {
        id: 1,
        tags: [
          { id: 1, label: "red", pivot: { note: "main", addedAt: new Date(Date.UTC(2024, 0, 2, 9, 30, 0, 250)) } },
          { id: 2, label: "green", pivot: { note: null, addedAt: null } },
        ],
      },
      { id: 2, tags: [{ id: 1, label: "red", pivot: { note: "also", addedAt: null } }] },
      { id: 3, tags: [{ id: 2, label: "green", pivot: { note: "only", addedAt: null } }] },
      { id: 4, tags: [] },
    ]);
    expect(posts[0]?.tags[0]).toBeInstanceOf(Tag);
  },
  "without pivot columns rows are the target's alone": async ({ db }) => {
    const tags = await db
      .from(Tag)
      .load("posts", (q) => q.select("title").orderBy("id"))
      .orderBy("id")
      .many();
    expect(tags).toEqual([
      { id: 1, label: "red", posts: [{ title: "Alpha" }, { title: "Beta" }] },
      { id: 2, label: "green", posts: [{ title: "Alpha" }, { title: "Gamma" }] },
      { id: 3, label: "blue", posts: [] },
    ]);
  },
  "one row that belongs to two parents is two objects": async ({ db }) => {
    const [one, two] = await db.from(Post).load("tags").whereIn("id", [1, 2]).orderBy("id").many();
    const first = one?.tags.find(({ id }) => id === 1);
    const second = two?.tags.find(({ id }) => id === 1);
    expect(first).not.toBe(second);
    expect([first?.pivot.note, second?.pivot.note]).toEqual(["main", "also"]);
  },
  "both directions nest": async ({ db }) => {
    const post = await db
      .from(Post)
      .load("tags", (q) => q.orderBy("id").load("posts", (p) => p.select("id").orderBy("id")))
      .findOrFail(1);
    expect(post.tags.map(({ posts }) => posts.map(({ id }) => id))).toEqual([
      [1, 2],
      [1, 3],
    ]);
  },
});

export const compositeKeys = suite("composite keys", ledger, {
  "relations by several columns join them all": async ({ db }) => {
    const query = db
      .from(Order)
      .load("lines", (q) => q.select("article").orderBy("id"))
      .orderBy("buyer");
    expect(await query.many()).toEqual([
      { region: "a", number: 11, buyer: "Ann", lines: [{ article: "nail" }, { article: "screw" }] },
      { region: "a1", number: 1, buyer: "Bob", lines: [{ article: "glue" }] },
      { region: "a", number: 1, buyer: "Cid", lines: [] },
    ]);
    expect(
      await db
        .from(Line)
        .select("id")
        .load("order", (q) => q.select("buyer"))
        .orderBy("id")
        .many(),
    ).toEqual([
      { id: 1, order: { buyer: "Ann" } },
      { id: 2, order: { buyer: "Ann" } },
      { id: 3, order: { buyer: "Bob" } },
      { id: 4, order: null },
    ]);
  },
  "limits, counts and filters go by the whole key": async ({ db }) => {
    const orders = db.from(Order).select("buyer").orderBy("buyer");
    expect(await orders.load("biggest", (q) => q.select("article")).many()).toEqual([
      { buyer: "Ann", biggest: { article: "screw" } },
      { buyer: "Bob", biggest: { article: "glue" } },
      { buyer: "Cid", biggest: null },
    ]);
    expect(
      await orders
        .load("lines", (q) => q.select("id").limit(1))
        .withSum("lines", "amount")
        .many(),
    ).toEqual([
      { buyer: "Ann", linesAmountSum: 12, lines: [{ id: 1 }] },
      { buyer: "Bob", linesAmountSum: 1, lines: [{ id: 3 }] },
      { buyer: "Cid", linesAmountSum: null, lines: [] },
    ]);
    expect(await orders.has("lines", ">=", 2).pluck("buyer")).toEqual(["Ann"]);
    expect(await db.from(Line).whereDoesntHave("order").pluck("id")).toEqual([4]);
  },
  "pivots with composite keys keep the types of their columns": async ({ db }) => {
    const orders = await db
      .from(Order)
      .select("buyer")
      .load("vouchers", (q) => q.orderBy("code"))
      .orderBy("buyer")
      .many();
    expect(orders).toEqual([
      {
        buyer: "Ann",
        vouchers: [
          {
            kind: "x",
            code: 1,
            value: "5.00",
            pivot: {
              usedOn: "2024-02-29",
              amount: 9007199254740993n,
              isFull: true,
              at: new Date("2024-02-29T10:00:00Z"),
            },
          },
          { kind: "x", code: 2, value: "7.50", pivot: { usedOn: null, amount: null, isFull: null, at: null } },
        ],
      },
      { buyer: "Bob", vouchers: [] },
      {
        buyer: "Cid",
        vouchers: [
          { kind: "x", code: 1, value: "5.00", pivot: { usedOn: null, amount: null, isFull: false, at: null } },
        ],
      },
    ]);
    expect(
      await db
        .from(Order)
        .whereHas("vouchers", (q) => q.where("code", 2))
        .pluck("buyer"),
    ).toEqual(["Ann"]);
  },
});

export const selfRelations = suite("relations of a model to itself", people, {
  "parents and children are told apart": async ({ db }) => {
    const query = db
      .from(Person)
      .select("name")
      .load("manager", (q) => q.select("name"))
      .load("reports", (q) => q.select("name").orderBy("id"))
      .orderBy("id");
    expect(await query.many()).toEqual([
      { name: "Root", manager: null, reports: [{ name: "Mid" }] },
      { name: "Mid", manager: { name: "Root" }, reports: [{ name: "Leaf" }, { name: "Twin" }] },
      { name: "Leaf", manager: { name: "Mid" }, reports: [] },
      { name: "Twin", manager: { name: "Mid" }, reports: [] },
      { name: "Loop", manager: { name: "Loop" }, reports: [{ name: "Loop" }] },
    ]);
  },
  "cycles nest as deep as was asked": async ({ db }) => {
    const row = await db
      .from(Person)
      .select("id")
      .load({ manager: { manager: { manager: { manager: true } } } })
      .findOrFail(5);
    const loop = { id: 5, name: "Loop", managerId: 5 };
    expect(row).toEqual({ id: 5, manager: { ...loop, manager: { ...loop, manager: { ...loop, manager: loop } } } });
  },
  "filters and counts nest on the same table": async ({ db }) => {
    const named = (query: { orderBy(name: "id"): { pluck(name: "name"): Promise<string[]> } }) =>
      query.orderBy("id").pluck("name");
    expect(await named(db.from(Person).has("reports"))).toEqual(["Root", "Mid", "Loop"]);
    expect(await named(db.from(Person).whereHas("reports", (q) => q.has("reports")))).toEqual(["Root", "Loop"]);
    expect(
      await named(db.from(Person).whereHas("manager", (q) => q.whereHas("manager", (m) => m.where("name", "Root")))),
    ).toEqual(["Leaf", "Twin"]);
    expect(await named(db.from(Person).has("reports", ">=", 2))).toEqual(["Mid"]);
    expect(await db.from(Person).select("name").withCount("reports").orderBy("id").limit(2).many()).toEqual([
      { name: "Root", reportsCount: 1 },
      { name: "Mid", reportsCount: 2 },
    ]);
  },
  "many-to-many to the same table works both ways": async ({ db }) => {
    const query = db
      .from(Person)
      .select("name")
      .load("friends", (q) => q.select("name"))
      .load("friendOf", (q) => q.select("name").orderBy("id"))
      .withCount("friendOf", { as: "fans" })
      .orderBy("id");
    expect(await query.many()).toEqual([
      { name: "Root", fans: 0, friends: [{ name: "Leaf", pivot: { since: null } }], friendOf: [] },
      { name: "Mid", fans: 0, friends: [], friendOf: [] },
      {
        name: "Leaf",
        fans: 2,
        friends: [{ name: "Twin", pivot: { since: 2001 } }],
        friendOf: [{ name: "Root" }, { name: "Twin" }],
      },
      { name: "Twin", fans: 1, friends: [{ name: "Leaf", pivot: { since: 2002 } }], friendOf: [{ name: "Leaf" }] },
      { name: "Loop", fans: 1, friends: [{ name: "Loop", pivot: { since: 1999 } }], friendOf: [{ name: "Loop" }] },
    ]);
    const mutual = db.from(Person).whereHas("friends", (q) => q.whereHas("friends", (f) => f.where("name", "Leaf")));
    expect(await mutual.orderBy("id").pluck("name")).toEqual(["Leaf"]);
    expect(await db.from(Friendship).count()).toBe(4);
  },
});

const Thing = defineModel("things", { columns: { id: col.increment(), parentId: col.integer() } });
const relations = defineRelations(Thing, ({ belongsTo }) => ({ parent: belongsTo(Thing, { foreignKey: "parentId" }) }));

export const schemas = suite("schemas", people, {
  "createSchema twice is harmless and leaves the models alone": async ({ open }) => {
    const one = createSchema({ things: Thing }, { things: relations });
    const two = createSchema({ things: Thing });
    expect(createSchema({ things: Thing }, { things: relations })).not.toBe(one);
    expect([one.things.table, two.things.table]).toEqual(["things", "things"]);
    const db = await open({});
    expect(await db.from(Person).load("manager").has("manager").count()).toBe(4);
  },
  "wrong relations are refused by name": async ({ refused }) => {
    await refused(SchemaError, () =>
      defineRelations(Thing, ({ belongsTo }) => ({ parent: belongsTo(Thing, { foreignKey: untrusted("nope") }) })),
    );
    await refused(SchemaError, () =>
      defineRelations(Thing, ({ hasMany }) => ({ all: hasMany(untrusted("things"), { foreignKey: untrusted("id") }) })),
    );
    await refused(SchemaError, () => createSchema({ things: Thing }, untrusted({ stuff: relations })));
    await refused(SchemaError, () => createSchema({ people: Person }, untrusted({ people: relations })));
    const colliding = defineRelations(Thing, ({ belongsTo }) => ({
      parentId: belongsTo(Thing, { foreignKey: "parentId" }),
    }));
    await refused(SchemaError, () => createSchema({ things: Thing }, { things: colliding }));
  },
});
