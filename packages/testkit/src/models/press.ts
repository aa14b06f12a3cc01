import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const ArticleTable = defineModel("articles", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    title: col.string({ nullable: false }),
    topicIds: col.array(col.integer()),
    readerIds: col.array(col.objectId(), { nullable: false, default: [] }),
    authorNames: col.json<string[]>(),
  },
});
const TopicTable = defineModel("topics", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    label: col.string({ nullable: false, unique: true }),
    weight: col.integer(),
    deletedAt: col.softDeletes(),
  },
});
const ReaderTable = defineModel("readers", {
  columns: { id: col.objectId({ primaryKey: true }), name: col.string({ nullable: false }) },
});
const AuthorTable = defineModel("authors", {
  columns: { name: col.primary<string>({ type: "string" }), born: col.integer() },
});
const NoteTable = defineModel("notes", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    topicId: col.integer({ nullable: false }),
    text: col.string({ nullable: false }),
  },
});

export const pressSchema = createSchema(
  { articles: ArticleTable, topics: TopicTable, readers: ReaderTable, authors: AuthorTable, notes: NoteTable },
  {
    articles: defineRelations(ArticleTable, ({ manyToMany }) => ({
      topics: manyToMany(TopicTable, { references: "topicIds" }),
      readers: manyToMany(ReaderTable, { references: "readerIds" }),
      authors: manyToMany(AuthorTable, { references: "authorNames", targetKey: "name" }),
    })),
    topics: defineRelations(TopicTable, ({ hasMany }) => ({ notes: hasMany(NoteTable, { foreignKey: "topicId" }) })),
  },
);
export const { articles: Article, topics: Topic, readers: Reader, authors: Author, notes: Note } = pressSchema;

/** Keys of readers. */
export const readerKeys = ["64b000000000000000000001", "64b000000000000000000002"] as const;

/** Four articles: with topics, with the same and a key that leads nowhere, with an empty list, and with none. */
export const press: Fixture<typeof pressSchema> = {
  schema: pressSchema,
  async seed(db) {
    await db.from(Topic).insertMany([
      { id: 1, label: "war", weight: 5 },
      { id: 2, label: "art", weight: 2 },
      { id: 3, label: "law", weight: null },
      { id: 4, label: "old", weight: 9, deletedAt: new Date(Date.UTC(2024, 0, 1)) },
    ]);
    await db.from(Note).insertMany([
      { id: 1, topicId: 1, text: "first" },
      { id: 2, topicId: 1, text: "second" },
      { id: 3, topicId: 3, text: "third" },
    ]);
    await db.from(Reader).insertMany([
      { id: readerKeys[0], name: "Ida" },
      { id: readerKeys[1], name: "Leo" },
    ]);
    await db.from(Author).insertMany([{ name: "Ann", born: 1980 }, { name: "Bob" }]);
    await db.from(Article).insertMany([
      { id: 1, title: "One", topicIds: [2, 1, 4, 2], readerIds: [...readerKeys], authorNames: ["Bob", "Ann"] },
      { id: 2, title: "Two", topicIds: [3, 99, 1], readerIds: [readerKeys[1]], authorNames: ["Bob"] },
      { id: 3, title: "Three", topicIds: [] },
      { id: 4, title: "Four", topicIds: null },
    ]);
  },
};
