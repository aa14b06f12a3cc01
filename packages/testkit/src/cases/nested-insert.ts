import { InvalidQueryError, InvalidValueError, UniqueViolationError, UnknownColumnError } from "@mortise/core";
import { expect } from "vitest";
import { Album, Band, BandGenre, Genre, Label, Site, studio, Track } from "../models/studio.ts";
import { insertsInto } from "../statement-kind.ts";
import { requires, suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

export const nestedInsert = suite("inserts of rows with their relations", studio, {
  "parents come first, children after, and the row carries them": async ({ db }) => {
    const band = await db.from(Band).insert({
      name: "Nest",
      label: { name: "New" },
      site: { url: "nest.example" },
      albums: [{ title: " One ", tracks: [{ name: "a" }, { name: "b" }] }, { title: "Two" }],
    });
    const label = await db.from(Label).where("name", "New").oneOrFail();
    expect([band.labelId, band.founded, band.label.id]).toEqual([label.id, 1999, label.id]);
    expect(band).toBeInstanceOf(Band);
    expect(band.albums.map(({ title, bandId }) => [title, bandId])).toEqual([
      ["One", band.id],
      ["Two", band.id],
    ]);
    const stored = await db
      .from(Band)
      .load("label", "site")
      .load("albums", (q) => q.orderBy("title").load("tracks", (t) => t.orderBy("id")))
      .findOrFail(band.id);
    expect(stored.site).toEqual(band.site);
    expect(stored.label).toEqual(band.label);
    expect(stored.albums.map(({ tracks }) => tracks.map(({ name }) => name))).toEqual([["a", "b"], []]);
    expect(stored.albums[0]?.tracks).toEqual(band.albums[0]?.tracks);
    expect((await band.albums[0]!.$load("band")).band.name).toBe("Nest");
  },
  "rows behind a pivot are new, or there already": async ({ db }) => {
    const folk = await db.from(Genre).where("name", "folk").oneOrFail();
    const before = new Date(Date.now() - 5000);
    const band = await db
      .from(Band)
      .insert({ name: "Mixed", genres: [{ name: "noise", pivot: { weight: 3 } }, folk, { name: "drone" }] });
    expect(band.genres.map(({ name }) => name)).toEqual(["noise", "folk", "drone"]);
    expect(band.genres[1]).toBe(folk);
    const genres = await db.related(band, "genres").orderBy("id").many();
    expect(genres.map(({ name, pivot }) => [name, pivot.weight])).toEqual([
      ["folk", 1],
      ["noise", 3],
      ["drone", 1],
    ]);
    expect(Number(genres[0]?.pivot.createdAt)).toBeGreaterThan(Number(before));
    expect(genres[0]?.pivot.updatedAt).toEqual(genres[0]?.pivot.createdAt);
    expect(await db.from(Genre).count()).toBe(4);
  },
  "a row that is there already is pointed at": async ({ db }) => {
    const old = await db.from(Label).where("name", "Old").oneOrFail();
    const band = await db.from(Band).insert({ name: "Linked", label: old, albums: [] });
    expect([band.labelId, band.label === old, band.albums]).toEqual([old.id, true, []]);
    expect((await db.from(Band).insert({ name: "Free", label: null })).label).toBe(null);
    expect(await db.from(Label).count()).toBe(1);
  },
  "a list is inserted by levels and not by rows": async ({ db, sent }) => {
    const data = Array.from({ length: 20 }, (_, at) => ({
      title: `t${at}`,
      tracks: [{ name: `${at}a` }, { name: `${at}b` }],
    }));
    const band = await db.from(Band).oneOrFail();
    let albums: readonly { readonly title: string; readonly tracks: readonly { readonly name: string }[] }[] = [];
    const events = await sent(async () => {
      albums = await db.related(band, "albums").insertMany(data);
    });
    expect(albums.map(({ title, tracks }) => [title, ...tracks.map(({ name }) => name)])).toEqual(
      data.map(({ title, tracks }) => [title, ...tracks.map(({ name }) => name)]),
    );
    const albumInserts = events.filter((event) => insertsInto("albums", event));
    expect(albumInserts).toHaveLength(1);
    expect(await db.from(Track).count()).toBe(40);
    const mixed = await db.from(Band).insertMany([
      { name: "x", albums: [{ title: "x1" }] },
      { name: "y", founded: 1 },
    ]);
    expect(mixed.map(({ name, founded }) => [name, founded])).toEqual([
      ["x", 1999],
      ["y", 1],
    ]);
    expect(mixed[0]?.albums?.[0]?.bandId).toBe(mixed[0]?.id);
  },
  "a failure anywhere leaves nothing": async ({ db }) => {
    const broken = db.from(Band).insert({
      name: "Broken",
      label: { name: "Lost" },
      albums: [{ title: "same", tracks: [{ name: "a" }] }, { title: "same" }],
    });
    await expect(broken).rejects.toThrow(UniqueViolationError);
    expect([
      await db.from(Band).count(),
      await db.from(Label).count(),
      await db.from(Album).count(),
      await db.from(Track).count(),
    ]).toEqual([1, 1, 0, 0]);
  },
  "a failure inside a transaction leaves what was before": requires("savepoints", async ({ db }) => {
    const inner = db.transaction(async (tx) => {
      await tx.from(Band).insert({ name: "Kept", albums: [{ title: "kept" }] });
      await tx
        .from(Band)
        .insert({ name: "Gone", albums: [{ title: "kept" }] })
        .catch(() => undefined);
    });
    await inner;
    expect(await db.from(Band).orderBy("id").pluck("name")).toEqual(["First", "Kept"]);
  }),
  "what makes no sense is refused": async ({ db, refused }) => {
    const old = await db.from(Label).oneOrFail();
    const band = await db.from(Band).oneOrFail();
    const insert = (data: unknown) => db.from(Band).insert(untrusted(data));
    await refused(UnknownColumnError, () => insert({ name: "x", albums: [], nope: 1 }));
    await refused(UnknownColumnError, () => insert({ name: "x", albums: [{ title: "t", nope: 1 }] }));
    await refused(UnknownColumnError, () => insert({ name: "x", genres: [{ name: "t", pivot: { nope: 1 } }] }));
    await refused(InvalidValueError, () => insert({ name: "x", genres: [{ name: "t", pivot: { bandId: 1 } }] }));
    await refused(InvalidValueError, () => insert({ name: "x", albums: { title: "t" } }));
    await refused(InvalidValueError, () => insert({ name: "x", albums: ["t"] }));
    await refused(InvalidValueError, () => insert({ name: "x", site: [{ url: "u" }] }));
    await refused(InvalidValueError, () => insert({ name: "x", labelId: 1, label: { name: "L" } }));
    await refused(InvalidValueError, () => insert({ name: "x", albums: [{ title: "t", bandId: 1 }] }));
    await refused(InvalidValueError, () => insert({ name: "x", albums: [{ title: "t", band: { name: "y" } }] }));
    await refused(InvalidQueryError, () => db.from(Label).insert(untrusted({ name: "x", albums: [{ title: "t" }] })));
    await refused(InvalidValueError, () => db.related(old, "bands").insert(untrusted({ name: "x", labelId: 99 })));
    await refused(UnknownColumnError, () =>
      db.from(Band).upsert(untrusted({ id: 1, albums: [] }), { conflict: ["id"] }),
    );
    await refused(InvalidQueryError, () => db.related(old, "albums").insert(untrusted({ title: "t" })));
    await refused(InvalidQueryError, () => db.related(old, "albums").insertMany([untrusted({ title: "t" })]));
    expect(await db.related(old, "albums").count()).toBe(0);
    await db.related(band, "albums").insert({ title: "far" });
    expect(await db.related(old, "albums").pluck("title")).toEqual(["far"]);
    expect(await db.from(Site).count()).toBe(0);
  },
});

export const pivotStamps = suite("timestamps of pivots", studio, {
  "attaching sets both, changing sets one": async ({ db }) => {
    const band = await db.from(Band).oneOrFail();
    const then = new Date("2020-01-01T00:00:00Z");
    await db.related(band, "genres").attach([1, { id: 2, pivot: { createdAt: then, updatedAt: then } }]);
    const rows = () => db.from(BandGenre).orderBy("genreId").many();
    const [one, two] = await rows();
    expect(one?.createdAt).toBeInstanceOf(Date);
    expect(one?.updatedAt).toEqual(one?.createdAt);
    expect(two?.createdAt).toEqual(then);
    await db.related(band, "genres").updatePivot(2, { weight: 7 });
    const [, changed] = await rows();
    expect([changed?.weight, changed?.createdAt]).toEqual([7, then]);
    expect(Number(changed?.updatedAt)).toBeGreaterThan(Number(then));
    expect(await db.related(band, "genres").sync([{ id: 2, pivot: { weight: 8 } }])).toEqual({
      attached: [],
      detached: [1],
      updated: [2],
    });
  },
});
