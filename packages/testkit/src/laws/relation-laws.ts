import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { push } from "@mortise/migrator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";

/** What relations give is what filtering the other table by hand gives. */
export function relationLaws(target: Target): void {
  describe("relations", () => {
    let laws: Laws;
    beforeAll(async () => void (laws = await open(target)));
    afterAll(() => laws.db.close());
    for (const [name, body] of Object.entries(bodies)) {
      it(
        name,
        () =>
          check(
            fc.asyncProperty(world, fc.nat({ max: 3 }), fc.nat({ max: 2 }), async (data, count, offset) => {
              await fill(laws, data);
              await body(laws, data, count, offset);
            }),
            100,
          ),
        lawTimeout,
      );
    }
  });
}

type Laws = Awaited<ReturnType<typeof open>>;

async function open(target: Target) {
  const Author = defineModel("authors", {
    columns: { id: col.increment(), mentorId: col.integer(), name: col.text() },
  });
  const Book = defineModel("books", { columns: { id: col.increment(), authorId: col.integer(), rank: col.integer() } });
  const Tag = defineModel("tags", { columns: { id: col.increment(), label: col.text() } });
  const BookTag = defineModel("book_tags", {
    columns: {
      id: col.increment(),
      bookId: col.integer(),
      tagId: col.integer(),
      at: col.datetime(),
      isMain: col.boolean(),
    },
  });
  const schema = createSchema(
    { authors: Author, books: Book, tags: Tag, bookTags: BookTag },
    {
      authors: defineRelations(Author, ({ belongsTo, hasMany, hasOne }) => ({
        mentor: belongsTo(Author, { foreignKey: "mentorId" }),
        pupils: hasMany(Author, { foreignKey: "mentorId" }),
        books: hasMany(Book, { foreignKey: "authorId" }),
        best: hasOne(Book, { foreignKey: "authorId", orderBy: ["rank", "desc"] }),
      })),
      books: defineRelations(Book, ({ belongsTo, manyToMany }) => ({
        author: belongsTo(Author, { foreignKey: "authorId" }),
        tags: manyToMany(Tag, {
          through: BookTag,
          leftForeignKey: "bookId",
          rightForeignKey: "tagId",
          pivot: ["at", "isMain"],
        }),
      })),
    },
  );
  const db = createDatabase(schema, await target.open());
  await push(db);
  const { authors, books, tags, bookTags } = schema;
  return {
    db,
    models: schema,
    authors: db.from(authors),
    books: db.from(books),
    tags: db.from(tags),
    links: db.from(bookTags),
  };
}

