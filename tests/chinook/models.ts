import { col, defineModel } from "@mortise/core";

/** Every table of Chinook is named as its model, and `albumId` is `AlbumId` there. */
const options = { databaseCaseConvention: "pascal" } as const;
/** Keys are plain INTEGER columns of the existing tables, given by whoever writes. */
const key = { primaryKey: true } as const;
const required = { nullable: false } as const;
/** NUMERIC(10,2): SQLite keeps such numbers as REAL, and a decimal column reads their digits. */
const price = { precision: 10, scale: 2, nullable: false } as const;

export const Artist = defineModel("Artist", {
  columns: { artistId: col.integer(key), name: col.string({ length: 120 }) },
  options,
});

export const Album = defineModel("Album", {
  columns: {
    albumId: col.integer(key),
    title: col.string({ length: 160, nullable: false }),
    artistId: col.integer(required),
  },
  options,
});

export const Genre = defineModel("Genre", {
  columns: { genreId: col.integer(key), name: col.string({ length: 120 }) },
  options,
});

export const MediaType = defineModel("MediaType", {
  columns: { mediaTypeId: col.integer(key), name: col.string({ length: 120 }) },
  options,
});

export const Track = defineModel("Track", {
  columns: {
    trackId: col.integer(key),
    name: col.string({ length: 200, nullable: false }),
    albumId: col.integer(),
    mediaTypeId: col.integer(required),
    genreId: col.integer(),
    composer: col.string({ length: 220 }),
    length: col.integer({ nullable: false, databaseName: "Milliseconds" }),
    bytes: col.integer(),
    unitPrice: col.decimal(price),
  },
  options,
});

export const Playlist = defineModel("Playlist", {
  columns: { playlistId: col.integer(key), name: col.string({ length: 120 }) },
  options,
});

export const PlaylistTrack = defineModel("PlaylistTrack", {
  columns: { playlistId: col.integer(required), trackId: col.integer(required) },
  primaryKey: ["playlistId", "trackId"],
  options,
});

const address = {
  address: col.string({ length: 70 }),
  city: col.string({ length: 40 }),
  state: col.string({ length: 40 }),
  country: col.string({ length: 40 }),
  postalCode: col.string({ length: 10 }),
  phone: col.string({ length: 24 }),
  fax: col.string({ length: 24 }),
};

export const Employee = defineModel("Employee", {
  columns: {
    employeeId: col.integer(key),
    lastName: col.string({ length: 20, nullable: false }),
    firstName: col.string({ length: 20, nullable: false }),
    title: col.string({ length: 30 }),
    reportsTo: col.integer(),
    birthDate: col.datetime(),
    hireDate: col.datetime(),
    ...address,
    email: col.string({ length: 60 }),
  },
  options,
});

export const Customer = defineModel("Customer", {
  columns: {
    customerId: col.integer(key),
    firstName: col.string({ length: 40, nullable: false }),
    lastName: col.string({ length: 20, nullable: false }),
    company: col.string({ length: 80 }),
    ...address,
    email: col.string({ length: 60, nullable: false }),
    supportRepId: col.integer(),
  },
  options,
});

export const Invoice = defineModel("Invoice", {
  columns: {
    invoiceId: col.integer(key),
    customerId: col.integer(required),
    invoiceDate: col.datetime(required),
    billingAddress: col.string({ length: 70 }),
    billingCity: col.string({ length: 40 }),
    billingState: col.string({ length: 40 }),
    billingCountry: col.string({ length: 40 }),
    billingPostalCode: col.string({ length: 10 }),
    total: col.decimal(price),
  },
  options,
});

export const InvoiceLine = defineModel("InvoiceLine", {
  columns: {
    invoiceLineId: col.integer(key),
    invoiceId: col.integer(required),
    trackId: col.integer(required),
    unitPrice: col.decimal(price),
    quantity: col.integer(required),
  },
  options,
});
