import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const id = () => col.primary<number>({ type: "integer" });

const PhotoTable = defineModel("photos", { columns: { id: id(), title: col.string({ nullable: false }) } });
const FilmTable = defineModel("films", { columns: { id: id(), minutes: col.integer({ nullable: false }) } });
const RoomTable = defineModel("rooms", {
  columns: {
    wing: col.string({ nullable: false, length: 20 }),
    number: col.integer({ nullable: false }),
    lamps: col.integer(),
  },
  primaryKey: ["wing", "number"],
});
const ReviewTable = defineModel("reviews", {
  columns: {
    id: id(),
    photoId: col.integer(),
    filmId: col.integer(),
    body: col.string({ nullable: false }),
  },
});
/** Its columns keep capitals in the database. */
const PinTable = defineModel("pins", {
  columns: { id: id(), photoId: col.integer(), roomWing: col.string({ length: 20 }), roomNumber: col.integer() },
  options: { databaseCaseConvention: "preserve" },
});

export const gallerySchema = createSchema(
  { photos: PhotoTable, films: FilmTable, rooms: RoomTable, reviews: ReviewTable, pins: PinTable },
  {
    photos: defineRelations(PhotoTable, ({ hasMany, hasOne }) => ({
      reviews: hasMany(ReviewTable, { foreignKey: "photoId" }),
      pin: hasOne(PinTable, { foreignKey: "photoId" }),
    })),
    reviews: defineRelations(ReviewTable, ({ morphTo }) => ({
      subject: morphTo({
        targets: { photo: PhotoTable, film: FilmTable },
        arc: { photo: "photoId", film: "filmId" },
        constraint: { onDelete: "cascade" },
        nullable: false,
      }),
    })),
    pins: defineRelations(PinTable, ({ morphTo }) => ({
      place: morphTo({
        targets: { photo: PhotoTable, room: RoomTable },
        arc: { photo: "photoId", room: ["roomWing", "roomNumber"] },
        nullable: true,
      }),
    })),
  },
);
export const { photos: Photo, films: Film, rooms: Room, reviews: Review, pins: Pin } = gallerySchema;

/** A review is of a photo or a film; a pin marks a photo, a room, or nothing. */
export const gallery: Fixture<typeof gallerySchema> = {
  schema: gallerySchema,
  async seed(db) {
    await db.from(Photo).insertMany([
      { id: 1, title: "dune" },
      { id: 2, title: "pier" },
    ]);
    await db.from(Film).insertMany([{ id: 1, minutes: 90 }]);
    await db.from(Room).insertMany([{ wing: "N", number: 1, lamps: 4 }]);
    await db.from(Review).insertMany([
      { id: 1, photoId: 1, body: "dry" },
      { id: 2, filmId: 1, body: "long" },
      { id: 3, photoId: 1, body: "wide" },
    ]);
    await db.from(Pin).insertMany([{ id: 1, photoId: 2 }, { id: 2, roomWing: "N", roomNumber: 1 }, { id: 3 }]);
  },
};
