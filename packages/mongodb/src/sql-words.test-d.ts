import { col, createDatabase, createSchema, defineModel, defineRelations, raw } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { test } from "vitest";
import type { MongodbAdapter } from "./adapter.ts";

const User = defineModel("users", {
  columns: { id: col.objectId({ primaryKey: true }), name: col.string({ nullable: false }), age: col.integer() },
});
const Post = defineModel("posts", {
  columns: { id: col.objectId({ primaryKey: true }), userId: col.objectId(), title: col.string() },
});
const schema = createSchema(
  { users: User, posts: Post },
  { users: defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) })) },
);
declare const adapter: MongodbAdapter;
declare const another: Adapter;
const db = createDatabase(schema, adapter);
const users = db.from(User);

test("text of SQL does not compile", () => {
  // @ts-expect-error -- no text
  users.whereRaw("age > ?", [1]);
  // @ts-expect-error -- no text
  users.orWhereRaw("age > 1");
  // @ts-expect-error -- no text
  users.selectRaw<{ n: number }>("count(*) as n");
  // @ts-expect-error -- no text
  users.orderByRaw("age");
  // @ts-expect-error -- no text
  users.groupBy("name").havingRaw("count(*) > 1");
  // @ts-expect-error -- no text
  users.groupBy("name").orHavingRaw("count(*) > 1");
  // @ts-expect-error -- no text in groups either
  users.where((q) => q.whereRaw("age > 1"));
  // @ts-expect-error -- nor in relations
  users.whereHas("posts", (q) => q.whereRaw("1 = 1"));
  // @ts-expect-error -- nor in a transaction
  void db.transaction((tx) => tx.from(User).whereRaw("age > 1").many());
  // @ts-expect-error -- nor as a value
  void users.where("age", 1).update({ name: raw("upper(name)") });
  // @ts-expect-error -- nor as a value
  void users.insert({ name: raw("upper('a')") });
});

test("what only SQL can do does not compile", () => {
  // @ts-expect-error -- models are joined
  users.join("posts", "users.id", "posts.user_id");
  // @ts-expect-error -- models are joined
  users.leftJoin("posts", "users.id", "posts.user_id");
  // @ts-expect-error -- models are joined
  users.crossJoin("posts");
  // @ts-expect-error -- rows without a partner come from the left alone
  users.rightJoin(Post, "users.id", "posts.userId");
  // @ts-expect-error -- rows without a partner come from the left alone
  users.fullJoin(Post, "users.id", "posts.userId");
  // @ts-expect-error -- no set operations
  users.union(users);
  // @ts-expect-error -- no common tables
  users.with("u", users);
  // @ts-expect-error -- no row locks
  users.lockForUpdate();
  // @ts-expect-error -- no row locks
  users.lockForShare();
  // @ts-expect-error -- no such thing
  users.distinctOn("name");
  // @ts-expect-error -- no such thing
  users.whereFullText("name", "ann");
  // @ts-expect-error -- no plan as rows
  void users.explain();
  users.join(Post, "users.id", "posts.userId").leftJoin(Post, "id", "userId").crossJoin(Post);
});

test("a handle on any engine keeps its words", () => {
  const anywhere = createDatabase(schema, another).from(User);
  anywhere.whereRaw("1 = 1").orderByRaw("age").join("posts", "users.id", "posts.user_id").lockForUpdate();
  anywhere.union(anywhere).distinctOn("name").fullJoin(Post, "users.id", "posts.userId");
});
