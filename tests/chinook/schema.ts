import { createSchema, defineRelations } from "@mortise/core";
import * as models from "./models.ts";

const { Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Playlist, PlaylistTrack, Track } =
  models;

export const schema = createSchema(models, {
  Artist: defineRelations(Artist, ({ hasMany }) => ({
    albums: hasMany(Album, { foreignKey: "artistId" }),
  })),
  Album: defineRelations(Album, ({ belongsTo, hasMany }) => ({
    artist: belongsTo(Artist, { foreignKey: "artistId", nullable: false }),
    tracks: hasMany(Track, { foreignKey: "albumId" }),
  })),
  Genre: defineRelations(Genre, ({ hasMany }) => ({
    tracks: hasMany(Track, { foreignKey: "genreId" }),
  })),
  MediaType: defineRelations(MediaType, ({ hasMany }) => ({
    tracks: hasMany(Track, { foreignKey: "mediaTypeId" }),
  })),
  Track: defineRelations(Track, ({ belongsTo, hasMany, manyToMany }) => ({
    album: belongsTo(Album, { foreignKey: "albumId" }),
    genre: belongsTo(Genre, { foreignKey: "genreId" }),
    mediaType: belongsTo(MediaType, { foreignKey: "mediaTypeId", nullable: false }),
    sales: hasMany(InvoiceLine, { foreignKey: "trackId" }),
    playlists: manyToMany(Playlist, {
      through: PlaylistTrack,
      leftForeignKey: "trackId",
      rightForeignKey: "playlistId",
    }),
  })),
  Playlist: defineRelations(Playlist, ({ manyToMany }) => ({
    tracks: manyToMany(Track, { through: PlaylistTrack, leftForeignKey: "playlistId", rightForeignKey: "trackId" }),
  })),
  Employee: defineRelations(Employee, ({ belongsTo, hasMany }) => ({
    manager: belongsTo(Employee, { foreignKey: "reportsTo" }),
    reports: hasMany(Employee, { foreignKey: "reportsTo" }),
    customers: hasMany(Customer, { foreignKey: "supportRepId" }),
  })),
  Customer: defineRelations(Customer, ({ belongsTo, hasMany }) => ({
    supportRep: belongsTo(Employee, { foreignKey: "supportRepId" }),
    invoices: hasMany(Invoice, { foreignKey: "customerId" }),
  })),
  Invoice: defineRelations(Invoice, ({ belongsTo, hasMany }) => ({
    customer: belongsTo(Customer, { foreignKey: "customerId", nullable: false }),
    lines: hasMany(InvoiceLine, { foreignKey: "invoiceId" }),
  })),
  InvoiceLine: defineRelations(InvoiceLine, ({ belongsTo }) => ({
    invoice: belongsTo(Invoice, { foreignKey: "invoiceId", nullable: false }),
    track: belongsTo(Track, { foreignKey: "trackId", nullable: false }),
  })),
});
