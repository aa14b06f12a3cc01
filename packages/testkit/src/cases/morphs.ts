import { InvalidQueryError, InvalidValueError, SchemaError, UnknownRelationError } from "@mortise/core";
import { expect } from "vitest";
import { Clip, linkedAt, newsroom, Remark, Story, Topic, TopicLink } from "../models/newsroom.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const morphs = suite("polymorphic relations", newsroom, {
  "rows of other models with the same number are left out": async ({ db }) => {
    const stories = db
      .from(Story)
      .select("id")
      .load("remarks", (q) => q.select("body").orderBy("id"))
      .load("bestRemark", (q) => q.select("body"))
      .orderBy("id")
      .limit(2);
    expect(await stories.many()).toEqual([
      { id: 1, remarks: [{ body: "good" }, { body: "great" }], bestRemark: { body: "great" } },
      { id: 2, remarks: [], bestRemark: null },
    ]);
    const clips = await db
      .from(Clip)
      .load("remarks", (q) => q.select("body"))
      .orderBy("id")
      .many();
    expect(clips.map(({ remarks }) => remarks)).toEqual([[{ body: "wet" }], []]);
  },
  "counts, sums and filters look at the rows of their own model": async ({ db }) => {
    expect(
      await db.from(Story).select("id").withCount("remarks").withSum("remarks", "stars").orderBy("id").limit(2).many(),
    ).toEqual([
      { id: 1, remarksCount: 2, remarksStarsSum: 9 },
      { id: 2, remarksCount: 0, remarksStarsSum: null },
    ]);
    expect(await db.from(Clip).select("id").withExists("remarks").orderBy("id").many()).toEqual([
      { id: 1, remarksExists: true },
      { id: 2, remarksExists: false },
    ]);
    expect(await db.from(Story).has("remarks", ">=", 2).pluck("id")).toEqual([1]);
    expect(
      await db
        .from(Story)
        .whereHas("bestRemark", (q) => q.where("stars", 4))
        .pluck("id"),
    ).toEqual([1]);
    expect(await db.from(Clip).whereDoesntHave("remarks").pluck("id")).toEqual([2]);
    expect(
      await db
        .from(Story)
        .where("id", 6)
        .orWhereHas("remarks", (q) => q.where("stars", "<", 5))
        .orderBy("id")
        .pluck("id"),
    ).toEqual([1, 6]);
  },
  "limits count for each parent": async ({ db }) => {
    const [story] = await db
      .from(Story)
      .load("remarks", (q) => q.orderBy("id").limit(1))
      .orderBy("id")
      .many();
    expect(story?.remarks.map(({ id }) => id)).toEqual([1]);
  },
});

