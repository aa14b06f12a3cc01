import { db } from "./db.ts";
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
import { Random } from "./random.ts";
import * as words from "./words.ts";

const random = new Random(1877);
const day = 24 * 60 * 60 * 1000;

/** Fills the shop with a few thousand rows, all in one transaction, and says how many there are. */
export async function generate(): Promise<number> {
  return db.transaction(async () => {
    const tracks = await catalogue();
    const playlists = await compile(tracks);
    const sales = await sell(tracks, await people());
    return tracks.length + playlists + sales;
  });
}

function name(): string {
  return `${random.pick(words.firstNames)} ${random.pick(words.lastNames)}`;
}

async function catalogue() {
  const genres = await db.from(Genre).insertMany(words.genres.map((genre) => ({ name: genre })));
  const bands = random.some(
    words.adjectives.flatMap((first) => words.nouns.map((last) => `${first} ${last}`)),
    60,
  );
  const artists = await db.from(Artist).insertMany(bands.map((band) => ({ name: band })));
  const albums = await db.from(Album).insertMany(
    artists.flatMap((artist) =>
      Array.from({ length: random.below(5) }, () => ({
        artistId: artist.id,
        title: `${random.pick(words.nouns)} ${random.pick(words.places)}`,
        releasedOn: `${1970 + random.below(55)}-0${1 + random.below(9)}-1${random.below(9)}`,
      })),
    ),
  );
  return db.from(Track).insertMany(
    albums.flatMap((album) => {
      const genre = random.pick(genres);
      return Array.from({ length: 6 + random.below(8) }, () => ({
        albumId: album.id,
        genreId: random.below(6) === 0 ? random.pick(genres).id : genre.id,
        name: `${random.pick(words.verbs)} ${random.pick(words.places)}`,
        seconds: 95 + random.below(400),
        price: random.below(4) === 0 ? 1.49 : 0.99,
      }));
    }),
  );
}

type Tracks = Awaited<ReturnType<typeof catalogue>>;
type Customers = Awaited<ReturnType<typeof people>>;

async function compile(tracks: Tracks): Promise<number> {
  const names = words.verbs.map((verb) => `Music to ${verb.toLowerCase()} to`);
  const playlists = await db.from(Playlist).insertMany([...names, "Empty so far"].map((one) => ({ name: one })));
  const entries = playlists
    .slice(0, -1)
    .flatMap((playlist) =>
      random
        .some(tracks, 15 + random.below(40))
        .map((track, at) => ({ playlistId: playlist.id, trackId: track.id, position: at + 1 })),
    );
  return (await db.from(PlaylistTrack).insertMany(entries)).length;
}

async function people() {
  const owner = await db.from(Employee).insert({ name: name(), title: "Owner" });
  const manager = await db.from(Employee).insert({ name: name(), title: "Sales manager", managerId: owner.id });
  const clerks = await db
    .from(Employee)
    .insertMany([1, 2, 3].map((number) => ({ name: name(), title: `Clerk ${number}`, managerId: manager.id })));
  return db.from(Customer).insertMany(
    Array.from({ length: 80 }, () => ({
      name: name(),
      country: random.pick(words.countries),
      employeeId: random.pick(clerks).id,
    })),
  );
}

async function sell(tracks: Tracks, customers: Customers): Promise<number> {
  const popular = random.some(tracks, 600);
  const baskets = Array.from({ length: 500 }, () => random.some(popular, 1 + random.below(6)));
  const invoices = await db.from(Invoice).insertMany(
    baskets.map((basket) => ({
      customerId: random.pick(customers.slice(0, -6)).id,
      issuedAt: new Date(Date.UTC(2025, 0, 1) + random.below(365) * day),
      total: basket.reduce((sum, track) => sum + Math.round(track.price * 100), 0) / 100,
    })),
  );
  const lines = invoices.flatMap((invoice, at) =>
    (baskets[at] ?? []).map((track) => ({ invoiceId: invoice.id, trackId: track.id, price: track.price })),
  );
  return invoices.length + (await db.from(InvoiceLine).insertMany(lines)).length;
}
