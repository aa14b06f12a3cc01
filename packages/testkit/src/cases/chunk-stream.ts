import { InvalidQueryError, InvalidValueError, QueryError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Comment, Post, User } from "../models/blog.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const chunkStream = suite("chunks and streams", blog, {
  "chunks give every row once, in order": async ({ db }) => {
    const seen: [number, number[]][] = [];
    await db
      .from(Post)
      .orderBy("views")
      .chunk(4, (rows, index) => void seen.push([index, rows.map(({ id }) => id)]));
    expect(seen).toEqual([
      [0, [6, 4, 1, 3]],
      [1, [5, 2]],
    ]);
  },
  "a chunk waits for its callback, and false ends it": async ({ db }) => {
    const seen: number[] = [];
    await db.from(Post).chunk(2, async (rows) => {
      await db.from(Comment).count();
      seen.push(...rows.map(({ id }) => id));
      return seen.length < 4;
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    await db
      .from(Post)
      .where("id", 99)
      .chunk(2, () => expect.unreachable());
  },
  "rows that a chunk's callback deletes or changes skip no others": async ({ db }) => {
    const seen: number[] = [];
    await db.from(Post).chunkById(2, async (rows) => {
      for (const { id } of rows) {
        seen.push(id);
        await db.from(Post).where("id", id).delete();
      }
    });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await db.from(Post).count()).toBe(0);
  },
  "chunkById goes by the key whatever the order was": async ({ db }) => {
    const seen: number[] = [];
    await db
      .from(Post)
      .where("userId", 1)
      .orWhere("views", 20)
      .orderBy("title", "desc")
      .chunkById(3, (rows) => void seen.push(...rows.map(({ id }) => id)));
    expect(seen).toEqual([1, 2, 3, 5]);
  },
  "an error of the callback reaches the caller": async ({ db }) => {
    const failing = db.from(Post).chunk(2, () => {
      throw new RangeError("mine");
    });
    await expect(failing).rejects.toThrow(new RangeError("mine"));
  },
  "sizes are whole numbers from 1, and a chunk has a callback": async ({ db, refused }) => {
    for (const size of [0, -1, 1.5, "2", null, undefined, {}, Number.NaN]) {
      await refused(InvalidValueError, () => db.from(Post).chunk(untrusted(size), () => undefined));
      await refused(InvalidValueError, () => db.from(Post).chunkById(untrusted(size), () => undefined));
      if (size === undefined || size === null) continue;
      await refused(InvalidValueError, () =>
        db
          .from(Post)
          .stream({ batch: untrusted(size) })
          .next(),
      );
    }
    await refused(InvalidValueError, () => db.from(Post).chunk(1, untrusted(undefined)));
    await refused(InvalidQueryError, () =>
      db
        .from(Post)
        .inRandomOrder()
        .chunk(1, () => undefined),
    );
  },
  "a stream gives rows one by one, relations loaded for each batch": async ({ db, sent, strategy }) => {
    const rows: unknown[] = [];
    const statements = await sent(async () => {
      const query = db
        .from(User)
        .select("id")
        .load("posts", (q) => q.select("id").orderBy("id"))
        .orderBy("id");
      for await (const row of query.stream({ batch: 2 })) rows.push(row);
    });
    expect(rows).toEqual([
      { id: 1, posts: [{ id: 1 }, { id: 2 }] },
      { id: 2, posts: [{ id: 3 }, { id: 4 }, { id: 5 }] },
      { id: 3, posts: [] },
      { id: 4, posts: [] },
    ]);
    expect(rows[0]).toBeInstanceOf(User);
    expect(statements.filter(({ model }) => model === "posts")).toHaveLength(strategy === "separate" ? 2 : 0);
  },
  "a stream of nothing ends at once": async ({ db }) => {
    for await (const row of db.from(User).where("id", 99).stream()) expect.unreachable(JSON.stringify(row));
    const streamed: number[] = [];
    for await (const { id } of db.from(User).limit(3).offset(1).orderBy("id").stream({ batch: 100 })) streamed.push(id);
    expect(streamed).toEqual([2, 3, 4]);
  },
  "the loop over a stream may read and write meanwhile": async ({ db }) => {
    const titles: string[] = [];
    for await (const post of db.from(Post).orderBy("id").stream({ batch: 1 })) {
      await db
        .from(Post)
        .where("id", post.id)
        .update({ title: `${post.title}!` });
      titles.push((await db.from(Post).findOrFail(post.id)).title);
    }
    expect(titles).toEqual(["Alpha!", "Beta!", "Gamma!", "Delta!", "Epsilon!", "Orphan!"]);
  },
  "leaving a stream early frees what it held": async ({ db }) => {
    for (let round = 0; round < 20; round += 1) {
      for await (const { id } of db.from(Post).orderBy("id").stream({ batch: 1 })) {
        if (id === 2) break;
      }
    }
    const abandoned = db.from(Post).stream({ batch: 1 });
    await abandoned.next();
    await abandoned.return?.();
    await db.from(Post).where("id", 1).update({ views: 1 });
    expect(await db.from(Post).where("id", 1).value("views")).toBe(1);
  },
  "an error in the loop reaches the caller": async ({ db }) => {
    const looping = async () => {
      for await (const { id } of db.from(Post).stream({ batch: 1 })) throw new RangeError(`at ${id > 0}`);
    };
    await expect(looping()).rejects.toThrow(new RangeError("at true"));
    expect(await db.from(Post).count()).toBe(6);
  },
  "an error of the database reaches the caller": requires("raw", async ({ db }) => {
    const broken = db.from(Post).whereRaw("nothing = 1").stream();
    await expect(broken.next()).rejects.toBeInstanceOf(QueryError);
    expect(await db.from(Post).count()).toBe(6);
  }),
  "a stream inside a transaction sees what it wrote": requires("transactions", async ({ db }) => {
    const titles = await db.transaction(async (tx) => {
      await tx.from(Post).where("id", 1).update({ title: "Changed" });
      const seen: string[] = [];
      for await (const post of tx.from(Post).where("userId", 1).orderBy("id").stream({ batch: 1 })) {
        await tx.from(Post).where("id", post.id).increment("views");
        seen.push(post.title);
      }
      return seen;
    });
    expect(titles).toEqual(["Changed", "Beta"]);
    expect(await db.from(Post).where("userId", 1).orderBy("id").pluck("views")).toEqual([11, 31]);
  }),
});
