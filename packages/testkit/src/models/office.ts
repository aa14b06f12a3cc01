import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

/** The value that a soft delete of a letter writes; each call gives the next. */
export const stamps = { next: 1 };

const FolderTable = defineModel("folders", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    name: col.string({ nullable: false }),
    deletedAt: col.softDeletes(),
  },
});
const PaperTable = defineModel("papers", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    folderId: col.integer(),
    title: col.string({ nullable: false, unique: true }),
    pages: col.integer({ nullable: false, default: 0 }),
    deletedAt: col.softDeletes(),
  },
});
const LabelTable = defineModel("labels", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    name: col.string({ nullable: false }),
    deletedAt: col.softDeletes(),
  },
});
const PaperLabelTable = defineModel("paper_labels", {
  columns: {
    paperId: col.integer({ nullable: false }),
    labelId: col.integer({ nullable: false }),
    deletedAt: col.softDeletes(),
  },
  primaryKey: ["paperId", "labelId"],
});
const LetterTable = defineModel("letters", {
  columns: { id: col.primary<number>({ type: "integer" }), folderId: col.integer(), goneAs: col.string() },
  options: { softDeleteColumn: "goneAs", softDeleteValue: () => `gone-${stamps.next++}` },
});
const ScrapTable = defineModel("scraps", {
  columns: { id: col.primary<number>({ type: "integer" }), isGone: col.boolean({ nullable: false, default: false }) },
  options: { softDeleteColumn: "isGone" },
});

export const officeSchema = createSchema(
  {
    folders: FolderTable,
    papers: PaperTable,
    labels: LabelTable,
    paperLabels: PaperLabelTable,
    letters: LetterTable,
    scraps: ScrapTable,
  },
  {
    folders: defineRelations(FolderTable, ({ hasMany, hasOne }) => ({
      papers: hasMany(PaperTable, { foreignKey: "folderId" }),
      letters: hasMany(LetterTable, { foreignKey: "folderId" }),
      firstPaper: hasOne(PaperTable, { foreignKey: "folderId" }),
    })),
    papers: defineRelations(PaperTable, ({ belongsTo, manyToMany }) => ({
      folder: belongsTo(FolderTable, { foreignKey: "folderId" }),
      labels: manyToMany(LabelTable, {
        through: PaperLabelTable,
        leftForeignKey: "paperId",
        rightForeignKey: "labelId",
      }),
    })),
  },
);
export const {
  folders: Folder,
  papers: Paper,
  labels: Label,
  paperLabels: PaperLabel,
  letters: Letter,
  scraps: Scrap,
} = officeSchema;

const then = new Date("2024-01-01T00:00:00Z");

/** In every table some rows are deleted: folder 3, papers 1 and 5, label 2, the third label of paper 2, letter 2, scrap 2. */
export const office: Fixture<typeof officeSchema> = {
  schema: officeSchema,
  async seed(db) {
    stamps.next = 1;
    await db.from(Folder).insertMany([
      { id: 1, name: "A" },
      { id: 2, name: "B" },
      { id: 3, name: "C", deletedAt: then },
    ]);
    await db.from(Paper).insertMany([
      { id: 1, folderId: 1, title: "one", pages: 1, deletedAt: then },
      { id: 2, folderId: 1, title: "two", pages: 2 },
      { id: 3, folderId: 1, title: "three", pages: 3 },
      { id: 4, folderId: 3, title: "four", pages: 4 },
      { id: 5, folderId: 2, title: "five", pages: 5, deletedAt: then },
    ]);
    await db.from(Label).insertMany([
      { id: 1, name: "red" },
      { id: 2, name: "old", deletedAt: then },
      { id: 3, name: "blue" },
    ]);
    await db.from(PaperLabel).insertMany([
      { paperId: 1, labelId: 1 },
      { paperId: 2, labelId: 1 },
      { paperId: 2, labelId: 2 },
      { paperId: 2, labelId: 3, deletedAt: then },
      { paperId: 3, labelId: 3 },
    ]);
    await db.from(Letter).insertMany([
      { id: 1, folderId: 1 },
      { id: 2, folderId: 1, goneAs: "early" },
      { id: 3, folderId: 2 },
    ]);
    await db.from(Scrap).insertMany([{ id: 1 }, { id: 2, isGone: true }, { id: 3 }]);
  },
};
