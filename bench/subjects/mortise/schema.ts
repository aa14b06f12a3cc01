import { col, createSchema, defineModel, defineRelations } from "@mortise/core";

const User = defineModel("users", {
  columns: {
    id: col.increment(),
    name: col.text({ nullable: false }),
    email: col.text({ nullable: false }),
    isActive: col.boolean({ nullable: false }),
    createdAt: col.datetime({ nullable: false }),
  },
});

const Post = defineModel("posts", {
  columns: {
    id: col.increment(),
    userId: col.integer({ nullable: false }),
    title: col.text({ nullable: false }),
    views: col.integer({ nullable: false }),
    createdAt: col.datetime({ nullable: false }),
  },
});

const Comment = defineModel("comments", {
  columns: {
    id: col.increment(),
    postId: col.integer({ nullable: false }),
    body: col.text({ nullable: false }),
    createdAt: col.datetime({ nullable: false }),
  },
});

const Tag = defineModel("tags", { columns: { id: col.increment(), label: col.text({ nullable: false }) } });

const PostTag = defineModel("post_tags", {
  columns: {
    postId: col.integer({ nullable: false }),
    tagId: col.integer({ nullable: false }),
  },
  primaryKey: ["postId", "tagId"],
});

const Note = defineModel("notes", {
  columns: {
    id: col.increment(),
    userId: col.integer({ nullable: false }),
    body: col.text({ nullable: false }),
    isOpen: col.boolean({ nullable: false }),
    createdAt: col.datetime({ nullable: false }),
  },
});

const Setting = defineModel("settings", {
  columns: { name: col.text({ nullable: false, primaryKey: true }), value: col.text({ nullable: false }) },
});

const Wide = defineModel("wide", {
  columns: {
    id: col.increment(),
    integer1: col.integer({ nullable: false }),
    integer2: col.integer({ nullable: false }),
    integer3: col.integer({ nullable: false }),
    integer4: col.integer({ nullable: false }),
    integer5: col.integer({ nullable: false }),
    maybeInteger1: col.integer(),
    maybeInteger2: col.integer(),
    text1: col.text({ nullable: false }),
    text2: col.text({ nullable: false }),
    text3: col.text({ nullable: false }),
    text4: col.text({ nullable: false }),
    text5: col.text({ nullable: false }),
    text6: col.text({ nullable: false }),
    maybeText1: col.text(),
    maybeText2: col.text(),
    flag1: col.boolean({ nullable: false }),
    flag2: col.boolean({ nullable: false }),
    flag3: col.boolean({ nullable: false }),
    flag4: col.boolean({ nullable: false }),
    maybeFlag1: col.boolean(),
    instant1: col.datetime({ nullable: false }),
    instant2: col.datetime({ nullable: false }),
    instant3: col.datetime({ nullable: false }),
    instant4: col.datetime({ nullable: false }),
    maybeInstant1: col.datetime(),
    document1: col.json<object>({ nullable: false }),
    document2: col.json<object>({ nullable: false }),
    maybeDocument1: col.json<object>(),
    number1: col.double({ nullable: false }),
    number2: col.double({ nullable: false }),
  },
});

/** The tables of `workloads/seed.ts` as models. */
export const schema = createSchema(
  {
    users: User,
    posts: Post,
    comments: Comment,
    tags: Tag,
    postTags: PostTag,
    notes: Note,
    settings: Setting,
    wide: Wide,
  },
  {
    users: defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) })),
    posts: defineRelations(Post, ({ hasMany, manyToMany }) => ({
      comments: hasMany(Comment, { foreignKey: "postId" }),
      tags: manyToMany(Tag, { through: PostTag, leftForeignKey: "postId", rightForeignKey: "tagId" }),
    })),
  },
);