const key = fc.option(fc.integer({ min: 1, max: 7 }), { freq: 3 });
const rank = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 });
const world = fc
  .record({
    authors: fc.array(fc.record({ mentorId: key, name: fc.constantFrom("a", "b", null) }), { maxLength: 6 }),
    books: fc.array(fc.record({ authorId: key, rank }), { maxLength: 14 }),
    tags: fc.array(fc.record({ label: fc.constantFrom("x", "y") }), { maxLength: 4 }),
    links: fc.array(
      fc.record({
        bookId: key,
        tagId: key,
        at: fc.constantFrom(new Date(0), null),
        isMain: fc.constantFrom(true, false, null),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ authors, books, tags, links }) => ({
    authors: keyed(authors),
    books: keyed(books),
    tags: keyed(tags),
    links: keyed(links),
  }));
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function keyed<T extends object>(rows: readonly T[]): readonly ({ id: number } & T)[] {
  return rows.map((row, at) => ({ id: at + 1, ...row }));
}

async function fill({ authors, books, tags, links }: Laws, data: World): Promise<void> {
  for (const query of [authors, books, tags, links]) await query.truncate();
  await authors.insertMany(data.authors);
  await books.insertMany(data.books);
  await tags.insertMany(data.tags);
  await links.insertMany(data.links);
}

type Book = World["books"][number];
const booksOf = (data: World, author: { readonly id: number }) =>
  data.books.filter((book) => book.authorId === author.id);
const authorOf = (data: World, book: Book) => data.authors.find((author) => author.id === book.authorId) ?? null;
/** Nulls last, greatest first, then by key. */
const byRank = (left: Book, right: Book) => (right.rank ?? -1) - (left.rank ?? -1) || left.id - right.id;
const tagsOf = (data: World, book: Book) =>
  data.links
    .filter((link) => link.bookId === book.id)
    .flatMap(({ tagId, at, isMain }) =>
      data.tags.filter((tag) => tag.id === tagId).map((tag) => ({ ...tag, pivot: { at, isMain } })),
    );

type Body = (laws: Laws, data: World, count: number, offset: number) => Promise<void>;

const bodies: Readonly<Record<string, Body>> = {
  "load what belongs together": async ({ authors, books }, data) => {
    const loaded = await authors
      .orderBy("id")
      .load("mentor", "pupils")
      .load("books", (q) => q.orderBy("id"))
      .load("best")
      .plain();
    expect(loaded).toEqual(
      data.authors.map((author) => ({
        ...author,
        mentor: data.authors.find((other) => other.id === author.mentorId) ?? null,
        pupils: data.authors.filter((other) => other.mentorId === author.id),
        books: booksOf(data, author),
        best: booksOf(data, author).toSorted(byRank)[0] ?? null,
      })),
    );
    const nested = await books
      .orderBy("id")
      .load("author", (q) => q.load("mentor").load("books", (b) => b.where("rank", ">", 0).orderBy("id")))
      .plain();
    expect(nested.map((book) => book.author?.books)).toEqual(
      data.books.map((book) => {
        const author = authorOf(data, book);
        return author === null ? undefined : booksOf(data, author).filter((other) => (other.rank ?? 0) > 0);
      }),
    );
  },
  "load through a pivot, with its columns": async ({ books }, data) => {
    const loaded = await books.orderBy("id").load("tags").plain();
    const text = (tags: readonly object[]) => tags.map((tag) => JSON.stringify(tag)).toSorted();
    expect(loaded.map((book) => text(book.tags))).toEqual(data.books.map((book) => text(tagsOf(data, book))));
    for (const tag of loaded.flatMap((book) => book.tags)) {
      expect(tag.pivot.at === null || tag.pivot.at instanceof Date).toBe(true);
    }
  },
  "cut each parent's rows by its own limit and offset": async ({ authors, books }, data, count, offset) => {
    const best = (q: typeof books) => q.orderBy("rank", "desc").orderBy("id").limit(count).offset(offset);
    const loaded = await authors
      .orderBy("id")
      .load("books", (q) => void best(q))
      .plain();
    expect(loaded.map((author) => author.books)).toEqual(
      data.authors.map((author) =>
        booksOf(data, author)
          .toSorted(byRank)
          .slice(offset, offset + count),
      ),
    );
    const tags = await books
      .orderBy("id")
      .load("tags", (q) => q.orderBy("id").limit(count))
      .plain();
    expect(tags.map((book) => book.tags.length)).toEqual(
      data.books.map((book) => Math.min(count, tagsOf(data, book).length)),
    );
  },
  "count, sum and look for what loading gives": async ({ authors, books }, data, count) => {
    const query = authors
      .orderBy("id")
      .withCount("books")
      .withExists("pupils")
      .withSum("books", "rank")
      .withMax("books", "rank");
    const counted = await query.withCount("books", (q) => q.where("rank", ">=", count), { as: "many" }).plain();
    expect(counted).toEqual(
      data.authors.map((author) => {
        const ranks = booksOf(data, author).flatMap((book) => book.rank ?? []);
        return {
          ...author,
          booksCount: booksOf(data, author).length,
          pupilsExists: data.authors.some((other) => other.mentorId === author.id),
          booksRankSum: ranks.length === 0 ? null : ranks.reduce((sum, one) => sum + one),
          booksRankMax: ranks.length === 0 ? null : Math.max(...ranks),
          many: ranks.filter((one) => one >= count).length,
        };
      }),
    );
    expect((await books.orderBy("id").withCount("tags").plain()).map((book) => book.tagsCount)).toEqual(
      data.books.map((book) => tagsOf(data, book).length),
    );
  },
  "filter by what is related": async ({ authors, books }, data, count) => {
    const ids = (test: (author: World["authors"][number]) => boolean) =>
      data.authors.filter(test).map((author) => author.id);
    const query = authors.orderBy("id");
    const ranked = (author: { readonly id: number }) =>
      booksOf(data, author).filter((book) => book.rank === count).length;
    expect(await query.whereHas("books").pluck("id")).toEqual(ids((author) => booksOf(data, author).length > 0));
    expect(await query.whereHas("books", (q) => q.where("rank", count)).pluck("id")).toEqual(
      ids((author) => ranked(author) > 0),
    );
    expect(await query.whereDoesntHave("books", (q) => q.where("rank", count)).pluck("id")).toEqual(
      ids((author) => ranked(author) === 0),
    );
    for (const [operator, holds] of comparisons) {
      expect(await query.has("books", operator, count).pluck("id")).toEqual(
        ids((author) => holds(booksOf(data, author).length, count)),
      );
      expect(await query.whereHas("books", (q) => q.where("rank", count), operator, 1).pluck("id")).toEqual(
        ids((author) => holds(ranked(author), 1)),
      );
    }
    const tagged = data.books.filter((book) => tagsOf(data, book).some((tag) => tag.label === "x"));
    expect(
      await books
        .whereHas("tags", (q) => q.where("label", "x"))
        .orderBy("id")
        .pluck("id"),
    ).toEqual(tagged.map((book) => book.id));
    const deep = query.whereHas("books", (q) => q.whereHas("tags", (t) => t.where("label", "x")));
    expect(await deep.pluck("id")).toEqual(ids((author) => tagged.some((book) => book.authorId === author.id)));
    const mentored = query.whereHas("mentor", (q) => q.whereHas("mentor"));
    expect(await mentored.pluck("id")).toEqual(
      ids((author) => {
        const mentor = data.authors.find((other) => other.id === author.mentorId);
        return data.authors.some((other) => other.id === mentor?.mentorId);
      }),
    );
  },
  "join what loading joins": async ({ models, books }, data) => {
    const joined = await books
      .join(models.authors, "authorId", "id")
      .orderBy("id")
      .select("id", "authors.name")
      .plain();
    const matched = data.books.flatMap((book) => {
      const author = authorOf(data, book);
      return author === null ? [] : [{ id: book.id, "authors.name": author.name }];
    });
    expect(joined).toEqual(matched);
    const outer = await books.leftJoin(models.authors, "authorId", "id").orderBy("id").pluck("authors.name");
    expect(outer).toEqual(data.books.map((book) => authorOf(data, book)?.name ?? null));
  },
};

const comparisons = [
  ["=", (left: number, right: number) => left === right],
  ["!=", (left: number, right: number) => left !== right],
  ["<", (left: number, right: number) => left < right],
  ["<=", (left: number, right: number) => left <= right],
  [">", (left: number, right: number) => left > right],
  [">=", (left: number, right: number) => left >= right],
] as const;
