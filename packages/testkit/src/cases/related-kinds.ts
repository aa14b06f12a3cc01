import { InvalidQueryError, InvalidValueError } from "@mortise/core";
import { expect } from "vitest";
import { Film, gallery, Photo, Pin, Review, Room } from "../models/gallery.ts";
import { Clip, newsroom, Place, Remark, Story, Topic, TopicLink } from "../models/newsroom.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const relatedKinds = suite("related rows of polymorphic relations", newsroom, {
  "rows are read and written by type and id": async ({ db }) => {
    const story = await db.from(Story).findOrFail(1);
    const clip = await db.from(Clip).findOrFail(1);
    expect(await db.related(story, "remarks").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(await db.related(clip, "remarks").pluck("id")).toEqual([3]);
    expect((await db.related(story, "bestRemark").one())?.id).toBe(2);
    const remark = await db.related(clip, "remarks").insert({ id: 20, body: "fresh" });
    expect([remark.aboutType, remark.aboutId]).toEqual(["film", 1]);
    expect(await db.related(story, "remarks").update({ stars: 1 })).toBe(2);
    expect(await db.related(clip, "remarks").delete()).toBe(2);
    expect(await db.from(Remark).orderBy("id").pluck("id")).toEqual([1, 2, 4, 5, 6]);
    const given = untrusted({ id: 21, body: "x", aboutType: "film" });
    await expect(db.related(story, "remarks").insert(given)).rejects.toThrow(InvalidValueError);
  },
  "a row points at one of several models": async ({ db, refused }) => {
    const remark = await db.from(Remark).findOrFail(5);
    const clip = await db.from(Clip).findOrFail(2);
    expect(await db.related(remark, "about").count()).toBe(0);
    await db.related(remark, "about").associate(clip);
    expect([remark.aboutType, remark.aboutId]).toEqual(["film", 2]);
    const found = await db.related(remark, "about").oneOrFail();
    expect(found).toBeInstanceOf(Clip);
    expect(Reflect.get(found, "title")).toBe("SHIP");
    const stored = await db.from(Remark).load("about").findOrFail(5);
    expect([stored.about?.type, stored.about?.title]).toEqual(["clip", "SHIP"]);
    await db.related(stored, "about").dissociate();
    expect([stored.aboutType, stored.aboutId, stored.about]).toEqual([null, null, null]);
    await refused(InvalidValueError, () => db.related(remark, "about").associate(untrusted(1)));
    await refused(InvalidValueError, () => db.related(remark, "about").associate(untrusted(stored)));
    await refused(InvalidQueryError, () => db.related(remark, "about").insert(untrusted({ title: "x" })));
  },
  "pivots carry the type": async ({ db }) => {
    const story = await db.from(Story).findOrFail(2);
    const topics = db.related(story, "topics");
    expect((await topics.many()).map(({ label, pivot }) => [label, pivot.weight])).toEqual([["land", null]]);
    expect(await topics.sync([{ id: 1, pivot: { weight: 2 } }])).toEqual({ attached: [1], detached: [2], updated: [] });
    const link = await db.from(TopicLink).where({ itemKind: "stories", itemId: 2 }).oneOrFail();
    expect([link.topicId, link.weight]).toEqual([1, 2]);
    expect(link.createdAt).toBeInstanceOf(Date);
    const sea = await db.from(Topic).findOrFail(1);
    expect(await db.related(sea, "stories").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect((await db.related(sea, "clips").orderBy("id").many()).map(({ id, pivot }) => [id, pivot.weight])).toEqual([
      [1, 9],
      [2, 1],
    ]);
    expect(await db.related(sea, "clips").detach()).toBe(2);
    expect(await db.related(sea, "stories").count()).toBe(2);
    expect(await db.related(story, "topics").toggle([1])).toEqual({ attached: [], detached: [1] });
  },
  "far rows are read only": async ({ db, refused }) => {
    const oslo = await db.from(Place).findOrFail(1);
    expect(await db.related(oslo, "stories").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect((await db.related(oslo, "longest").one())?.id).toBe(2);
    expect(await db.related(oslo, "stories").where("words", 300).update({ words: 301 })).toBe(1);
    await refused(InvalidQueryError, () => db.related(oslo, "stories").insert(untrusted({ id: 50, title: "x" })));
  },
  "relations of every kind load into rows": async ({ db, sent }) => {
    const remarks = await db.from(Remark).where("id", "<", 6).orderBy("id").many();
    const events = await sent(() => db.loadInto(remarks, "about"));
    expect(events).toHaveLength(2);
    expect(remarks).toEqual(await db.from(Remark).load("about").where("id", "<", 6).orderBy("id").many());
    await db.loadInto(remarks, "about", { story: (q) => q.select("title"), clip: true });
    expect(remarks.map((remark) => Reflect.get(remark, "about"))).toEqual([
      { type: "story", title: "fjord" },
      { type: "story", title: "fjord" },
      { type: "clip", id: 1, title: "WHALE", source: "x" },
      null,
      null,
    ]);
    const stories = await db.from(Story).orderBy("id").many();
    await db.loadInto(stories, "remarks", "bestRemark", "topics");
    expect(stories).toEqual(await db.from(Story).load("remarks", "bestRemark", "topics").orderBy("id").many());
    const places = await db.from(Place).orderBy("id").many();
    await db.loadInto(places, "stories", "longest");
    expect(places).toEqual(await db.from(Place).load("stories", "longest").orderBy("id").many());
  },
  "nested inserts set types": async ({ db, refused }) => {
    const story = await db.from(Story).insert({
      id: 30,
      title: "nested",
      words: 1,
      remarks: [{ id: 30, body: "a" }],
      topics: [{ id: 30, label: "new", pivot: { weight: 5 } }],
    });
    expect(story.remarks[0]?.aboutType).toBe("stories");
    expect((await db.related(story, "topics").many()).map(({ id, pivot }) => [id, pivot.weight])).toEqual([[30, 5]]);
    const about = untrusted({ id: 31, body: "x", about: { title: "y" } });
    await refused(InvalidQueryError, () => db.from(Remark).insert(about));
  },
});

export const relatedArcs = suite("related rows of arcs", gallery, {
  "exactly one key is set": async ({ db }) => {
    const review = await db.from(Review).findOrFail(1);
    const film = await db.from(Film).findOrFail(1);
    expect(await db.related(review, "subject").oneOrFail()).toBeInstanceOf(Photo);
    await db.related(review, "subject").associate(film);
    expect([review.photoId, review.filmId]).toEqual([null, 1]);
    expect(await db.related(review, "subject").oneOrFail()).toBeInstanceOf(Film);
    const pin = await db.from(Pin).findOrFail(3);
    expect(await db.related(pin, "place").one()).toBe(null);
    const room = await db.from(Room).findOrFail(["N", 1]);
    await db.related(pin, "place").associate(room);
    expect([pin.photoId, pin.roomWing, pin.roomNumber]).toEqual([null, "N", 1]);
    await db.related(pin, "place").dissociate();
    expect([pin.photoId, pin.roomWing, pin.roomNumber]).toEqual([null, null, null]);
    const pins = await db.from(Pin).orderBy("id").many();
    await db.loadInto(pins, "place");
    expect(pins).toEqual(await db.from(Pin).load("place").orderBy("id").many());
  },
});
