import {
  col,
  createSchema,
  defineModel,
  defineRelations,
  InvalidQueryError,
  MortiseError,
  QueryError,
  SchemaError,
  type ModelQuery,
  type RegistryIn,
} from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, type blogSchema, Post, User } from "../models/blog.ts";
import { people, Person } from "../models/people.ts";
import { requires, suite, type Strategy } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

type PostQuery = ModelQuery<RegistryIn<typeof blogSchema>, typeof Post>;

export const strategies = suite("strategies of loading", blog, {
  "a load says its strategy, and the handle says it for the others": requires(
    "relations inside rows",
    async ({ db, open, inside }) => {
      const whole = await open({ relationStrategy: inside });
      const statements = async (on: typeof db, body: () => Promise<unknown>) => {
        let count = 0;
        const stop = on.on("query", () => (count += 1));
        await body();
        stop();
        return count;
      };
      const own = (on: typeof db) =>
        on
          .from(User)
          .load("posts", { strategy: inside })
          .load("comments", (q) => q.orderBy("id"), { strategy: "separate" })
          .load("profile");
      expect(await statements(whole, () => own(whole).many())).toBe(2);
      const separate = await open({ relationStrategy: "separate" });
      expect(await statements(separate, () => own(separate).many())).toBe(3);
      const tree = { posts: { comments: { user: true }, tags: true }, profile: true } as const;
      expect(await statements(whole, () => whole.from(User).load(tree).many())).toBe(1);
      expect(await statements(separate, () => separate.from(User).load(tree).many())).toBe(6);
      expect(await whole.from(User).load(tree).orderBy("id").many()).toEqual(
        await separate.from(User).load(tree).orderBy("id").many(),
      );
    },
  ),
  "strategies nest in each other": requires("relations inside rows", async ({ db, sent, inside }) => {
    const nested = (outer: Strategy, inner: Strategy) =>
      db
        .from(User)
        .select("name")
        .where("age", ">", 20)
        .orderBy("id")
        .load(
          "posts",
          (posts) =>
            posts
              .select("title")
              .where("views", ">=", 5)
              .orderBy("id")
              .load("comments", (q) => q.where("id", "<", 4).orderBy("id", "desc").load("user"), { strategy: inner })
              .load("tags", (q) => q.where("label", "<>", "blue").orderBy("id"), { strategy: inner }),
          { strategy: outer },
        );
    const expected = await nested("separate", "separate").many();
    expect(expected[0]?.posts[0]?.tags).toHaveLength(2);
    for (const [outer, inner, count] of [
      [inside, inside, 1],
      [inside, "separate", 4],
      ["separate", inside, 2],
    ] as const) {
      expect(await sent(async () => expect(await nested(outer, inner).many()).toEqual(expected))).toHaveLength(count);
    }
  }),
  "whatever a relation's query says, it gives the same": requires("relations inside rows", async ({ db, inside }) => {
    const posts = (strategy: Strategy) => (build: (query: PostQuery) => unknown) =>
      db
        .from(User)
        .orderBy("id")
        .load("posts", (q) => void build(q.orderBy("id")), { strategy })
        .many();
    const builds: readonly ((query: PostQuery) => unknown)[] = [
      (q) => q.withCount("comments").withExists("tags").withSum("comments", "id").withAvg("comments", "id"),
      (q) => q.whereHas("comments", (c) => c.where("id", ">", 2)).whereHas("user", (u) => u.where("age", ">", 1)),
      (q) => q.select("id", "userId").distinct(),
      (q) => q.whereIn("userId", db.from(User).select("id").where("age", "<", 40)),
      (q) => q.select({ other: "title" }).whereNull("rating"),
      (q) => q.limit(2).offset(1),
      (q) => q.limit(0),
      (q) => q.orderBy("views", "desc").orderBy("title"),
    ];
    for (const build of builds) expect(await posts(inside)(build)).toEqual(await posts("separate")(build));
  }),
  "raw text in a relation's query gives the same": requires(
    ["relations inside rows", "raw"],
    async ({ db, inside }) => {
      const posts = (strategy: Strategy) =>
        db
          .from(User)
          .orderBy("id")
          .load(
            "posts",
            (q) =>
              q
                .whereRaw("posts.views > ?", [1])
                .selectRaw("posts.views + 1 as more, 'x' as letter, null as nothing")
                .orderBy("id"),
            { strategy },
          )
          .many();
      const rows = await posts("separate");
      expect(rows.flatMap((row) => row.posts)).not.toEqual([]);
      expect(await posts(inside)).toEqual(rows);
    },
  ),
  "rows that are distinct have relations too": requires("relations inside rows", async ({ db, sent, inside }) => {
    const distinct = db.from(Post).select("userId").distinct().load("user", { strategy: inside });
    expect(await sent(async () => expect(await distinct.many()).toHaveLength(3))).toHaveLength(2);
  }),
  "rows that were merged have relations too": requires(
    ["relations inside rows", "set operations"],
    async ({ db, inside }) => {
      const union = db.from(User).select("id").where("id", 1).union(db.from(User).select("id").where("id", 2));
      expect(
        (await union.load("posts", { strategy: inside }).orderBy("id").many()).map(({ posts }) => posts.length),
      ).toEqual([2, 3]);
    },
  ),
  "toSQL shows the rows inside": requires("relations inside rows", async ({ db, inside }) => {
    const query = db.from(User).load("posts", (q) => q.where("views", 7).limit(3), { strategy: inside });
    const { sql, parameters } = query.where("age", 41).toSQL();
    expect(sql).toMatch(/(json.*from .posts.|lookup.*"from":"posts")/s);
    expect(parameters).toHaveLength(3);
  }),
  "a list is whole, however long, or an error says that it is not": requires(
    "relations inside rows",
    async ({ db, inside }) => {
      const body = "x".repeat(9_000_000);
      for (const id of [101, 102]) await db.from(Comment).insert({ id, postId: 6, body });
      const posts = db.from(Post).where("id", 6);
      const loads = [
        () => posts.load("comments", (q) => q.orderBy("id"), { strategy: inside }).sole(),
        async () => {
          const deep = posts.load("comments", (q) => q.load("post", (p) => p.load("comments")), { strategy: inside });
          return (await deep.sole()).comments[0]?.post;
        },
      ];
      for (const load of loads) {
        const told = await load().then(
          (post) => post?.comments.map((comment) => comment.body.length),
          (error: unknown) => error instanceof QueryError && error.message.includes('{ strategy: "separate" }'),
        );
        expect([[body.length, body.length], true]).toContainEqual(told);
      }
    },
  ),
  "a strategy that nobody has, or another adapter, is an error": async ({ db, open, refused, inside }) => {
    const others = ["json", "lookup"].filter((one) => one !== inside);
    for (const strategy of ["magic", "", null, 1, ["json"], ...others, "constructor"]) {
      await refused(MortiseError, () =>
        db
          .from(User)
          .load("posts", { strategy: untrusted(strategy) })
          .many(),
      );
      await expect(open({ relationStrategy: untrusted(strategy) })).rejects.toThrow(SchemaError);
    }
    await refused(InvalidQueryError, () =>
      db
        .from(User)
        .load("posts", untrusted({ strateg: "json" }))
        .many(),
    );
  },
});

