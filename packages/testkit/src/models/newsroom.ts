import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const id = () => col.primary<number>({ type: "integer" });

const PlaceTable = defineModel("places", {
  columns: { id: id(), name: col.string({ nullable: false, unique: true }) },
});
const ReporterTable = defineModel("reporters", {
  columns: {
    id: id(),
    placeId: col.integer(),
    name: col.string({ nullable: false }),
    isOnLeave: col.boolean({ nullable: false, default: false }),
    deletedAt: col.softDeletes(),
  },
  hooks: {
    beforeFetch(query) {
      query.where("isOnLeave", false);
    },
  },
});
const StoryTable = defineModel("stories", {
  columns: {
    id: id(),
    reporterId: col.integer(),
    title: col.string({ nullable: false }),
    words: col.integer({ nullable: false, default: 0 }),
    deletedAt: col.softDeletes(),
  },
});
const ClipTable = defineModel("clips", {
  columns: { id: id(), title: col.string({ nullable: false }), source: col.string({ hidden: true }) },
  hooks: {
    afterFetch: (clips) => clips.map((clip) => ("title" in clip ? { ...clip, title: clip.title.toUpperCase() } : clip)),
  },
  options: { morphName: "film" },
});
const RemarkTable = defineModel("remarks", {
  columns: {
    id: id(),
    aboutType: col.string({ length: 40 }),
    aboutId: col.integer(),
    body: col.string({ nullable: false }),
    stars: col.integer(),
  },
});
const TopicTable = defineModel("topics", { columns: { id: id(), label: col.string({ nullable: false }) } });
const TopicLinkTable = defineModel("topic_links", {
  columns: {
    topicId: col.integer({ nullable: false }),
    itemKind: col.enum(["stories", "film"], { nullable: false }),
    itemId: col.integer({ nullable: false }),
    weight: col.integer(),
    createdAt: col.datetime(),
    updatedAt: col.datetime(),
    deletedAt: col.softDeletes(),
  },
  primaryKey: ["topicId", "itemKind", "itemId"],
  hooks: {
    beforeFetch: async (query) => {
      await Promise.resolve();
      query.where((q) => q.whereNull("weight").orWhere("weight", ">", 0));
    },
  },
});

const linked = { through: TopicLinkTable, typeColumn: "itemKind", idColumn: "itemId" } as const;

export const newsroomSchema = createSchema(
  {
    places: PlaceTable,
    reporters: ReporterTable,
    stories: StoryTable,
    clips: ClipTable,
    remarks: RemarkTable,
    topics: TopicTable,
    topicLinks: TopicLinkTable,
  },
  {
    places: defineRelations(PlaceTable, ({ hasManyThrough, hasOneThrough }) => ({
      stories: hasManyThrough(StoryTable, { through: ReporterTable, firstKey: "placeId", secondKey: "reporterId" }),
      longest: hasOneThrough(StoryTable, {
        through: ReporterTable,
        firstKey: "placeId",
        secondKey: "reporterId",
        orderBy: ["words", "desc"],
      }),
    })),
    stories: defineRelations(StoryTable, ({ belongsTo, morphMany, morphOne, morphToMany }) => ({
      reporter: belongsTo(ReporterTable, { foreignKey: "reporterId" }),
      remarks: morphMany(RemarkTable, { name: "about" }),
      bestRemark: morphOne(RemarkTable, { name: "about", orderBy: ["stars", "desc"] }),
      topics: morphToMany(TopicTable, { ...linked, rightForeignKey: "topicId", pivot: ["weight"], timestamps: true }),
    })),
    clips: defineRelations(ClipTable, ({ morphMany, morphToMany }) => ({
      remarks: morphMany(RemarkTable, { name: "about" }),
      topics: morphToMany(TopicTable, { ...linked, rightForeignKey: "topicId" }),
    })),
    remarks: defineRelations(RemarkTable, ({ morphTo }) => ({
      about: morphTo({ name: "about", targets: { story: StoryTable, clip: ClipTable } }),
    })),
    topics: defineRelations(TopicTable, ({ morphedByMany }) => ({
      stories: morphedByMany(StoryTable, { ...linked, leftForeignKey: "topicId" }),
      clips: morphedByMany(ClipTable, { ...linked, leftForeignKey: "topicId", pivot: ["weight"] }),
    })),
  },
);
export const {
  places: Place,
  reporters: Reporter,
  stories: Story,
  clips: Clip,
  remarks: Remark,
  topics: Topic,
  topicLinks: TopicLink,
} = newsroomSchema;

/** When the first link was made. */
export const linkedAt = new Date("2024-05-06T07:08:09Z");
const then = new Date("2024-01-01T00:00:00Z");

/** Deleted: reporter Cy, story 4, the link of topic 2 to clip 2; that to clip 1 is hidden. On leave: reporter Di. Story 1 and clip 1 share their number. */
export const newsroom: Fixture<typeof newsroomSchema> = {
  schema: newsroomSchema,
  async seed(db) {
    await db.from(Place).insertMany([
      { id: 1, name: "Oslo" },
      { id: 2, name: "Rome" },
      { id: 3, name: "Cork" },
    ]);
    await db.from(Reporter).insertMany([
      { id: 1, placeId: 1, name: "Al" },
      { id: 2, placeId: 1, name: "Bo" },
      { id: 3, placeId: 2, name: "Cy", deletedAt: then },
      { id: 4, placeId: 2, name: "Di", isOnLeave: true },
    ]);
    await db.from(Story).insertMany([
      { id: 1, reporterId: 1, title: "fjord", words: 100 },
      { id: 2, reporterId: 2, title: "tram", words: 300 },
      { id: 3, reporterId: 3, title: "gone", words: 900 },
      { id: 4, reporterId: 1, title: "cut", words: 700, deletedAt: then },
      { id: 5, reporterId: 4, title: "away", words: 500 },
      { id: 6, title: "wire", words: 50 },
    ]);
    await db.from(Clip).insertMany([
      { id: 1, title: "whale", source: "x" },
      { id: 2, title: "ship", source: "y" },
    ]);
    await db.from(Remark).insertMany([
      { id: 1, aboutType: "stories", aboutId: 1, body: "good", stars: 4 },
      { id: 2, aboutType: "stories", aboutId: 1, body: "great", stars: 5 },
      { id: 3, aboutType: "film", aboutId: 1, body: "wet", stars: 2 },
      { id: 4, aboutType: "stories", aboutId: 4, body: "where?", stars: 1 },
      { id: 5, body: "hello" },
      { id: 6, aboutType: "film", aboutId: 9, body: "lost" },
    ]);
    await db.from(Topic).insertMany([
      { id: 1, label: "sea" },
      { id: 2, label: "land" },
    ]);
    await db.from(TopicLink).insertMany([
      { topicId: 1, itemKind: "stories", itemId: 1, weight: 3, createdAt: linkedAt, updatedAt: linkedAt },
      { topicId: 1, itemKind: "film", itemId: 1, weight: 9 },
      { topicId: 2, itemKind: "stories", itemId: 2 },
      { topicId: 1, itemKind: "film", itemId: 2, weight: 1 },
      { topicId: 2, itemKind: "film", itemId: 2, deletedAt: then },
      { topicId: 2, itemKind: "film", itemId: 1, weight: -1 },
    ]);
  },
};
