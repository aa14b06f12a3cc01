import type { Question } from "../question.ts";
import { schema } from "../schema.ts";

const { Album, Artist, Genre, MediaType, Track } = schema;

/** What is on the shelves. */
export const catalogue: readonly Question[] = [
  {
    title: "every artist with albums, their tracks and the tracks' genres, three levels deep",
    ask: async (db) => {
      const artists = await db
        .from(Artist)
        .load("albums", (album) =>
          album.orderBy("albumId").load("tracks", (track) => track.orderBy("trackId").load("genre").load("mediaType")),
        )
        .orderBy("artistId")
        .many();
      return artists.flatMap((artist) =>
        artist.albums.flatMap((album) =>
          album.tracks.map((track) => [
            artist.name,
            album.title,
            track.name,
            track.unitPrice,
            track.genre?.name,
            track.mediaType.name,
          ]),
        ),
      );
    },
    sql: `
      select Artist.Name, Album.Title, Track.Name, Track.UnitPrice, Genre.Name, MediaType.Name
      from Artist join Album using (ArtistId) join Track using (AlbumId)
      left join Genre using (GenreId) join MediaType using (MediaTypeId)
      order by ArtistId, AlbumId, TrackId`,
  },
  {
    title: "the artists with the most albums",
    ask: async (db) => {
      const artists = await db
        .from(Artist)
        .withCount("albums")
        .orderBy("albumsCount", "desc")
        .orderBy("name")
        .limit(10)
        .plain();
      return artists.map((artist) => [artist.name, artist.albumsCount]);
    },
    sql: `
      select Name, (select count(*) from Album where Album.ArtistId = Artist.ArtistId) as n
      from Artist order by n desc, Name limit 10`,
  },
  {
    title: "artists who have no album here",
    ask: async (db) => {
      const names = await db.from(Artist).whereDoesntHave("albums").orderBy("artistId").pluck("name");
      return names.map((name) => [name]);
    },
    sql: "select Name from Artist where ArtistId not in (select ArtistId from Album) order by ArtistId",
  },
  {
    title: "tracks whose name contains Love, as it is spelled",
    ask: async (db) => {
      const tracks = await db.from(Track).whereContains("name", "Love").orderBy("trackId").many();
      return tracks.map((track) => [track.trackId, track.name, track.composer]);
    },
    sql: "select TrackId, Name, Composer from Track where instr(Name, 'Love') > 0 order by TrackId",
  },
  {
    title: "tracks whose name contains love, in any spelling, by album",
    ask: async (db) => {
      const tracks = await db
        .from(Track)
        .whereILike("name", "%love%")
        .load("album")
        .orderBy("name")
        .orderBy("trackId")
        .many();
      return tracks.map((track) => [track.name, track.album?.title]);
    },
    sql: `
      select Name, Title from Track left join Album using (AlbumId)
      where Name like '%love%' order by Name, TrackId`,
  },
  {
    title: "the longest track of each genre",
    ask: async (db) => {
      const genres = await db
        .from(Genre)
        .load("tracks", (track) => track.orderBy("length", "desc").orderBy("trackId").limit(1))
        .orderBy("genreId")
        .many();
      return genres.map(({ name, tracks: [longest] }) => [name, longest?.name, longest?.length]);
    },
    sql: `
      select Genre.Name, ranked.Name, ranked.Milliseconds from Genre
      left join (
        select *, row_number() over (partition by GenreId order by Milliseconds desc, TrackId) as place from Track
      ) as ranked on ranked.GenreId = Genre.GenreId and ranked.place = 1
      order by Genre.GenreId`,
  },
  {
    title: "the second and third longest track of each kind of file",
    ask: async (db) => {
      const types = await db
        .from(MediaType)
        .load("tracks", (track) => track.orderBy("length", "desc").orderBy("trackId").limit(2).offset(1))
        .orderBy("name")
        .many();
      return types.flatMap((type) => type.tracks.map((track) => [type.name, track.name, track.length]));
    },
    sql: `
      select MediaType.Name, ranked.Name, Milliseconds from MediaType
      join (
        select *, row_number() over (partition by MediaTypeId order by Milliseconds desc, TrackId) as place from Track
      ) as ranked using (MediaTypeId)
      where place in (2, 3) order by MediaType.Name, place`,
  },
  {
    title: "genres with more than a hundred tracks",
    ask: async (db) => {
      const genres = await db
        .from(Track)
        .join(Genre, "genreId", "genreId")
        .select({ genre: "Genre.name" })
        .selectCount("tracks")
        .selectAvg("length", "average")
        .groupBy("Genre.genreId", "Genre.name")
        .having("tracks", ">", 100)
        .orderBy("tracks", "desc")
        .many();
      return genres.map(({ genre, tracks, average }) => [genre, tracks, average]);
    },
    sql: `
      select Genre.Name, count(*) as n, avg(Milliseconds) from Track join Genre using (GenreId)
      group by GenreId having n > 100 order by n desc`,
  },
  {
    title: "the composers, each once",
    ask: async (db) => {
      const tracks = await db
        .from(Track)
        .select("composer")
        .distinct()
        .whereNotNull("composer")
        .orderBy("composer")
        .many();
      return tracks.map(({ composer }) => [composer]);
    },
    sql: "select distinct Composer from Track where Composer is not null order by Composer",
  },
  {
    title: "albums that mix genres",
    ask: async (db) => {
      const albums = await db
        .from(Album)
        .join(Track, "albumId", "albumId")
        .select("title")
        .selectRaw<{ genres: number }>("count(distinct Track.GenreId) as genres")
        .groupBy("albumId", "title")
        .having("genres", ">", 1)
        .orderBy("albumId")
        .many();
      return albums.map(({ title, genres }) => [title, genres]);
    },
    sql: `
      select Title, count(distinct GenreId) as genres from Album join Track using (AlbumId)
      group by AlbumId having genres > 1 order by AlbumId`,
  },
  {
    title: "tracks without a composer, longer than a quarter of an hour or larger than half a gigabyte",
    ask: async (db) => {
      const tracks = await db
        .from(Track)
        .whereNull("composer")
        .where((either) => either.where("length", ">", 15 * 60_000).orWhere("bytes", ">=", 500_000_000))
        .whereNotIn("mediaTypeId", [1, 2])
        .orderBy("bytes", "desc")
        .many();
      return tracks.map(({ name, length, bytes }) => [name, length, bytes]);
    },
    sql: `
      select Name, Milliseconds, Bytes from Track
      where Composer is null and (Milliseconds > 900000 or Bytes >= 500000000) and MediaTypeId not in (1, 2)
      order by Bytes desc`,
  },
];