export const strategiesWithin = suite("strategies of relations of a model to itself", people, {
  "raw text that names the table is refused inside its own parent": requires(
    ["relations inside rows", "raw"],
    async ({ db, refused, inside }) => {
      const query = (strategy: Strategy) =>
        db.from(Person).load("reports", (q) => q.whereRaw("people.id > 0"), { strategy });
      await refused(InvalidQueryError, () => query(inside).many());
      expect(await query("separate").many()).not.toEqual([]);
    },
  ),
  "conditions of every kind follow their table": requires("relations inside rows", async ({ db, inside }) => {
    const load = (strategy: Strategy) =>
      db
        .from(Person)
        .orderBy("id")
        .load(
          "reports",
          (q) =>
            q
              .where("id", ">", 0)
              .whereIn("id", db.from(Person).select("id").where("id", "<", 100))
              .withCount("reports")
              .orderBy("reportsCount", "desc")
              .orderBy("id")
              .limit(2)
              .load("manager", (p) => p.load("reports", (c) => c.whereHas("manager").orderBy("id"))),
          { strategy },
        )
        .many();
    expect(await load(inside)).toEqual(await load("separate"));
  }),
});

const wideColumns = Object.fromEntries(Array.from({ length: 230 }, (_, at) => [`n${at}`, col.integer()]));
const Wide = defineModel("wide", { columns: { id: col.increment(), parentId: col.integer(), ...wideColumns } });
const wideSchema = createSchema(
  { wide: Wide },
  {
    wide: defineRelations(Wide, ({ hasMany }) => ({ children: hasMany(Wide, { foreignKey: "parentId" }) })),
  },
);
const wideRow = Object.fromEntries(Object.keys(wideColumns).map((name, at) => [name, at]));

export const strategiesOfWide = suite(
  "strategies of models with many columns",
  {
    schema: wideSchema,
    seed: (db) =>
      db.from(wideSchema.wide).insertMany([wideRow, { ...wideRow, parentId: 1 }, { ...wideRow, parentId: 2 }]),
  },
  {
    "no function has too many arguments": requires("json relations", async ({ db }) => {
      const load = (strategy: Strategy) =>
        db
          .from(wideSchema.wide)
          .orderBy("id")
          .load("children", (q) => q.load("children"), { strategy })
          .many();
      expect(await load("json")).toEqual(await load("separate"));
    }),
  },
);
