import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { push } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import { mongodb } from "./index.ts";
import { onServer, openTestDatabase } from "./test-database.fixture.ts";

const id = () => col.primary<number>({ type: "integer" });
const CountryTable = defineModel("countries", { columns: { id: id(), name: col.string({ nullable: false }) } });
const UserTable = defineModel("users", {
  columns: { id: id(), countryId: col.integer(), key: col.objectId(), seen: col.bigInteger({ mode: "bigint" }) },
});
const PostTable = defineModel("posts", {
  columns: {
    id: id(),
    userId: col.integer(),
    at: col.datetime(),
    price: col.decimal({ precision: 20, scale: 3, mode: "string" }),
    data: col.json<unknown>(),
    bytes: col.binary(),
    words: col.array(col.string()),
  },
  indexes: [{ columns: ["userId"] }],
});
const NoteTable = defineModel("notes", { columns: { id: id(), userId: col.integer() } });
const TagTable = defineModel("tags", { columns: { id: id(), label: col.string({ nullable: false }) } });
const PostTagTable = defineModel("post_tags", {
  columns: {
    postId: col.integer({ nullable: false }),
    tagId: col.integer({ nullable: false }),
    deletedAt: col.datetime(),
  },
  primaryKey: ["postId", "tagId"],
  indexes: [{ columns: ["tagId"] }],
  options: { softDeleteColumn: "deletedAt" },
});

const schema = createSchema(
  {
    countries: CountryTable,
    users: UserTable,
    posts: PostTable,
    notes: NoteTable,
    tags: TagTable,
    postTags: PostTagTable,
  },
  {
    countries: defineRelations(CountryTable, ({ hasManyThrough }) => ({
      posts: hasManyThrough(PostTable, { through: UserTable, firstKey: "countryId", secondKey: "userId" }),
      notes: hasManyThrough(NoteTable, { through: UserTable, firstKey: "countryId", secondKey: "userId" }),
    })),
    users: defineRelations(UserTable, ({ hasMany }) => ({ posts: hasMany(PostTable, { foreignKey: "userId" }) })),
    posts: defineRelations(PostTable, ({ belongsTo, manyToMany }) => ({
      user: belongsTo(UserTable, { foreignKey: "userId" }),
      tags: manyToMany(TagTable, { through: PostTagTable, leftForeignKey: "postId", rightForeignKey: "tagId" }),
    })),
  },
);
const { countries: Country, users: User, posts: Post, notes: Note, tags: Tag, postTags: PostTag } = schema;

/** A command in short: its collection and the names of its stages, those of a lookup in brackets behind its collection and field. */
function outline(sql: string): string {
  const [, collection = "", pipeline = "[]"] = /^db\.(\w+)\.aggregate\((.*)\)$/s.exec(sql) ?? [];
  return `${collection}: ${stagesOf(JSON.parse(pipeline))}`;
}

function stagesOf(pipeline: readonly Readonly<Record<string, unknown>>[]): string {
  return pipeline
    .flatMap((stage) => Object.entries(stage))
    .map(([name, given]) => {
      if (name !== "$lookup" || typeof given !== "object" || given === null) return name.slice(1);
      const {
        from,
        foreignField,
        pipeline: inner,
      } = Object.assign({ from: "", foreignField: "", pipeline: [] }, given);
      const by = foreignField === "" ? "" : ` by ${foreignField}`;
      return `${from}${by}(${stagesOf(inner)})`;
    })
    .join(" ");
}

describe("a command of a relation", () => {
  const db = createDatabase(schema, mongodb({ url: "mongodb://127.0.0.1:1/nothing" }));
  const outlineOf = (query: { toSQL: () => { readonly sql: string } }) => outline(query.toSQL().sql);
  const lookup = { strategy: "lookup" } as const;

  test("looks relations up for the rows that are left, each inside the one above", () => {
    const query = db
      .from(User)
      .where("id", ">", 1)
      .orderBy("id")
      .limit(2)
      .load("posts", (posts) => posts.orderBy("id").limit(3).load("user"), lookup);
    expect(outlineOf(query)).toBe(
      "users: match sort match limit posts by user_id(match sort match limit users by _id(project) project) project",
    );
    expect(query.toSQL().parameters).toEqual([1, 2, 3]);
  });

  test("begins with the model between, and looks up the targets of its rows", () => {
    expect(outlineOf(db.from(Post).load("tags", (tags) => tags.where("label", "a"), lookup))).toBe(
      "posts: post_tags by post_id(match tags by _id() unwind match project) project",
    );
    expect(outlineOf(db.from(Post).whereHas("tags", (tags) => tags.where("label", "a")))).toBe(
      "posts: post_tags by post_id(match tags by _id() unwind match project limit) match project",
    );
  });

  test("begins with the target where rows of it would not be found by a key or an index", () => {
    expect(outlineOf(db.from(Country).load("posts", lookup))).toBe(
      "countries: users by country_id(match posts(match) unwind project) project",
    );
    expect(outlineOf(db.from(Country).load("notes", lookup))).toBe(
      "countries: notes(users by _id() unwind match project) project",
    );
  });

  test("asks for what the first model meets alone before anything is joined to it", () => {
    const joined = db.from(Post).join(User, (on) => on.on("posts.userId", "users.id"));
    expect(outlineOf(joined.where("posts.id", ">", 3).where("users.seen", ">", 1n))).toBe(
      "posts: match users by _id() unwind match project",
    );
    expect(outlineOf(joined.where("users.id", 3))).toBe("users: match posts by user_id(match) unwind project");
    expect(outlineOf(joined.where("users.id", 3).where("posts.id", 3))).toBe(
      "posts: match users by _id() unwind match project",
    );
  });
});

