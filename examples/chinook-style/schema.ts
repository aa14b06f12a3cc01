import { createSchema, defineRelations } from "@mortise/core";
import {
  Album,
  Artist,
  Customer,
  Employee,
  Genre,
  Invoice,
  InvoiceLine,
  Playlist,
  PlaylistTrack,
  Track,
} from "./models.ts";

const owned = { nullable: false, constraint: true } as const;

export const schema = createSchema(
  {
    artists: Artist,
    albums: Album,
    genres: Genre,
    tracks: Track,
    playlists: Playlist,
    playlistTracks: PlaylistTrack,
    employees: Employee,
    customers: Customer,
    invoices: Invoice,
    lines: InvoiceLine,
  },
  {
    artists: defineRelations(Artist, ({ hasMany }) => ({
      albums: hasMany(Album, { foreignKey: "artistId" }),
    })),
    albums: defineRelations(Album, ({ belongsTo, hasMany }) => ({
      artist: belongsTo(Artist, { foreignKey: "artistId", ...owned }),
      tracks: hasMany(Track, { foreignKey: "albumId" }),
    })),
    genres: defineRelations(Genre, ({ hasMany }) => ({
      tracks: hasMany(Track, { foreignKey: "genreId" }),
    })),
    tracks: defineRelations(Track, ({ belongsTo, hasMany, manyToMany }) => ({
      album: belongsTo(Album, { foreignKey: "albumId", ...owned }),
      genre: belongsTo(Genre, { foreignKey: "genreId", ...owned }),
      sales: hasMany(InvoiceLine, { foreignKey: "trackId" }),
      playlists: manyToMany(Playlist, {
        through: PlaylistTrack,
        leftForeignKey: "trackId",
        rightForeignKey: "playlistId",
      }),
    })),
    playlists: defineRelations(Playlist, ({ manyToMany }) => ({
      tracks: manyToMany(Track, {
        through: PlaylistTrack,
        leftForeignKey: "playlistId",
        rightForeignKey: "trackId",
        pivot: ["position"],
      }),
    })),
    playlistTracks: defineRelations(PlaylistTrack, ({ belongsTo }) => ({
      playlist: belongsTo(Playlist, { foreignKey: "playlistId", ...owned }),
      track: belongsTo(Track, { foreignKey: "trackId", ...owned }),
    })),
    employees: defineRelations(Employee, ({ belongsTo, hasMany }) => ({
      manager: belongsTo(Employee, { foreignKey: "managerId", constraint: true }),
      team: hasMany(Employee, { foreignKey: "managerId" }),
      customers: hasMany(Customer, { foreignKey: "employeeId" }),
    })),
    customers: defineRelations(Customer, ({ belongsTo, hasMany }) => ({
      contact: belongsTo(Employee, { foreignKey: "employeeId", ...owned }),
      invoices: hasMany(Invoice, { foreignKey: "customerId" }),
    })),
    invoices: defineRelations(Invoice, ({ belongsTo, hasMany }) => ({
      customer: belongsTo(Customer, { foreignKey: "customerId", ...owned }),
      lines: hasMany(InvoiceLine, { foreignKey: "invoiceId" }),
    })),
    lines: defineRelations(InvoiceLine, ({ belongsTo }) => ({
      invoice: belongsTo(Invoice, { foreignKey: "invoiceId", ...owned }),
      track: belongsTo(Track, { foreignKey: "trackId", ...owned }),
    })),
  },
);
