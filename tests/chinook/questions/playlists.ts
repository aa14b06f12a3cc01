import type { Question } from "../question.ts";
import { schema } from "../schema.ts";

const { Playlist, Track } = schema;

/** Playlists and tracks, many to many. */
export const playlists: readonly Question[] = [
  {
    title: "playlists with their track counts and playing time",
    ask: async (db) => {
      const lists = await db
        .from(Playlist)
        .withCount("tracks")
        .withSum("tracks", "length")
        .withMax("tracks", "unitPrice")
        .orderBy("playlistId")
        .plain();
      return lists.map((list) => [list.name, list.tracksCount, list.tracksLengthSum, list.tracksUnitPriceMax]);
    },
    sql: `
      select Playlist.Name, count(TrackId), sum(Milliseconds), max(UnitPrice) from Playlist
      left join PlaylistTrack using (PlaylistId) left join Track using (TrackId)
      group by PlaylistId order by PlaylistId`,
  },
  {
    title: "every playlist with its tracks",
    ask: async (db) => {
      const lists = await db
        .from(Playlist)
        .load("tracks", (track) => track.orderBy("trackId"))
        .orderBy("playlistId")
        .many();
      return lists.flatMap((list) =>
        list.tracks.map((track) => [list.playlistId, list.name, track.trackId, track.name]),
      );
    },
    sql: `
      select PlaylistId, Playlist.Name, TrackId, Track.Name
      from Playlist join PlaylistTrack using (PlaylistId) join Track using (TrackId)
      order by PlaylistId, TrackId`,
  },
  {
    title: "every track with the playlists it is on",
    ask: async (db) => {
      const tracks = await db
        .from(Track)
        .load("playlists", (list) => list.orderBy("playlistId"))
        .orderBy("trackId")
        .many();
      return tracks.map((track) => [track.trackId, track.playlists.map((list) => list.playlistId).join()]);
    },
    sql: `
      select TrackId, group_concat(PlaylistId, ',' order by PlaylistId) from Track
      left join PlaylistTrack using (TrackId) group by TrackId order by TrackId`,
  },
  {
    title: "the three longest tracks of each playlist",
    ask: async (db) => {
      const lists = await db
        .from(Playlist)
        .load("tracks", (track) => track.orderBy("length", "desc").orderBy("trackId").limit(3))
        .orderBy("playlistId")
        .many();
      return lists.flatMap((list) => list.tracks.map((track) => [list.playlistId, track.name]));
    },
    sql: `
      select PlaylistId, Name from (
        select PlaylistId, Name, row_number() over (partition by PlaylistId order by Milliseconds desc, TrackId) as place
        from PlaylistTrack join Track using (TrackId)
      ) where place <= 3 order by PlaylistId, place`,
  },
  {
    title: "empty playlists",
    ask: async (db) =>
      (await db.from(Playlist).has("tracks", "=", 0).orderBy("playlistId").pluck("name")).map((name) => [name]),
    sql: "select Name from Playlist where PlaylistId not in (select PlaylistId from PlaylistTrack) order by PlaylistId",
  },
  {
    title: "tracks on at least five playlists, with whether they were ever sold",
    ask: async (db) => {
      const tracks = await db.from(Track).has("playlists", ">=", 5).withExists("sales").orderBy("trackId").plain();
      return tracks.map((track) => [track.trackId, Number(track.salesExists)]);
    },
    sql: `
      select TrackId, exists (select 1 from InvoiceLine where InvoiceLine.TrackId = Track.TrackId) from Track
      where (select count(*) from PlaylistTrack where PlaylistTrack.TrackId = Track.TrackId) >= 5 order by TrackId`,
  },
];
