import { col, defineModel } from "@mortise/core";

const required = { nullable: false } as const;
const reference = { nullable: false, index: true } as const;
const price = { precision: 10, scale: 2, nullable: false } as const;

export const Artist = defineModel("artists", {
  columns: { id: col.increment(), name: col.string(required) },
});

export const Album = defineModel("albums", {
  columns: {
    id: col.increment(),
    artistId: col.integer(reference),
    title: col.string(required),
    releasedOn: col.date({ as: "string", nullable: false }),
  },
});

export const Genre = defineModel("genres", {
  columns: { id: col.increment(), name: col.string({ nullable: false, unique: true }) },
});

export const Track = defineModel("tracks", {
  columns: {
    id: col.increment(),
    albumId: col.integer(reference),
    genreId: col.integer(reference),
    name: col.string(required),
    seconds: col.integer({ nullable: false, unsigned: true }),
    price: col.decimal(price),
  },
});

export const Playlist = defineModel("playlists", {
  columns: { id: col.increment(), name: col.string(required) },
});

export const PlaylistTrack = defineModel("playlist_tracks", {
  columns: {
    playlistId: col.integer(required),
    trackId: col.integer({ nullable: false, index: true }),
    position: col.integer(required),
  },
  primaryKey: ["playlistId", "trackId"],
});

export const Employee = defineModel("employees", {
  columns: {
    id: col.increment(),
    name: col.string(required),
    title: col.string(required),
    managerId: col.integer({ index: true }),
  },
});

export const Customer = defineModel("customers", {
  columns: {
    id: col.increment(),
    name: col.string(required),
    country: col.string(required),
    employeeId: col.integer(reference),
  },
});

export const Invoice = defineModel("invoices", {
  columns: {
    id: col.increment(),
    customerId: col.integer(reference),
    issuedAt: col.datetime(required),
    total: col.decimal(price),
  },
});

export const InvoiceLine = defineModel("invoice_lines", {
  columns: {
    id: col.increment(),
    invoiceId: col.integer(reference),
    trackId: col.integer(reference),
    price: col.decimal(price),
  },
});
