import { col, createDatabase, createSchema, defineModel, defineRelations, type DatabaseOptions } from "@mortise/core";
import { push } from "@mortise/migrator";
import { sqlite } from "@mortise/sqlite";

/** The blog that the examples of these pages use. */
export const User = defineModel("users", {
  columns: {
    id: col.increment(),
    name: col.string({ nullable: false }),
    email: col.string({ nullable: false }),
    isActive: col.boolean({ nullable: false, default: true }),
    settings: col.json<{ theme: string; tags?: string[] }>(),
    createdAt: col.datetime({ nullable: false, autoCreate: true }),
  },
  uniques: [["email"]],
});

export const Post = defineModel("posts", {
  columns: {
    id: col.increment(),
    userId: col.integer({ nullable: false, index: true }),
    title: col.string({ nullable: false }),
    body: col.text(),
    views: col.integer({ nullable: false, default: 0 }),
    price: col.decimal({ precision: 10, scale: 2, mode: "string" }),
    publishedAt: col.datetime(),
    deletedAt: col.softDeletes(),
  },
});

export const Comment = defineModel("comments", {
  columns: {
    id: col.increment(),
    postId: col.integer({ nullable: false, index: true }),
    userId: col.integer({ nullable: false, index: true }),
    text: col.text({ nullable: false }),
  },
});

export const Tag = defineModel("tags", {
  columns: { id: col.increment(), label: col.string({ nullable: false, unique: true }) },
});

export const PostTag = defineModel("post_tags", {
  columns: { postId: col.integer({ nullable: false }), tagId: col.integer({ nullable: false }), note: col.string() },
  primaryKey: ["postId", "tagId"],
});

export const Video = defineModel("videos", {
  columns: { id: col.increment(), title: col.string({ nullable: false }), seconds: col.integer({ nullable: false }) },
  options: { morphName: "video" },
});

/** A reaction to a post or a video; which, is stored. */
export const Reaction = defineModel("reactions", {
  columns: {
    id: col.increment(),
    subjectType: col.string({ nullable: false, length: 40 }),
    subjectId: col.integer({ nullable: false }),
    mark: col.string({ nullable: false }),
  },
  indexes: [["subjectType", "subjectId"]],
});

/** Tags of posts and videos alike. */
export const Tagging = defineModel("taggings", {
  columns: {
    tagId: col.integer({ nullable: false }),
    itemType: col.string({ nullable: false, length: 40 }),
    itemId: col.integer({ nullable: false }),
    createdAt: col.datetime({ autoCreate: true }),
    updatedAt: col.datetime({ autoUpdate: true }),
  },
  primaryKey: ["tagId", "itemType", "itemId"],
});

/** A report of a post or a comment, with a foreign key to each. */
export const Report = defineModel("reports", {
  columns: {
    id: col.increment(),
    postId: col.integer({ index: true }),
    commentId: col.integer({ index: true }),
    reason: col.string({ nullable: false }),
  },
});

const owned = { nullable: false, constraint: { onDelete: "cascade" } } as const;