onServer(() => {
  const key = "0123456789abcdef01234567";
  const seed = async (db: ReturnType<typeof open>) => {
    await push(db);
    await db.from(Country).insertMany([
      { id: 1, name: "here" },
      { id: 2, name: "there" },
    ]);
    await db.from(User).insertMany([{ id: 1, countryId: 1, key, seen: 2n ** 60n }, { id: 2, countryId: 2 }, { id: 3 }]);
    const at = new Date("2026-01-02T03:04:05.678Z");
    await db
      .from(Post)
      .insertMany([
        { id: 1, userId: 1, at, price: "12345678901234.567", data: { c0: [null, { _id: 1 }] }, words: ["a", "b"] },
        { id: 2, userId: 1, bytes: Buffer.from([0, 255]), data: [] },
        { id: 3, userId: 2, price: "-0.100", words: [] },
        { id: 4 },
      ]);
    await db.from(Note).insertMany([{ id: 1, userId: 1 }, { id: 2 }]);
    await db.from(Tag).insertMany([
      { id: 1, label: "a" },
      { id: 2, label: "b" },
      { id: 3, label: "c" },
    ]);
    await db.from(PostTag).insertMany([
      { postId: 1, tagId: 1 },
      { postId: 1, tagId: 2 },
      { postId: 2, tagId: 2 },
      { postId: 2, tagId: 3, deletedAt: at },
    ]);
  };
  const open = (database: ReturnType<typeof openTestDatabase>) => createDatabase(schema, database.adapter());
  const lent = async (body: (db: ReturnType<typeof open>) => Promise<void>) => {
    const database = openTestDatabase();
    try {
      await using db = open(database);
      await seed(db);
      await body(db);
    } finally {
      await database.remove();
    }
  };

  test("tags are loaded from the pivots of the posts that were read, also where an index leads to pivots by tag", () =>
    lent(async (db) => {
      const sent: string[] = [];
      db.on("query", ({ sql }) => sent.push(outline(sql)));
      const posts = await db
        .from(Post)
        .select("id")
        .orderBy("id")
        .load("tags", (tags) => tags.select("id").orderBy("id", "desc"))
        .many();
      expect(posts.map(({ tags }) => tags.map((tag) => tag.id))).toEqual([[2, 1], [2], [], []]);
      expect(sent[1]).toBe("post_tags: match tags by _id() unwind addFields sort project");
    }));

  test("what is null on both sides of a join is not equal", () =>
    lent(async (db) => {
      const joined = db.from(Post).select("id").orderBy("id");
      const on = joined.join(Note, (tie) => tie.on("posts.userId", "notes.userId"));
      expect(await on.many()).toEqual([{ id: 1 }, { id: 2 }]);
      expect(
        await db.from(Note).whereNotExists(db.from(Post).whereColumn("posts.userId", "notes.userId")).pluck("id"),
      ).toEqual([2]);
    }));

  test("rows inside rows have the values and types of rows that were read by themselves", () =>
    lent(async (db) => {
      const load = (strategy: "separate" | "lookup") =>
        db
          .from(Country)
          .orderBy("id")
          .load(
            "posts",
            (posts) =>
              posts
                .orderBy("id")
                .withCount("tags")
                .withMax("tags", "label")
                .load("user")
                .load("tags", (tags) => tags.orderBy("label", "desc").limit(1)),
            { strategy },
          )
          .load("notes", { strategy })
          .many();
      const rows = await load("lookup");
      expect(rows).toEqual(await load("separate"));
      expect(rows[0]?.posts[0]).toMatchObject({
        price: "12345678901234.567",
        data: { c0: [null, { _id: 1 }] },
        tagsCount: 2,
        user: { key, seen: 2n ** 60n },
        tags: [{ label: "b" }],
      });
      expect(rows[0]?.posts[1]?.bytes).toEqual(Buffer.from([0, 255]));
      expect(rows[0]?.notes).toEqual([{ id: 1, userId: 1 }]);
    }));
});
