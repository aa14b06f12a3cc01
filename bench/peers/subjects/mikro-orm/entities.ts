import { defineEntity, p } from "@mikro-orm/core";
import { wideColumns } from "../../../workloads/wide-columns.ts";
import { camelCase } from "../kysely/calls.ts";

const instant = () => p.datetime(3);

export const User: any = defineEntity({
  name: "User",
  tableName: "users",
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.text(),
    email: p.text(),
    isActive: p.boolean(),
    createdAt: instant(),
    posts: () => p.oneToMany(Post).mappedBy("user"),
  },
});

export const Post: any = defineEntity({
  name: "Post",
  tableName: "posts",
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).joinColumn("user_id"),
    title: p.text(),
    views: p.integer(),
    createdAt: instant(),
    comments: () => p.oneToMany(Comment).mappedBy("post"),
    tags: () => p.manyToMany(Tag).pivotTable("post_tags").joinColumn("post_id").inverseJoinColumn("tag_id"),
  },
});

export const Comment: any = defineEntity({
  name: "Comment",
  tableName: "comments",
  properties: {
    id: p.integer().primary().autoincrement(),
    post: () => p.manyToOne(Post).joinColumn("post_id"),
    body: p.text(),
    createdAt: instant(),
  },
});

export const Tag: any = defineEntity({
  name: "Tag",
  tableName: "tags",
  properties: { id: p.integer().primary().autoincrement(), label: p.text() },
});

export const Note: any = defineEntity({
  name: "Note",
  tableName: "notes",
  properties: {
    id: p.integer().primary().autoincrement(),
    userId: p.integer(),
    body: p.text(),
    isOpen: p.boolean(),
    createdAt: instant(),
  },
});

export const Setting: any = defineEntity({
  name: "Setting",
  tableName: "settings",
  properties: { name: p.string().primary(), value: p.text() },
});

const kinds: Readonly<Record<string, () => any>> = {
  integer: p.integer,
  text: p.text,
  flag: p.boolean,
  instant,
  document: p.json,
  number: p.double,
};

export const Wide: any = defineEntity({
  name: "Wide",
  tableName: "wide",
  properties: {
    id: p.integer().primary().autoincrement(),
    ...Object.fromEntries(
      wideColumns.map(({ name, kind, nullable }) => {
        const column = kinds[kind]!().name(name);
        return [camelCase(name), nullable ? column.nullable() : column];
      }),
    ),
  },
});

export const entities = [User, Post, Comment, Tag, Note, Setting, Wide];