export const schema = createSchema(
  {
    users: User,
    posts: Post,
    comments: Comment,
    tags: Tag,
    postTags: PostTag,
    videos: Video,
    reactions: Reaction,
    taggings: Tagging,
    reports: Report,
  },
  {
    users: defineRelations(User, ({ hasMany, hasManyThrough, hasOneThrough }) => ({
      posts: hasMany(Post, { foreignKey: "userId" }),
      comments: hasMany(Comment, { foreignKey: "userId" }),
      answers: hasManyThrough(Comment, { through: Post, firstKey: "userId", secondKey: "postId" }),
      lastAnswer: hasOneThrough(Comment, {
        through: Post,
        firstKey: "userId",
        secondKey: "postId",
        orderBy: ["id", "desc"],
      }),
    })),
    posts: defineRelations(Post, ({ belongsTo, hasMany, manyToMany, morphMany, morphOne, morphToMany }) => ({
      author: belongsTo(User, { foreignKey: "userId", ...owned }),
      comments: hasMany(Comment, { foreignKey: "postId" }),
      tags: manyToMany(Tag, {
        through: PostTag,
        leftForeignKey: "postId",
        rightForeignKey: "tagId",
        pivot: ["note"],
      }),
      reactions: morphMany(Reaction, { name: "subject" }),
      lastReaction: morphOne(Reaction, { name: "subject", orderBy: ["id", "desc"] }),
      taggings: morphToMany(Tag, { through: Tagging, name: "item", rightForeignKey: "tagId", timestamps: true }),
      reports: hasMany(Report, { foreignKey: "postId" }),
    })),
    videos: defineRelations(Video, ({ morphMany, morphToMany }) => ({
      reactions: morphMany(Reaction, { name: "subject" }),
      tags: morphToMany(Tag, { through: Tagging, name: "item", rightForeignKey: "tagId" }),
    })),
    reactions: defineRelations(Reaction, ({ morphTo }) => ({
      subject: morphTo({ name: "subject", targets: { post: Post, video: Video } }),
    })),
    tags: defineRelations(Tag, ({ morphedByMany }) => ({
      videos: morphedByMany(Video, { through: Tagging, name: "item", leftForeignKey: "tagId" }),
    })),
    reports: defineRelations(Report, ({ morphTo }) => ({
      subject: morphTo({
        targets: { post: Post, comment: Comment },
        arc: { post: "postId", comment: "commentId" },
        constraint: { onDelete: "cascade" },
        nullable: false,
      }),
    })),
    comments: defineRelations(Comment, ({ belongsTo }) => ({
      post: belongsTo(Post, { foreignKey: "postId", ...owned }),
      author: belongsTo(User, { foreignKey: "userId", ...owned }),
    })),
    postTags: defineRelations(PostTag, ({ belongsTo }) => ({
      post: belongsTo(Post, { foreignKey: "postId", ...owned }),
      tag: belongsTo(Tag, { foreignKey: "tagId", ...owned }),
    })),
  },
);

/** A new blog in memory with two users, three posts, three comments, two tags and a video. */
export async function openBlog(options?: DatabaseOptions) {
  const db = createDatabase(schema, sqlite({ filename: ":memory:" }), options);
  await push(db);
  await db.from(User).insertMany([
    { name: "Ada", email: "ada@example.com", settings: { theme: "dark", tags: ["math"] } },
    { name: "Grace", email: "grace@example.com" },
  ]);
  await db.from(Post).insertMany([
    {
      userId: 1,
      title: "Notes on the engine",
      views: 120,
      price: "9.50",
      publishedAt: new Date("2026-01-31T12:00:00Z"),
    },
    { userId: 2, title: "A compiler, at last", views: 80, publishedAt: new Date("2026-02-01T08:30:00Z") },
    { userId: 2, title: "The first bug", body: "It was a moth.", views: 9000 },
  ]);
  await db.from(Tag).insertMany([{ label: "history" }, { label: "hardware" }]);
  await db.from(PostTag).insertMany([
    { postId: 1, tagId: 1, note: "before 1850" },
    { postId: 1, tagId: 2 },
    { postId: 3, tagId: 2 },
  ]);
  await db.from(Comment).insertMany([
    { postId: 1, userId: 2, text: "Ahead of its time." },
    { postId: 3, userId: 1, text: "Is it still in the logbook?" },
    { postId: 3, userId: 2, text: "With tape." },
  ]);
  await db.from(Video).insert({ title: "A visit to the museum", seconds: 90 });
  await db.from(Reaction).insertMany([
    { subjectType: "posts", subjectId: 1, mark: "heart" },
    { subjectType: "video", subjectId: 1, mark: "star" },
    { subjectType: "posts", subjectId: 1, mark: "star" },
  ]);
  await db.from(Tagging).insertMany([
    { tagId: 1, itemType: "posts", itemId: 1 },
    { tagId: 1, itemType: "video", itemId: 1 },
  ]);
  await db.from(Report).insertMany([
    { postId: 3, reason: "That was a moth, not a bug." },
    { commentId: 3, reason: "Off topic." },
  ]);
  return db;
}
