import type { Question } from "../question.ts";
import { schema } from "../schema.ts";

const { Album, Track } = schema;

/** The whole table of tracks, in every way there is to go through it. */
const allTracks = "select TrackId, Name, UnitPrice from Track order by TrackId";

/** Ways to read. */
export const reading: readonly Question[] = [
  {
    title: "all tracks, page by page with a cursor, the dearest first",
    ask: async (db) => {
      const query = db.from(Track).orderBy("unitPrice", "desc").orderBy("composer");
      const rows: unknown[][] = [];
      for (let after: string | null = null, more = true; more;) {
        const page: Awaited<ReturnType<typeof query.cursorPaginate>> = await query.cursorPaginate({
          perPage: 250,
          after,
        });
        rows.push(...page.data.map(({ unitPrice, composer, trackId }) => [unitPrice, composer, trackId]));
        after = page.meta.nextCursor;
        more = page.meta.hasMorePages;
      }
      return rows;
    },
    sql: "select UnitPrice, Composer, TrackId from Track order by UnitPrice desc, Composer, TrackId",
  },
  {
    title: "the page before a page, by its cursor",
    ask: async (db) => {
      const query = db.from(Track).orderBy("length");
      const first = await query.cursorPaginate({ perPage: 40 });
      const second = await query.cursorPaginate({ perPage: 40, after: first.meta.nextCursor });
      const back = await query.cursorPaginate({ perPage: 40, before: second.meta.previousCursor });
      return back.data.map(({ trackId, length }) => [trackId, length]);
    },
    sql: "select TrackId, Milliseconds from Track order by Milliseconds, TrackId limit 40",
  },
  {
    title: "all tracks as a stream with their albums",
    ask: async (db) => {
      const rows: unknown[][] = [];
      for await (const track of db.from(Track).load("album").orderBy("trackId").stream({ batch: 400 })) {
        rows.push([track.trackId, track.album?.title]);
      }
      return rows;
    },
    sql: "select TrackId, Title from Track left join Album using (AlbumId) order by TrackId",
  },
  {
    title: "all tracks in chunks",
    ask: async (db) => {
      const rows: unknown[][] = [];
      await db
        .from(Track)
        .orderBy("trackId")
        .chunk(1000, (tracks) => void rows.push(...tracks.map((one) => [one.trackId, one.name, one.unitPrice])));
      return rows;
    },
    sql: allTracks,
  },
  {
    title: "all tracks in chunks by key",
    ask: async (db) => {
      const rows: unknown[][] = [];
      await db
        .from(Track)
        .chunkById(999, (tracks) => void rows.push(...tracks.map((one) => [one.trackId, one.name, one.unitPrice])));
      return rows;
    },
    sql: allTracks,
  },
  {
    title: "all tracks by their keys in one list",
    ask: async (db) => {
      const keys = await db.from(Track).pluck("trackId");
      const tracks = await db.from(Track).orderBy("trackId").findMany(keys);
      return tracks.map((one) => [one.trackId, one.name, one.unitPrice]);
    },
    sql: allTracks,
  },
  {
    title: "the ninth page of albums, with its place in the whole",
    ask: async (db) => {
      const { data, meta } = await db.from(Album).load("artist").orderBy("title").paginate({ page: 9, perPage: 40 });
      return data.map((album) => [meta.total, meta.lastPage, album.title, album.artist.name]);
    },
    sql: `
      select (select count(*) from Album), 9, Title, Name from Album join Artist using (ArtistId)
      order by Title limit 40 offset 320`,
  },
  {
    title: "one row, one value, one that must be there",
    ask: async (db) => {
      const track = await db.from(Track).findOrFail(2003);
      const same = await db.from(Track).where({ name: track.name, albumId: track.albumId }).sole();
      const composer = await db.from(Track).where("trackId", 2003).value("composer");
      return [[same.trackId, track.name, composer, Number(await db.from(Track).where("trackId", 0).exists())]];
    },
    sql: "select TrackId, Name, Composer, 0 from Track where TrackId = 2003",
  },
];