export const morphTargets = suite("rows of one of several models", newsroom, {
  "each row tells which model it is of": async ({ db, sent, strategy }) => {
    const events = await sent(async () => {
      const remarks = await db.from(Remark).select("id").load("about").orderBy("id").many();
      const fjord = { id: 1, type: "story", reporterId: 1, title: "fjord", words: 100, deletedAt: null };
      expect(remarks).toEqual([
        { id: 1, about: fjord },
        { id: 2, about: fjord },
        { id: 3, about: { id: 1, type: "clip", title: "WHALE", source: "x" } },
        { id: 4, about: null },
        { id: 5, about: null },
        { id: 6, about: null },
      ]);
      expect(remarks[0]?.about).toBeInstanceOf(Story);
      const about = remarks[2]?.about;
      expect(about?.type === "clip" ? about.source : undefined).toBe("x");
    });
    expect(events).toHaveLength(strategy === "separate" ? 3 : 1);
  },
  "targets that no row leads to are not asked": async ({ db, sent, strategy }) => {
    const events = await sent(() => db.from(Remark).where("aboutType", "film").load("about").many());
    expect(events).toHaveLength(strategy === "separate" ? 2 : 1);
  },
  "targets take callbacks and trees of their own": async ({ db }) => {
    const remarks = db.from(Remark).select("id").whereIn("id", [1, 3]).orderBy("id");
    const built = await remarks
      .load("about", { story: (q) => q.select("title").load("reporter", (r) => r.select("name")) })
      .many();
    expect(built).toEqual([
      { id: 1, about: { type: "story", title: "fjord", reporter: { name: "Al" } } },
      { id: 3, about: { type: "clip", id: 1, title: "WHALE", source: "x" } },
    ]);
    const tree = await remarks.load({ about: { story: { topics: true }, clip: true } }).many();
    expect(tree).toMatchObject([
      { about: { type: "story", topics: [{ label: "sea" }] } },
      { about: { type: "clip", title: "WHALE" } },
    ]);
    expect(await remarks.load("about", { strategy: "separate" }).many()).toHaveLength(2);
    expect(await remarks.load("about", { clip: true }, { strategy: "separate" }).many()).toHaveLength(2);
    expect(await remarks.load({ about: true }).many()).toMatchObject([{ about: { id: 1 } }, { about: { id: 1 } }]);
  },
  "plain rows leave out what the row's own model hides": async ({ db }) => {
    const remarks = await db.from(Remark).select("id").whereIn("id", [1, 3]).load("about").orderBy("id").plain();
    expect(remarks).toMatchObject([{ about: { title: "fjord" } }, { about: { title: "WHALE" } }]);
    expect(remarks[1]?.about).not.toHaveProperty("source");
  },
  "a nested relation may lead to several models": async ({ db }) => {
    const story = await db
      .from(Story)
      .load("remarks", (q) => q.select("id").load("about").orderBy("id"))
      .findOrFail(1);
    expect(story.remarks).toMatchObject([{ about: { title: "fjord" } }, { about: { title: "fjord" } }]);
  },
  "filters and counts ask all targets, or those named": async ({ db }) => {
    const ids = (query: { orderBy(name: "id"): { pluck(name: "id"): Promise<number[]> } }) =>
      query.orderBy("id").pluck("id");
    expect(await ids(db.from(Remark).has("about"))).toEqual([1, 2, 3]);
    expect(await ids(db.from(Remark).whereDoesntHave("about"))).toEqual([4, 5, 6]);
    expect(await ids(db.from(Remark).whereHas("about", { clip: true }))).toEqual([3]);
    expect(
      await ids(
        db.from(Remark).whereHas("about", { story: (q) => q.where("title", "fjord"), clip: (q) => q.where("id", 2) }),
      ),
    ).toEqual([1, 2]);
    expect(await ids(db.from(Remark).whereDoesntHave("about", { story: true }))).toEqual([3, 4, 5, 6]);
    expect(await ids(db.from(Remark).where("id", 5).orWhereHas("about", { clip: true }))).toEqual([3, 5]);
    expect(await ids(db.from(Remark).has("about", "=", 0))).toEqual([4, 5, 6]);
    expect(await ids(db.from(Remark).has("about", "<=", 1))).toEqual([1, 2, 3, 4, 5, 6]);
    const counted = db
      .from(Remark)
      .select("id")
      .withCount("about")
      .withExists("about", { clip: true }, { as: "isClip" });
    expect(await counted.orderBy("id").many()).toEqual([
      { id: 1, aboutCount: 1, isClip: false },
      { id: 2, aboutCount: 1, isClip: false },
      { id: 3, aboutCount: 1, isClip: true },
      { id: 4, aboutCount: 0, isClip: false },
      { id: 5, aboutCount: 0, isClip: false },
      { id: 6, aboutCount: 0, isClip: false },
    ]);
  },
  "rows are found by what they lead to": async ({ db, sent }) => {
    const ids = (query: ReturnType<typeof remarks>) => query.orderBy("id").pluck("id");
    const remarks = () => db.from(Remark);
    const story = await db.from(Story).findOrFail(1);
    const clip = await db.from(Clip).select("id").withoutHooks().findOrFail(1);
    const events = await sent(async () => {
      expect(await ids(remarks().whereMorphedTo("about", story))).toEqual([1, 2]);
      expect(await ids(remarks().whereMorphedTo("about", clip))).toEqual([3]);
      expect(await ids(remarks().whereMorphedTo("about", Clip, 9))).toEqual([6]);
      expect(await ids(remarks().whereMorphedTo("about", Clip))).toEqual([3, 6]);
      expect(await ids(remarks().whereMorphedTo("about", null))).toEqual([5]);
      expect(await ids(remarks().where("id", 5).orWhereMorphedTo("about", Story, 4))).toEqual([4, 5]);
    });
    expect(events).toHaveLength(6);
    const nested = db.from(Story).whereHas("remarks", (q) => q.whereMorphedTo("about", Story, 1).where("stars", 5));
    expect(await nested.pluck("id")).toEqual([1]);
  },
  "filters nest over the same tables": async ({ db }) => {
    const ids = (query: ReturnType<typeof db.from<typeof Remark>>) => query.orderBy("id").pluck("id");
    const beside = db.from(Remark).whereHas("about", {
      story: (story) => story.whereHas("remarks", (remark) => remark.where("stars", 4).has("about")),
    });
    expect(await ids(beside)).toEqual([1, 2]);
    const tagged = db.from(Remark).whereHas("about", {
      story: (story) => story.whereHas("topics", (topic) => topic.has("clips", ">", 1).whereDoesntHave("stories")),
      clip: (clip) => clip.whereHas("topics", (topic) => topic.whereHas("clips", (other) => other.where("id", 2))),
    });
    expect(await ids(tagged)).toEqual([3]);
    const either = db.from(Remark).where((q) => q.whereHas("about", { clip: true }).orWhereMorphedTo("about", null));
    expect(await ids(either.where("id", ">", 1))).toEqual([3, 5]);
  },
  "distinct rows must show the stored type": async ({ db, refused }) => {
    const remarks = db.from(Remark);
    await refused(InvalidQueryError, () => remarks.select("aboutId").distinct().load("about").many());
    const both = remarks.select("aboutId", "aboutType").where("aboutId", 1);
    expect(await both.distinct().load("about").many()).toHaveLength(2);
  },
  "a row that leads nowhere known cannot be asked for": async ({ db, refused }) => {
    const remarks = db.from(Remark);
    const untitled = await db.from(Story).select("title").oneOrFail();
    const topic = await db.from(Topic).oneOrFail();
    await refused(InvalidValueError, () => remarks.whereMorphedTo("about", untitled).many());
    await refused(InvalidQueryError, () => remarks.whereMorphedTo("about", untrusted(topic)).many());
    await refused(InvalidQueryError, () => remarks.whereMorphedTo("about", untrusted(Topic), untrusted(1)).many());
    await refused(InvalidQueryError, () => remarks.whereMorphedTo("about", untrusted("stories"), untrusted(1)).many());
    await refused(InvalidQueryError, () => remarks.whereMorphedTo("about", { id: 1 }).many());
    await refused(InvalidValueError, () => remarks.whereMorphedTo("about", Story, untrusted(null)).many());
    await refused(InvalidQueryError, () => db.from(Story).whereMorphedTo("reporter", untrusted(Story)).many());
    await refused(UnknownRelationError, () => remarks.whereMorphedTo(untrusted("nope"), untrusted(Story)).many());
  },
  "a stored type without a target is an error, not a missing row": async ({ db }) => {
    await db.from(Remark).insert({ id: 7, aboutType: "podcasts", aboutId: 1, body: "?" });
    const load = db.from(Remark).load("about").many();
    await expect(load).rejects.toThrow(SchemaError);
    await expect(load).rejects.toThrow(
      'Column "aboutType" of model "remarks" holds a type that the relation "about" has no target for. Known are: stories, film.',
    );
    expect(await db.from(Remark).whereDoesntHave("about").orderBy("id").pluck("id")).toEqual([4, 5, 6, 7]);
  },
  "what has no meaning for several models is refused": async ({ db, refused }) => {
    await refused(InvalidQueryError, () =>
      db
        .from(Remark)
        .load(
          "about",
          untrusted(() => undefined),
        )
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(Remark)
        .load("about", untrusted({ podcast: true }))
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(Remark)
        .load("about", untrusted({ story: 1 }))
        .many(),
    );
    await refused(InvalidQueryError, () =>
      db
        .from(Remark)
        .load({ about: { story: untrusted(1) } })
        .many(),
    );
    await refused(InvalidQueryError, () => db.from(Remark).whereHas("about", untrusted({})).many());
    await refused(InvalidQueryError, () =>
      db
        .from(Remark)
        .whereHas(
          "about",
          untrusted(() => undefined),
        )
        .many(),
    );
    await refused(InvalidQueryError, () => db.from(Remark).withSum("about", untrusted("id")).many());
    await refused(UnknownRelationError, () => db.from(Remark).load(untrusted("abouts")).many());
  },
});

