import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const UserTable = defineModel("users", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    name: col.string({ nullable: false }),
    email: col.string({ nullable: false, unique: true }),
    age: col.integer(),
    isActive: col.boolean({ nullable: false, default: true }),
    balance: col.decimal({ precision: 20, scale: 2, mode: "string", nullable: false, default: "0" }),
    visits: col.bigInteger({ mode: "bigint", nullable: false, default: 0n }),
    bornOn: col.date({ as: "string" }),
    joinedAt: col.datetime(),
    password: col.string({ hidden: true }),
  },
});
const ProfileTable = defineModel("profiles", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    userId: col.integer({ nullable: false }),
    bio: col.text({ nullable: false }),
  },
});
const PostTable = defineModel("posts", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    userId: col.integer(),
    title: col.string({ nullable: false }),
    views: col.integer({ nullable: false, default: 0 }),
    rating: col.double(),
  },
});
const CommentTable = defineModel("comments", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    postId: col.integer({ nullable: false }),
    userId: col.integer(),
    body: col.text({ nullable: false }),
  },
});
const TagTable = defineModel("tags", {
  columns: { id: col.primary<number>({ type: "integer" }), label: col.string({ nullable: false, unique: true }) },
});
const PostTagTable = defineModel("post_tags", {
  columns: {
    postId: col.integer({ nullable: false }),
    tagId: col.integer({ nullable: false }),
    note: col.string(),
    addedAt: col.datetime(),
  },
  primaryKey: ["postId", "tagId"],
});

export const blogSchema = createSchema(
  {
    users: UserTable,
    profiles: ProfileTable,
    posts: PostTable,
    comments: CommentTable,
    tags: TagTable,
    postTags: PostTagTable,
  },
  {
    users: defineRelations(UserTable, ({ hasOne, hasMany }) => ({
      profile: hasOne(ProfileTable, { foreignKey: "userId" }),
      topPost: hasOne(PostTable, { foreignKey: "userId", orderBy: ["views", "desc"] }),
      posts: hasMany(PostTable, { foreignKey: "userId" }),
      comments: hasMany(CommentTable, { foreignKey: "userId" }),
    })),
    profiles: defineRelations(ProfileTable, ({ belongsTo }) => ({
      user: belongsTo(UserTable, { foreignKey: "userId", nullable: false }),
    })),
    posts: defineRelations(PostTable, ({ belongsTo, hasMany, manyToMany }) => ({
      user: belongsTo(UserTable, { foreignKey: "userId" }),
      comments: hasMany(CommentTable, { foreignKey: "postId" }),
      tags: manyToMany(TagTable, {
        through: PostTagTable,
        leftForeignKey: "postId",
        rightForeignKey: "tagId",
        pivot: ["note", "addedAt"],
      }),
    })),
    comments: defineRelations(CommentTable, ({ belongsTo }) => ({
      post: belongsTo(PostTable, { foreignKey: "postId", nullable: false }),
      user: belongsTo(UserTable, { foreignKey: "userId" }),
    })),
    tags: defineRelations(TagTable, ({ manyToMany }) => ({
      posts: manyToMany(PostTable, { through: PostTagTable, leftForeignKey: "tagId", rightForeignKey: "postId" }),
    })),
  },
);

export const {
  users: User,
  profiles: Profile,
  posts: Post,
  comments: Comment,
  tags: Tag,
  postTags: PostTag,
} = blogSchema;

const joined = (day: number) => new Date(Date.UTC(2024, 0, day, 9, 30, 0, 250));

/** Four users: Ann (two posts), Bob (three), Cid (none) and Dee (none; no age, no dates). */
const users = [
  {
    id: 1,
    name: "Ann",
    email: "ann@example.com",
    age: 30,
    isActive: true,
    balance: "10.50",
    visits: 9007199254740993n,
    bornOn: "1994-02-28",
    joinedAt: joined(1),
    password: "secret",
  },
  {
    id: 2,
    name: "Bob",
    email: "bob@example.com",
    age: 41,
    isActive: false,
    bornOn: "1983-12-31",
    joinedAt: joined(15),
  },
  { id: 3, name: "Cid", email: "cid@example.org", age: 30, isActive: true, bornOn: "1994-01-01", joinedAt: joined(31) },
  { id: 4, name: "Dee", email: "dee@example.org", isActive: true, balance: "0.10" },
];
/** Posts 1 and 2 are Ann's, 3 to 5 Bob's, and 6 is nobody's. */
const posts = [
  { id: 1, userId: 1, title: "Alpha", views: 10, rating: 4.5 },
  { id: 2, userId: 1, title: "Beta", views: 30, rating: 2 },
  { id: 3, userId: 2, title: "Gamma", views: 20 },
  { id: 4, userId: 2, title: "Delta", views: 5, rating: 3 },
  { id: 5, userId: 2, title: "Epsilon", views: 20, rating: 1.5 },
  { id: 6, title: "Orphan" },
];
const comments = [
  { id: 1, postId: 1, userId: 2, body: "first" },
  { id: 2, postId: 1, body: "second" },
  { id: 3, postId: 3, userId: 1, body: "third" },
  { id: 4, postId: 3, userId: 2, body: "fourth" },
  { id: 5, postId: 3, userId: 4, body: "fifth" },
];

export const blog: Fixture<typeof blogSchema> = {
  schema: blogSchema,
  async seed(db) {
    await db.from(User).insertMany(users);
    await db.from(Profile).insertMany([
      { id: 1, userId: 1, bio: "Ann writes" },
      { id: 2, userId: 2, bio: "Bob reads" },
    ]);
    await db.from(Post).insertMany(posts);
    await db.from(Comment).insertMany(comments);
    await db.from(Tag).insertMany([
      { id: 1, label: "red" },
      { id: 2, label: "green" },
      { id: 3, label: "blue" },
    ]);
    await db.from(PostTag).insertMany([
      { postId: 1, tagId: 1, note: "main", addedAt: joined(2) },
      { postId: 1, tagId: 2 },
      { postId: 2, tagId: 1, note: "also" },
      { postId: 3, tagId: 2, note: "only" },
    ]);
  },
};
