import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const LabelTable = defineModel("record_labels", {
  columns: { id: col.increment(), name: col.string({ nullable: false, unique: true }) },
});
const BandTable = defineModel("bands", {
  columns: {
    id: col.increment(),
    labelId: col.integer(),
    name: col.string({ nullable: false }),
    founded: col.integer({ nullable: false, default: 1999 }),
  },
});
const AlbumTable = defineModel("albums", {
  columns: {
    id: col.uuid({ primaryKey: true }),
    bandId: col.integer({ nullable: false }),
    title: col.string({ nullable: false, unique: true }),
  },
  hooks: {
    beforeInsertMany: (rows) => {
      for (const row of rows) row.title = (row.title ?? "").trim();
    },
  },
});
const TrackTable = defineModel("tracks", {
  columns: { id: col.increment(), albumId: col.uuid({ nullable: false }), name: col.string({ nullable: false }) },
});
const SiteTable = defineModel("sites", {
  columns: { id: col.increment(), bandId: col.integer({ nullable: false, unique: true }), url: col.string() },
});
const GenreTable = defineModel("genres", {
  columns: { id: col.increment(), name: col.string({ nullable: false, unique: true }) },
});
const BandGenreTable = defineModel("band_genres", {
  columns: {
    bandId: col.integer({ nullable: false }),
    genreId: col.integer({ nullable: false }),
    weight: col.integer({ nullable: false, default: 1 }),
    createdAt: col.datetime(),
    updatedAt: col.datetime(),
  },
  primaryKey: ["bandId", "genreId"],
});

export const studioSchema = createSchema(
  {
    labels: LabelTable,
    bands: BandTable,
    albums: AlbumTable,
    tracks: TrackTable,
    sites: SiteTable,
    genres: GenreTable,
    bandGenres: BandGenreTable,
  },
  {
    labels: defineRelations(LabelTable, ({ hasMany, hasManyThrough }) => ({
      bands: hasMany(BandTable, { foreignKey: "labelId" }),
      albums: hasManyThrough(AlbumTable, { through: BandTable, firstKey: "labelId", secondKey: "bandId" }),
    })),
    bands: defineRelations(BandTable, ({ belongsTo, hasMany, hasOne, manyToMany }) => ({
      label: belongsTo(LabelTable, { foreignKey: "labelId", constraint: true }),
      albums: hasMany(AlbumTable, { foreignKey: "bandId" }),
      site: hasOne(SiteTable, { foreignKey: "bandId" }),
      genres: manyToMany(GenreTable, {
        through: BandGenreTable,
        leftForeignKey: "bandId",
        rightForeignKey: "genreId",
        pivot: ["weight"],
        timestamps: true,
      }),
    })),
    albums: defineRelations(AlbumTable, ({ belongsTo, hasMany }) => ({
      band: belongsTo(BandTable, { foreignKey: "bandId", nullable: false, constraint: true }),
      tracks: hasMany(TrackTable, { foreignKey: "albumId" }),
    })),
    tracks: defineRelations(TrackTable, ({ belongsTo }) => ({
      album: belongsTo(AlbumTable, { foreignKey: "albumId", nullable: false, constraint: true }),
    })),
  },
);
export const {
  labels: Label,
  bands: Band,
  albums: Album,
  tracks: Track,
  sites: Site,
  genres: Genre,
  bandGenres: BandGenre,
} = studioSchema;

/** One label with one band, and two genres that nobody plays. Keys are counted by the database, or made. */
export const studio: Fixture<typeof studioSchema> = {
  schema: studioSchema,
  async seed(db) {
    const label = await db.from(Label).insert({ name: "Old" });
    await db.from(Band).insert({ name: "First", labelId: label.id });
    await db.from(Genre).insertMany([{ name: "folk" }, { name: "jazz" }]);
  },
};
