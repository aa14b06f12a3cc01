import { InvalidQueryError, InvalidValueError, RecordNotFoundError } from "@mortise/core";
import { expect } from "vitest";
import { Article, Author, Note, press, Reader, readerKeys, Topic } from "../models/press.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const lists = "list entries";

export const references = suite("references in lists", press, {
  "each row gets the rows that its list names, once each": requires(lists, async ({ db, sent }) => {
    const query = db.from(Article).load("topics", (topic) => topic.orderBy("label"));
    const events = await sent(() => query.many());
    expect(events).toHaveLength(2);
    const rows = await query.orderBy("id").many();
    expect(rows.map(({ topics }) => topics.map(({ label }) => label))).toEqual([
      ["art", "war"],
      ["law", "war"],
      [],
      [],
    ]);
    expect(rows[0]?.topics[1]).toEqual(await db.from(Topic).findOrFail(1));
    expect(rows[0]?.topicIds).toEqual([2, 1, 4, 2]);
  }),
  "keys of every form lead to their rows": requires(lists, async ({ db }) => {
    const row = await db
      .from(Article)
      .load("readers", (reader) => reader.orderBy("name"))
      .load("authors", (author) => author.orderBy("name", "desc"))
      .findOrFail(1);
    expect(row.readers.map(({ name }) => name)).toEqual(["Ida", "Leo"]);
    expect(row.authors).toEqual([
      { name: "Bob", born: null },
      { name: "Ann", born: 1980 },
    ]);
    const last = await db.from(Article).select("title").load("readers", "authors").findOrFail(4);
    expect(last).toEqual({ title: "Four", readers: [], authors: [] });
  }),
  "a limit, an offset and conditions count for each row": requires(lists, async ({ db }) => {
    const labels = async (build: (topic: ReturnType<typeof topics>) => unknown) =>
      (
        await db
          .from(Article)
          .load("topics", (topic) => void build(topic))
          .orderBy("id")
          .many()
      ).map((row) => row.topics.map(({ label }) => label));
    const topics = () => db.from(Topic);
    expect(await labels((q) => q.orderBy("weight", "desc").limit(1))).toEqual([["war"], ["war"], [], []]);
    expect(await labels((q) => q.orderBy("weight", "desc").offset(1))).toEqual([["art"], ["law"], [], []]);
    expect(await labels((q) => q.limit(1))).toEqual([["war"], ["war"], [], []]);
    expect(await labels((q) => q.limit(0))).toEqual([[], [], [], []]);
    expect(await labels((q) => q.where("weight", ">", 2))).toEqual([["war"], ["war"], [], []]);
    expect(await labels((q) => q.onlyTrashed())).toEqual([["old"], [], [], []]);
    expect(await labels((q) => q.withTrashed().orderBy("id", "desc").limit(2))).toEqual([
      ["old", "art"],
      ["law", "war"],
      [],
      [],
    ]);
  }),
  "what the rows load in turn comes along": requires(lists, async ({ db, sent }) => {
    const query = db.from(Article).load({ topics: { notes: true } });
    expect(await sent(() => query.many())).toHaveLength(3);
    const row = await query.findOrFail(2);
    expect(row.topics.flatMap(({ notes }) => notes.map(({ text }) => text)).toSorted()).toEqual([
      "first",
      "second",
      "third",
    ]);
  }),
  "rows in hand load them too": requires(lists, async ({ db }) => {
    const rows = await db.from(Article).orderBy("id").many();
    const loaded = await db.loadInto(rows, "topics", (topic) => topic.orderBy("id").limit(1));
    expect(loaded.map(({ topics }) => topics.map(({ id }) => id))).toEqual([[1], [1], [], []]);
    const row = await db.from(Article).findOrFail(1);
    expect((await row.$load("readers", (reader) => reader.orderBy("id"))).readers.map(({ id }) => id)).toEqual(
      readerKeys,
    );
  }),
  "filters look at the rows that a list names": requires(lists, async ({ db }) => {
    const ids = (query: { pluck(column: "id"): Promise<number[]> }) => query.pluck("id");
    const articles = db.from(Article).orderBy("id");
    expect(await ids(articles.whereHas("topics", (topic) => topic.where("label", "law")))).toEqual([2]);
    expect(await ids(articles.has("topics"))).toEqual([1, 2]);
    expect(await ids(articles.has("topics", ">", 2))).toEqual([]);
    expect(await ids(articles.has("topics", "=", 2))).toEqual([1, 2]);
    expect(await ids(articles.whereDoesntHave("topics"))).toEqual([3, 4]);
    expect(await ids(articles.whereDoesntHave("topics", (topic) => topic.where("label", "art")))).toEqual([2, 3, 4]);
    expect(await ids(articles.where("id", 4).orWhereHas("readers", (reader) => reader.where("name", "Ida")))).toEqual([
      1, 4,
    ]);
    expect(await ids(articles.whereHas("topics", (topic) => topic.has("notes", ">", 1)))).toEqual([1, 2]);
    expect(await ids(articles.whereNot((q) => q.whereHas("authors", (author) => author.where("born", 1980))))).toEqual([
      2, 3, 4,
    ]);
  }),
  "counts and aggregates are those of the named rows": requires(lists, async ({ db }) => {
    const rows = await db
      .from(Article)
      .select("id")
      .withCount("topics")
      .withSum("topics", "weight")
      .withMax("topics", "label", { as: "last" })
      .withExists("readers")
      .orderBy("id")
      .many();
    expect(rows).toEqual([
      { id: 1, topicsCount: 2, topicsWeightSum: 7, last: "war", readersExists: true },
      { id: 2, topicsCount: 2, topicsWeightSum: 5, last: "war", readersExists: true },
      { id: 3, topicsCount: 0, topicsWeightSum: null, last: null, readersExists: false },
      { id: 4, topicsCount: 0, topicsWeightSum: null, last: null, readersExists: false },
    ]);
  }),
  "the query of a row reads and writes its rows alone": requires(lists, async ({ db }) => {
    const article = await db.from(Article).findOrFail(1);
    const topics = () => db.related(article, "topics");
    expect(await topics().orderBy("label").pluck("label")).toEqual(["art", "war"]);
    expect(await topics().where("id", 3).orWhere("id", 1).pluck("id")).toEqual([1]);
    expect(await topics().count()).toBe(2);
    expect(await topics().where("label", "war").update({ weight: 6 })).toBe(1);
    expect(await topics().update({ weight: 1 })).toBe(2);
    expect(await db.from(Topic).orderBy("id").pluck("weight")).toEqual([1, 1, null]);
    const none = await db.from(Article).findOrFail(4);
    expect(await db.related(none, "topics").many()).toEqual([]);
  }),
  "keys are attached and detached by one update": requires(lists, async ({ db, sent }) => {
    const article = await db.from(Article).findOrFail(1);
    const law = await db.from(Topic).findOrFail(3);
    const events = await sent(async () => {
      expect(await db.related(article, "topics").attach([law, 2, { id: 3 }])).toBe(1);
    });
    expect(events).toHaveLength(2);
    expect(article.topicIds).toEqual([2, 1, 4, 3]);
    expect((await db.from(Article).findOrFail(1)).topicIds).toEqual([2, 1, 4, 2, 3]);
    expect(await db.related(article, "topics").count()).toBe(3);
    expect(await db.related(article, "topics").detach([2, 3, 77])).toBe(2);
    expect((await db.from(Article).findOrFail(1)).topicIds).toEqual([1, 4]);
    expect(await db.related(article, "readers").detach()).toBe(2);
    expect((await db.from(Article).findOrFail(1)).readerIds).toEqual([]);
    expect(await db.related(article, "readers").attach(readerKeys[0])).toBe(1);
    expect((await db.related(article, "readers").sole()).name).toBe("Ida");
    const none = await db.from(Article).findOrFail(4);
    expect(await db.related(none, "topics").detach(1)).toBe(0);
    expect(await db.related(none, "topics").attach(2)).toBe(1);
    expect(await db.related(none, "authors").attach("Ann")).toBe(1);
    expect(await db.from(Article).findOrFail(4)).toEqual({ ...none, topicIds: [2], authorNames: ["Ann"] });
  }),
  "keys that are alike but for bytes beyond ASCII are different": requires(lists, async ({ db }) => {
    const ids = ["a1", "a2", "ff"].map((byte) => `${byte}000000000000000000000f`);
    await db.from(Reader).insertMany(ids.map((id) => ({ id, name: id })));
    const article = await db.from(Article).findOrFail(3);
    expect(await db.related(article, "readers").attach([...ids, ...ids])).toBe(3);
    expect((await db.from(Article).findOrFail(3)).readerIds).toEqual(ids);
    expect(await db.related(article, "readers").count()).toBe(3);
    expect((await db.from(Article).load("readers").findOrFail(3)).readers).toHaveLength(3);
  }),
  "callers side by side attach all of their keys": requires(lists, async ({ db }) => {
    const rows = await Promise.all([1, 2, 3].map(() => db.from(Article).findOrFail(3)));
    await Promise.all(rows.map((row, at) => db.related(row, "topics").attach([at + 1, 4])));
    const { topicIds } = await db.from(Article).findOrFail(3);
    expect(topicIds?.toSorted()).toEqual([1, 2, 3, 4]);
  }),
  "sync and toggle say what they did": requires(lists, async ({ db, sent }) => {
    const article = await db.from(Article).findOrFail(2);
    const topics = () => db.related(article, "topics");
    expect(await topics().sync([1, 2])).toEqual({ attached: [2], detached: [3, 99], updated: [] });
    expect(article.topicIds).toEqual([1, 2]);
    const events = await sent(() => topics().sync([2, 1]));
    expect(events).toHaveLength(1);
    expect(await topics().toggle([2, 3])).toEqual({ attached: [3], detached: [2] });
    expect((await db.from(Article).findOrFail(2)).topicIds).toEqual([1, 3]);
    expect(await topics().sync([])).toEqual({ attached: [], detached: [1, 3], updated: [] });
    expect((await db.from(Article).findOrFail(2)).topicIds).toEqual([]);
  }),
  "a transaction takes what was attached back": requires(lists, async ({ db }) => {
    const article = await db.from(Article).findOrFail(3);
    const broken = db.transaction(async (tx) => {
      await tx.related(article, "topics").attach(1);
      throw new Error("no");
    });
    await expect(broken).rejects.toThrow("no");
    expect((await db.from(Article).findOrFail(3)).topicIds).toEqual([]);
  }),
  "rows are inserted and named at once": requires(lists, async ({ db }) => {
    const article = await db.from(Article).findOrFail(3);
    const topic = await db.related(article, "topics").insert({ id: 10, label: "new" });
    expect(topic.label).toBe("new");
    await db.related(article, "topics").insertMany([
      { id: 11, label: "newer" },
      { id: 12, label: "newest" },
    ]);
    expect((await db.from(Article).findOrFail(3)).topicIds).toEqual([10, 11, 12]);
    expect(article.topicIds).toEqual([10, 11, 12]);
  }),
  "an insert takes the rows that its list shall name": requires(lists, async ({ db }) => {
    const war = await db.from(Topic).findOrFail(1);
    const row = await db.from(Article).insert({
      id: 20,
      title: "Nested",
      topics: [{ id: 21, label: "fresh", notes: [{ id: 22, text: "below" }] }, war],
      readers: [{ name: "Eve" }],
    });
    expect(row.topicIds).toEqual([21, 1]);
    expect(row.topics.map(({ label }) => label)).toEqual(["fresh", "war"]);
    const stored = await db
      .from(Article)
      .load("topics", (topic) => topic.orderBy("id").load("notes"))
      .load("readers")
      .findOrFail(20);
    expect(stored.topics.map(({ id }) => id)).toEqual([1, 21]);
    expect(stored.topics[1]?.notes).toEqual([{ id: 22, topicId: 21, text: "below" }]);
    expect(stored.readers.map(({ name }) => name)).toEqual(["Eve"]);
    expect(await db.from(Reader).count()).toBe(3);
    const empty = await db.from(Article).insert({ id: 23, title: "Empty", topics: [] });
    expect(empty.topicIds).toEqual([]);
  }),
  "what has no meaning for a list is refused": requires(lists, async ({ db, refused }) => {
    const article = await db.from(Article).findOrFail(1);
    const topics = db.related(article, "topics");
    for (const id of [null, undefined, {}, { id: null }, Number.NaN, true]) {
      await refused(InvalidValueError, () => topics.attach(untrusted(id)));
      await refused(InvalidValueError, () => topics.sync(untrusted(id)));
    }
    await refused(InvalidQueryError, () => Reflect.apply(Reflect.get(topics, "attach"), topics, [1, { note: "x" }]));
    await refused(InvalidQueryError, () =>
      Reflect.apply(Reflect.get(topics, "updatePivot"), topics, [1, { note: "x" }]),
    );
    await refused(InvalidQueryError, () => topics.upsert({ id: 1, label: "x" }, { conflict: ["id"] }));
    await refused(InvalidQueryError, () =>
      db
        .from(Article)
        .load("topics", (topic) => topic.distinct())
        .many(),
    );
    await refused(InvalidValueError, () =>
      db.from(Article).insert({ id: 30, title: "Twice", topicIds: [1], topics: [{ id: 31, label: "x" }] }),
    );
    await db.from(Article).where("id", 1).delete();
    await expect(topics.attach(3)).rejects.toThrow(RecordNotFoundError);
    expect(await db.from(Author).count()).toBe(2);
    expect(await db.from(Note).count()).toBe(3);
  }),
});
