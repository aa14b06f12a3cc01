import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect, test } from "vitest";
import { counterCollection } from "./command.ts";
import { onServer, openTestDatabase } from "./test-database.fixture.ts";

const columns = { id: col.increment(), name: col.text() };
const Posts = defineModel("posts", { columns });
const Users = defineModel("users", { columns });

onServer(() => {
  test("counters that a run left behind a rename or a drop, when it was cut off, count for no new collection", async () => {
    const database = openTestDatabase();
    try {
      {
        await using db = createDatabase(createSchema({ users: Users }), database.adapter());
        await push(db);
        await db.from(Users).insert({ name: "Ada" });
        await database.lend((own) =>
          own.collection<{ _id: string; value: bigint }>(counterCollection).insertOne({ _id: "posts._id", value: 7n }),
        );
      }
      await using db = createDatabase(createSchema({ users: Users, posts: Posts }), database.adapter());
      await push(db);
      expect(await db.from(Posts).insert({ name: "first" })).toMatchObject({ id: 1 });
      expect(await db.from(Users).insert({ name: "Grace" })).toMatchObject({ id: 2 });
    } finally {
      await database.remove();
    }
  });
});
