import {
  CheckViolationError,
  col,
  createDatabase,
  createSchema,
  defineModel,
  defineRelations,
  type Insert,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SharedDatabase, Target } from "../values/target.ts";

const Photo = defineModel("photos", { columns: { id: col.increment(), title: col.string() } });
const Film = defineModel("films", { columns: { id: col.increment(), title: col.string() } });
const Song = defineModel("songs", { columns: { id: col.increment(), title: col.string() } });
const Review = defineModel("reviews", {
  columns: { id: col.increment(), photoId: col.integer(), filmId: col.integer(), songId: col.integer() },
});
const models = { photos: Photo, films: Film, songs: Song, reviews: Review };

const two = { targets: { photo: Photo, film: Film }, arc: { photo: "photoId", film: "filmId" } } as const;
const three = { targets: { ...two.targets, song: Song }, arc: { ...two.arc, song: "songId" } } as const;
/** The foreign keys are there from the start; what changes is the check. */
const related = (arc: typeof two | typeof three | undefined, nullable: boolean) =>
  createSchema(models, {
    reviews: defineRelations(Review, ({ belongsTo, morphTo }) => ({
      photo: belongsTo(Photo, { foreignKey: "photoId", constraint: true }),
      film: belongsTo(Film, { foreignKey: "filmId", constraint: true }),
      song: belongsTo(Song, { foreignKey: "songId", constraint: true }),
      ...(arc === undefined ? {} : { subject: nullable ? morphTo({ ...arc, nullable }) : morphTo(arc) }),
    })),
  });

/** Takes the database to a schema, at which a second push must find nothing to do, and tries rows in it. */
async function pushed({ shared, drop }: Place, schema: ReturnType<typeof related>, tries: Tries): Promise<void> {
  const db = createDatabase(schema, await shared.open());
  try {
    await push(db, { drop });
    expect((await push(db, { drop })).summary).toBe("no differences");
    for (const row of tries.kept) {
      expect(await db.from(Review).insert(row)).toMatchObject(row);
      await db.from(Review).unfiltered().delete();
    }
    for (const row of tries.refused) {
      await expect(db.from(Review).insert(row)).rejects.toBeInstanceOf(CheckViolationError);
    }
  } finally {
    await db.close();
  }
}

interface Place {
  readonly shared: SharedDatabase;
  readonly drop: boolean;
}

interface Tries {
  readonly kept: readonly Insert<typeof Review>[];
  readonly refused: readonly Insert<typeof Review>[];
}

const [none, photo, song, both] = [{}, { photoId: 1 }, { songId: 1 }, { photoId: 1, filmId: 1 }];

/** The database of an arc follows its schema, and says the same when it is looked at again. */
export function arcLaws(target: Target): void {
  describe("arcs", () => {
    let shared: SharedDatabase;
    beforeAll(async () => void (shared = await target.shared()));
    afterAll(async () => void (await shared.remove()));

    it("are added to a table that is there, loosened, and given another target", async () => {
      const place = { shared, drop: target.namelessChecks === true };
      const before = related(undefined, true);
      await pushed(place, before, { kept: [], refused: [] });
      const db = createDatabase(before, await shared.open());
      for (const model of [Photo, Film, Song]) await db.from(model).insert({ id: 1 });
      await db.close();
      await pushed(place, before, { kept: [none, photo, song, both], refused: [] });
      await pushed(place, related(two, false), { kept: [photo], refused: [none, song, both] });
      await pushed(place, related(two, true), { kept: [none, photo, song], refused: [both] });
      await pushed(place, related(three, true), { kept: [none, photo], refused: [both, { ...photo, ...song }] });
      await pushed(place, related(three, false), { kept: [photo, song], refused: [none, both, { ...both, ...song }] });
    });
  });
}
