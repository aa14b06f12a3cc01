import { NPlusOneError, SchemaError, type Database, type QueryEvent, type RegistryIn } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post, User, type blogSchema } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

type Blog = Database<RegistryIn<typeof blogSchema>>;

/** The statements that a body sends. */
async function sentBy(db: Blog, body: () => Promise<unknown>): Promise<readonly QueryEvent[]> {
  const events: QueryEvent[] = [];
  const stop = db.on("query", (event) => events.push(event));
  await body().finally(stop);
  return events;
}

/** What a body writes as warnings. */
async function warnedBy(body: () => Promise<unknown>): Promise<readonly unknown[]> {
  const warned: unknown[] = [];
  const { warn } = console;
  console.warn = (message: unknown) => warned.push(message);
  await body().finally(() => {
    console.warn = warn;
  });
  return warned;
}

const oneByOne = async (db: Blog) => {
  for (const user of await db.from(User).orderBy("id").many()) await user.$load("posts");
};

export const nPlusOne = suite("relations loaded row by row", blog, {
  "are an error from the third row on, before anything is sent": async ({ open }) => {
    const db = await open({ nPlusOne: "error" });
    const users = await db.from(User).orderBy("id").many();
    const events = await sentBy(db, async () => {
      await expect(oneByOne(db)).rejects.toThrow(NPlusOneError);
    });
    expect(events).toHaveLength(3);
    await users[0]!.$load("posts");
    await users[0]!.$load("posts");
    await db.loadInto([users[1]!], "posts");
    await users[2]!.$load("profile");
    const error = await users[2]!.$load("posts").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NPlusOneError);
    expect(String(error)).toContain('"posts" of model "users"');
    await db.loadInto(users, "posts");
    expect(users[3]).toHaveProperty("posts");
  },
  "reads of related rows count too": async ({ open }) => {
    const db = await open({ nPlusOne: "error" });
    const users = await db.from(User).orderBy("id").many();
    const counts: number[] = [];
    const counting = async () => {
      for (const user of users) counts.push(await db.related(user, "posts").count());
    };
    await expect(counting()).rejects.toThrow(NPlusOneError);
    expect(counts).toEqual([2, 3]);
    expect(await db.related(users[0]!, "posts").where("views", 10).pluck("id")).toEqual([1]);
    await db.related(users[3]!, "posts").insert({ id: 80, title: "written" });
    expect(await db.related(users[3]!, "posts").update({ views: 1 })).toBe(1);
    const [one, two] = await db.from(User).limit(2).many();
    await db.related(one!, "profile").one();
    await expect(db.related(two!, "profile").one()).rejects.toThrow(NPlusOneError);
  },
  "rows below a loaded relation were read together": async ({ open }) => {
    const db = await open({ nPlusOne: "error" });
    const users = await db.from(User).load("posts").orderBy("id").many();
    const deep = async () => {
      for (const { posts } of users) for (const post of posts) await post.$load("comments");
    };
    await expect(deep()).rejects.toThrow(NPlusOneError);
  },
  "rows read alone are counted within a transaction, and nowhere else": async ({ open }) => {
    const db = await open({ nPlusOne: "error" });
    const read = async (from: Pick<Blog, "from">) => {
      for (const id of [1, 2, 3]) await (await from.from(User).findOrFail(id)).$load("posts");
    };
    await read(db);
    await expect(db.transaction((tx) => read(untrusted(tx)))).rejects.toThrow(NPlusOneError);
    const twice = (tx: Pick<Blog, "from">) => tx.from(User).findOrFail(1);
    for (let run = 0; run < 4; run += 1)
      await db.transaction(async (tx) => (await twice(untrusted(tx))).$load("posts"));
  },
  "are told once for each list when a warning is enough": async ({ open }) => {
    const db = await open({ nPlusOne: "warn" });
    const warned = await warnedBy(() => oneByOne(db));
    expect(warned).toHaveLength(1);
    expect(String(warned[0])).toMatch(/posts.*db\.loadInto/);
    expect(await warnedBy(() => oneByOne(db))).toHaveLength(1);
    expect(await warnedBy(() => db.from(User).load("posts").many())).toEqual([]);
  },
  "are joined when they are issued in one tick": async ({ open }) => {
    const db = await open({ nPlusOne: "batch" });
    const users = await db.from(User).orderBy("id").many();
    const joined = await sentBy(db, async () => {
      const loaded = await Promise.all(users.map((user) => user.$load("posts", (q) => q.select("id").orderBy("id"))));
      expect(loaded.map(({ posts }) => posts.map(({ id }) => id))).toEqual([[1, 2], [3, 4, 5], [], []]);
    });
    expect(joined).toHaveLength(1);
    const woken = await sentBy(db, () =>
      Promise.all(
        users.map(async (user) => {
          await Promise.resolve();
          await user.$loadMissing("profile");
        }),
      ),
    );
    expect(woken).toHaveLength(1);
    const [ann, bob] = users;
    const apart = await sentBy(db, () =>
      Promise.all([
        ann!.$load("posts", (q) => q.where("views", 10)),
        bob!.$load("posts", (q) => q.where("views", 20)),
        ann!.$load("comments"),
      ]),
    );
    expect(apart).toHaveLength(3);
    expect(Reflect.get(ann!, "posts")).toHaveLength(1);
    expect(Reflect.get(bob!, "posts")).toHaveLength(2);
    const one = await sentBy(db, () => ann!.$load("posts"));
    expect(one).toHaveLength(1);
    const failing = Promise.allSettled([ann!.$load(untrusted("nope")), bob!.$load("posts")]);
    expect((await failing).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  },
  "inside a transaction joined loads stay in it": async ({ open }) => {
    const db = await open({ nPlusOne: "batch" });
    const users = await db.from(User).orderBy("id").limit(2).many();
    await db.transaction(async (tx) => {
      await tx.from(Post).insert({ id: 90, userId: 1, title: "inside" });
      const [ann] = await Promise.all(users.map((user) => user.$load("posts")));
      expect(ann?.posts.map(({ id }) => id)).toContain(90);
    });
  },
  "are left alone unless it was said, and the word must be known": async ({ db, open }) => {
    expect(await warnedBy(() => oneByOne(db))).toEqual([]);
    await expect(open({ nPlusOne: untrusted("loud") })).rejects.toThrow(SchemaError);
  },
});
