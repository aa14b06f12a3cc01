import { db } from "./db.ts";
import { Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, Playlist, Track } from "./models.ts";
import type { Cells } from "./table.ts";

/** A question of the shop: the names of the answer's columns, and the answer. */
export interface Question {
  readonly title: string;
  readonly columns: readonly string[];
  readonly ask: () => Promise<readonly Cells[]>;
}

export const questions: readonly Question[] = [
  {
    title: "Who spent the most?",
    columns: ["customer", "country", "invoices", "spent"],
    ask: async () => {
      const customers = await db
        .from(Customer)
        .withCount("invoices")
        .withSum("invoices", "total")
        .orderBy("invoicesTotalSum", "desc")
        .limit(5)
        .many();
      return customers.map((one) => [one.name, one.country, one.invoicesCount, money(one.invoicesTotalSum)]);
    },
  },
  {
    title: "Which genres sell, and for how much?",
    columns: ["genre", "sold", "revenue"],
    ask: async () => {
      const genres = await db
        .from(InvoiceLine)
        .join(Track, "trackId", "id")
        .join(Genre, "tracks.genreId", "id")
        .select({ genre: "genres.name" })
        .selectCount("sold")
        .selectSum("price", "revenue")
        .groupBy("genre")
        .orderBy("revenue", "desc")
        .limit(5)
        .many();
      return genres.map(({ genre, sold, revenue }) => [genre, sold, money(revenue)]);
    },
  },
  {
    title: "How did the year go?",
    columns: ["month", "invoices", "revenue"],
    ask: async () => {
      const months = await db
        .from(Invoice)
        .selectRaw<{ month: string }>("strftime('%Y-%m', issued_at) as month")
        .selectCount("invoices")
        .selectSum("total", "revenue")
        .groupBy("month")
        .orderBy("month")
        .many();
      return months.map(({ month, invoices, revenue }) => [month, invoices, money(revenue)]);
    },
  },
  {
    title: "What is the longest track of each genre?",
    columns: ["genre", "track", "artist", "minutes"],
    ask: async () => {
      const genres = await db
        .from(Genre)
        .load("tracks", (track) =>
          track
            .orderBy("seconds", "desc")
            .limit(1)
            .load({ album: { artist: true } }),
        )
        .orderBy("name")
        .limit(5)
        .many();
      return genres.map(({ name, tracks: [track] }) => [
        name,
        track?.name,
        track?.album.artist.name,
        minutes(track?.seconds),
      ]);
    },
  },
  {
    title: "Which albums have the most playing time?",
    columns: ["album", "artist", "tracks", "minutes"],
    ask: async () => {
      const albums = await db
        .from(Album)
        .load("artist")
        .withCount("tracks")
        .withSum("tracks", "seconds")
        .orderBy("tracksSecondsSum", "desc")
        .limit(5)
        .many();
      return albums.map((one) => [one.title, one.artist.name, one.tracksCount, minutes(one.tracksSecondsSum)]);
    },
  },
  {
    title: "Who reports to whom, and whom do they look after?",
    columns: ["employee", "title", "reports to", "customers"],
    ask: async () => {
      const staff = await db.from(Employee).load("manager").withCount("customers").orderBy("id").many();
      return staff.map((one) => [one.name, one.title, one.manager?.name ?? "nobody", one.customersCount]);
    },
  },
  {
    title: "Which customers bought nothing after June?",
    columns: ["customer", "contact"],
    ask: async () => {
      const customers = await db
        .from(Customer)
        .whereDoesntHave("invoices", (invoice) => invoice.where("issuedAt", ">=", new Date("2025-07-01T00:00:00Z")))
        .load("contact")
        .orderBy("name")
        .limit(5)
        .many();
      return customers.map((one) => [one.name, one.contact.name]);
    },
  },
  {
    title: "How do the playlists begin?",
    columns: ["playlist", "tracks", "first", "second"],
    ask: async () => {
      const playlists = await db
        .from(Playlist)
        .withCount("tracks")
        .load("tracks", (track) => track.orderByRaw("playlist_tracks.position").limit(2))
        .orderBy("id", "desc")
        .limit(5)
        .many();
      return playlists.map(({ name, tracksCount, tracks: [first, second] }) => [
        name,
        tracksCount,
        first?.name,
        second?.name,
      ]);
    },
  },
  {
    title: "Which artists have no album here, and which tracks were never sold?",
    columns: ["artists without album", "tracks never sold", "of all tracks"],
    ask: async () => [
      [
        await db.from(Artist).whereDoesntHave("albums").count(),
        await db.from(Track).whereDoesntHave("sales").count(),
        await db.from(Track).count(),
      ],
    ],
  },
];

function minutes(seconds: number | bigint | null | undefined): string | undefined {
  if (seconds === null || seconds === undefined) return undefined;
  return `${Math.floor(Number(seconds) / 60)}:${String(Number(seconds) % 60).padStart(2, "0")}`;
}

function money(amount: number | null): string | undefined {
  return amount?.toFixed(2);
}
