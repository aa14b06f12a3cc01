import { expect } from "vitest";
import { newsroom, Place, Story } from "../models/newsroom.ts";
import { suite } from "../suite.ts";

export const throughs = suite("relations through a model between", newsroom, {
  "rows two steps away are loaded by one statement": async ({ db, sent, strategy }) => {
    const query = db
      .from(Place)
      .select("name")
      .load("stories", (q) => q.select("title").orderBy("id"))
      .orderBy("id");
    const events = await sent(async () => {
      expect(await query.many()).toEqual([
        { name: "Oslo", stories: [{ title: "fjord" }, { title: "tram" }] },
        { name: "Rome", stories: [] },
        { name: "Cork", stories: [] },
      ]);
    });
    expect(events).toHaveLength(strategy === "separate" ? 2 : 1);
    const [place] = await db.from(Place).load("stories").limit(1).orderBy("id").many();
    expect(place?.stories[0]).toBeInstanceOf(Story);
    expect(Object.keys(place?.stories[0] ?? {})).not.toContain("placeId");
  },
  "one row two steps away is the first in the relation's order": async ({ db }) => {
    const places = db.from(Place).select("name").orderBy("id").limit(2);
    expect(await places.load("longest", (q) => q.select("title")).many()).toEqual([
      { name: "Oslo", longest: { title: "tram" } },
      { name: "Rome", longest: null },
    ]);
    expect(await places.load("longest", (q) => q.select("title").orderBy("words")).many()).toMatchObject([
      { longest: { title: "fjord" } },
      { longest: null },
    ]);
  },
  "limits count for each parent": async ({ db }) => {
    const places = await db
      .from(Place)
      .load("stories", (q) => q.select("id").orderBy("id", "desc").limit(1))
      .orderBy("id")
      .many();
    expect(places.map(({ stories }) => stories)).toEqual([[{ id: 2 }], [], []]);
  },
  "deleted and hidden rows of the model between lead nowhere": async ({ db }) => {
    expect(await db.from(Place).has("stories").pluck("name")).toEqual(["Oslo"]);
    expect(await db.from(Place).whereDoesntHave("stories").orderBy("id").pluck("name")).toEqual(["Rome", "Cork"]);
    expect(await db.from(Place).withCount("stories").withSum("stories", "words").orderBy("id").many()).toMatchObject([
      { storiesCount: 2, storiesWordsSum: 400 },
      { storiesCount: 0, storiesWordsSum: null },
      { storiesCount: 0, storiesWordsSum: null },
    ]);
  },
  "filters and aggregates take conditions on the target": async ({ db }) => {
    const long = db.from(Place).whereHas("stories", (q) => q.where("words", ">", 200));
    expect(await long.pluck("name")).toEqual(["Oslo"]);
    expect(await db.from(Place).has("stories", ">=", 3).count()).toBe(0);
    expect(await db.from(Place).where("id", 3).orWhereHas("stories").orderBy("id").pluck("name")).toEqual([
      "Oslo",
      "Cork",
    ]);
    const [place] = await db
      .from(Place)
      .select("name")
      .withMax("stories", "words")
      .withMin("stories", "words")
      .withAvg("stories", "words")
      .withExists("stories", (q) => q.where("title", "tram"), { as: "hasTram" })
      .orderBy("id")
      .many();
    expect(place).toEqual({
      name: "Oslo",
      storiesWordsMax: 300,
      storiesWordsMin: 100,
      storiesWordsAvg: 200,
      hasTram: true,
    });
  },
});