export const morphPivots = suite("polymorphic many to many", newsroom, {
  "both directions load, with the pivot's columns and timestamps": async ({ db }) => {
    const stories = await db
      .from(Story)
      .select("id")
      .load("topics", (q) => q.orderBy("id"))
      .orderBy("id")
      .limit(2)
      .many();
    const noTimes = { createdAt: null, updatedAt: null };
    expect(stories).toEqual([
      { id: 1, topics: [{ id: 1, label: "sea", pivot: { weight: 3, createdAt: linkedAt, updatedAt: linkedAt } }] },
      { id: 2, topics: [{ id: 2, label: "land", pivot: { weight: null, ...noTimes } }] },
    ]);
    const topics = db
      .from(Topic)
      .load("stories", (q) => q.select("title"))
      .load("clips", (q) => q.select("title").orderBy("id"))
      .orderBy("id");
    expect(await topics.many()).toEqual([
      {
        id: 1,
        label: "sea",
        stories: [{ title: "fjord" }],
        clips: [
          { title: "WHALE", pivot: { weight: 9 } },
          { title: "SHIP", pivot: { weight: 1 } },
        ],
      },
      { id: 2, label: "land", stories: [{ title: "tram" }], clips: [] },
    ]);
  },
  "filters, counts and limits go by type and number": async ({ db }) => {
    expect(await db.from(Clip).has("topics").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(
      await db
        .from(Clip)
        .whereHas("topics", (q) => q.where("label", "land"))
        .count(),
    ).toBe(0);
    expect(
      await db
        .from(Story)
        .whereHas("topics", (q) => q.where("label", "land"))
        .pluck("id"),
    ).toEqual([2]);
    expect(await db.from(Topic).select("id").withCount("clips").withCount("stories").orderBy("id").many()).toEqual([
      { id: 1, clipsCount: 2, storiesCount: 1 },
      { id: 2, clipsCount: 0, storiesCount: 1 },
    ]);
    expect(await db.from(Topic).has("clips", ">", 1).pluck("id")).toEqual([1]);
    const [sea] = await db
      .from(Topic)
      .load("clips", (q) => q.select("id").orderBy("id", "desc").limit(1))
      .orderBy("id")
      .many();
    expect(sea?.clips).toMatchObject([{ id: 2 }]);
    expect(await db.from(TopicLink).count()).toBe(4);
  },
});
