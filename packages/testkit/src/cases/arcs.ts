import { CheckViolationError, ForeignKeyViolationError } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect } from "vitest";
import { Film, gallery, Photo, Pin, Review, Room } from "../models/gallery.ts";
import { suite } from "../suite.ts";

export const arcs = suite("exclusive arcs", gallery, {
  "each row tells which model it is of": async ({ db, sent, strategy }) => {
    const events = await sent(async () => {
      const reviews = await db.from(Review).select("id").load("subject").orderBy("id").many();
      expect(reviews).toEqual([
        { id: 1, subject: { type: "photo", id: 1, title: "dune" } },
        { id: 2, subject: { type: "film", id: 1, minutes: 90 } },
        { id: 3, subject: { type: "photo", id: 1, title: "dune" } },
      ]);
    });
    expect(events).toHaveLength(strategy === "separate" ? 3 : 1);
    expect(await db.from(Pin).select("id").load("place").orderBy("id").many()).toEqual([
      { id: 1, place: { type: "photo", id: 2, title: "pier" } },
      { id: 2, place: { type: "room", wing: "N", number: 1, lamps: 4 } },
      { id: 3, place: null },
    ]);
  },
  "filters, counts and the way back": async ({ db }) => {
    expect(
      await db
        .from(Review)
        .whereHas("subject", { film: (q) => q.where("minutes", ">", 60) })
        .pluck("id"),
    ).toEqual([2]);
    expect(await db.from(Pin).whereDoesntHave("place").pluck("id")).toEqual([3]);
    expect(await db.from(Pin).has("place").orderBy("id").pluck("id")).toEqual([1, 2]);
    expect(
      await db
        .from(Photo)
        .select("id")
        .withCount("reviews")
        .load("pin", (q) => q.select("id"))
        .orderBy("id")
        .many(),
    ).toEqual([
      { id: 1, reviewsCount: 2, pin: null },
      { id: 2, reviewsCount: 0, pin: { id: 1 } },
    ]);
  },
  "rows are found by what they lead to": async ({ db }) => {
    const photo = await db.from(Photo).findOrFail(1);
    expect(await db.from(Review).whereMorphedTo("subject", photo).orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(Review).whereMorphedTo("subject", Film).pluck("id")).toEqual([2]);
    expect(await db.from(Pin).whereMorphedTo("place", Room, ["N", 1]).pluck("id")).toEqual([2]);
    expect(await db.from(Pin).whereMorphedTo("place", Room, { wing: "N", number: 2 }).pluck("id")).toEqual([]);
    expect(await db.from(Pin).whereMorphedTo("place", null).pluck("id")).toEqual([3]);
  },
  "the database refuses no target and two targets": async ({ db }) => {
    await expect(db.from(Review).insert({ id: 9, body: "of nothing" })).rejects.toBeInstanceOf(CheckViolationError);
    const both = db.from(Review).insert({ id: 9, photoId: 1, filmId: 1, body: "of both" });
    await expect(both).rejects.toBeInstanceOf(CheckViolationError);
    await expect(db.from(Review).where("id", 1).update({ filmId: 1 })).rejects.toBeInstanceOf(CheckViolationError);
    await expect(db.from(Review).where("id", 1).update({ photoId: null })).rejects.toBeInstanceOf(CheckViolationError);
    expect(await db.from(Review).where("id", 1).update({ photoId: null, filmId: 1 })).toBe(1);
    expect(await db.from(Review).count()).toBe(3);
  },
  "the database refuses a target that is missing": async ({ db }) => {
    const lost = db.from(Review).insert({ id: 9, filmId: 77, body: "of what?" });
    await expect(lost).rejects.toBeInstanceOf(ForeignKeyViolationError);
    expect(await db.from(Review).count()).toBe(3);
  },
  "a nullable arc has one target at most": async ({ db }) => {
    const pins = db.from(Pin);
    const two = pins.insert({ id: 9, photoId: 1, roomWing: "N", roomNumber: 1 });
    await expect(two).rejects.toBeInstanceOf(CheckViolationError);
    await expect(pins.insert({ id: 9, roomWing: "N" })).rejects.toBeInstanceOf(CheckViolationError);
    await expect(pins.insert({ id: 9, photoId: 1, roomNumber: 5 })).rejects.toBeInstanceOf(CheckViolationError);
    expect(await pins.insert({ id: 9 })).toMatchObject({ photoId: null, roomWing: null });
  },
  "a nullable arc has no target that is missing": async ({ db }) => {
    const lost = db.from(Pin).insert({ id: 9, roomWing: "S", roomNumber: 1 });
    await expect(lost).rejects.toBeInstanceOf(ForeignKeyViolationError);
  },
  "deleting a target takes its rows along or is refused, as declared": async ({ db }) => {
    expect(await db.from(Film).where("id", 1).delete()).toBe(1);
    expect(await db.from(Photo).where("id", 1).delete()).toBe(1);
    expect(await db.from(Review).count()).toBe(0);
    await expect(db.from(Photo).where("id", 2).delete()).rejects.toBeInstanceOf(ForeignKeyViolationError);
    await expect(db.from(Room).where("wing", "N").delete()).rejects.toBeInstanceOf(ForeignKeyViolationError);
  },
  "a second push finds nothing to do": async ({ db }) => {
    expect((await push(db)).summary).toBe("no differences");
  },
});
