import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { inspect, push } from "@mortise/migrator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { administer, onServers, openNamespace, type Namespace } from "./servers.fixture.ts";

const User = defineModel("users", {
  columns: {
    id: col.increment(),
    email: col.string({ length: 120, unique: true }),
    score: col.integer({ unsigned: true, default: 5, index: true }),
    level: col.enum(["low", "it's"], { default: "low" }),
    mood: col.enum(["glad", "sad"], { native: "mood" }),
    tags: col.array(col.text()),
    roles: col.set(["a", "b"]),
    price: col.decimal({ precision: 10, scale: 2, default: 1.5 }),
    payload: col.jsonb({ default: { a: [1] } }),
    photo: col.binary({ length: 10 }),
    bornAt: col.datetime({ precision: 3 }),
    key: col.uuid(),
  },
  options: { comment: "who may come in" },
});
const Post = defineModel("posts", {
  columns: { id: col.increment(), userId: col.integer(), title: col.text({ comment: "as shown" }) },
});
const schema = createSchema(
  { users: User, posts: Post },
  {
    posts: defineRelations(Post, ({ belongsTo }) => ({
      user: belongsTo(User, { foreignKey: "userId", constraint: { onDelete: "cascade" } }),
    })),
  },
);

onServers((server) => {
  let namespace: Namespace;
  beforeAll(async () => void (namespace = await openNamespace(server)));
  afterAll(() => namespace.remove());
  const open = () => createDatabase(schema, namespace.adapter());

  it("makes every table, and finds nothing to do the second time", async () => {
    await using db = open();
    const first = await push(db);
    expect(first.changes.map(({ kind }) => kind)).toContain("createTable");
    expect(first.statements.join("\n")).toContain('"email" character varying(120) collate "C"');
    expect((await push(db)).summary).toBe("no differences");
    const row = await db.from(User).insert({ email: "a@b", mood: "sad", roles: ["b"], tags: ["x", "y"] });
    expect(row).toMatchObject({
      score: 5,
      level: "low",
      price: 1.5,
      payload: { a: [1] },
      roles: ["b"],
      tags: ["x", "y"],
    });
  });

  it("lets several processes push at once", async () => {
    await administer(server.url, `drop table if exists ${namespace.name}.posts, ${namespace.name}.users cascade`);
    const results = await Promise.all(
      [1, 2, 3].map(async () => {
        await using db = open();
        return await push(db);
      }),
    );
    expect(results.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
  });

  it("adds what is missing and keeps what it does not manage", async () => {
    const { name } = namespace;
    await administer(
      server.url,
      `alter table ${name}.posts drop column title, add column extra int`,
      `alter table ${name}.users drop constraint users_email_unique`,
      `drop index ${name}.users_score_index`,
      `create view ${name}.seen as select 1 as one`,
      `create index odd on ${name}.users (email text_pattern_ops)`,
    );
    await using db = open();
    const { changes, kept } = await push(db);
    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(["addColumn", "addUnique", "createIndex"]);
    expect(kept).toContainEqual(expect.objectContaining({ name: "extra" }));
    expect((await push(db)).summary).toBe("no differences");
    const state = await inspect(db);
    expect(state.unmanaged).toContainEqual({ kind: "view", name: "seen" });
    expect(kept).toContainEqual({ kind: "index", table: "users", name: "odd" });
    expect(state.tables.find((table) => table.name === "users")?.indexes).toContainEqual(
      expect.objectContaining({
        name: "odd",
        columns: [expect.objectContaining({ operatorClass: "text_pattern_ops" })],
      }),
    );
  });
});
