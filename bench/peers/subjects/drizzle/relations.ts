import type { Drizzle } from "./calls.ts";
import { withTags } from "./calls.ts";
import type { Tables } from "./tables.ts";

type Relational = NonNullable<Drizzle["relations"]>;

/** The relations of Drizzle 0.45, which are part of the schema. */
export function relationsOf(relations: any, { users, posts, comments, postTags, tags }: Tables): object {
  return {
    usersRelations: relations(users, ({ many }: any) => ({ posts: many(posts) })),
    postsRelations: relations(posts, ({ one, many }: any) => ({
      user: one(users, { fields: [posts.userId], references: [users.id] }),
      comments: many(comments),
      postTags: many(postTags),
    })),
    commentsRelations: relations(comments, ({ one }: any) => ({
      post: one(posts, { fields: [comments.postId], references: [posts.id] }),
    })),
    tagsRelations: relations(tags, ({ many }: any) => ({ postTags: many(postTags) })),
    postTagsRelations: relations(postTags, ({ one }: any) => ({
      post: one(posts, { fields: [postTags.postId], references: [posts.id] }),
      tag: one(tags, { fields: [postTags.tagId], references: [tags.id] }),
    })),
  };
}

/** The relational queries of Drizzle 0.45. */
export function relationalQueries(
  db: any,
  { users, posts, comments, postTags }: Tables,
  { asc, gte, sql }: any,
  prepared: boolean,
): Relational {
  const nested = (first: unknown, limit: number) =>
    db.query.users.findMany({
      where: gte(users.id, first),
      orderBy: asc(users.id),
      limit,
      with: { posts: { orderBy: asc(posts.id), with: { comments: { orderBy: asc(comments.id) } } } },
    });
  const tagged = (first: unknown) =>
    db.query.posts.findMany({
      where: gte(posts.id, first),
      orderBy: asc(posts.id),
      limit: 20,
      with: { postTags: { columns: {}, orderBy: asc(postTags.tagId), with: { tag: true } } },
    });
  if (!prepared) {
    return {
      nested: (count) => (first: number) => nested(first, count),
      manyToMany: () => async (first: number) => withTags(await tagged(first)),
    };
  }
  const place = sql.placeholder("first");
  return {
    nested: (count) => {
      const statement = nested(place, count).prepare(`nested_${count}`);
      return (first: number) => statement.execute({ first });
    },
    manyToMany: () => {
      const statement = tagged(place).prepare("many_to_many");
      return async (first: number) => withTags(await statement.execute({ first }));
    },
  };
}

/** The relations of Drizzle 1.0. */
export function relationsV1(defineRelations: any, tables: Tables): object {
  return defineRelations(tables, (is: any) => ({
    users: { posts: is.many.posts({ from: is.users.id, to: is.posts.userId }) },
    posts: {
      comments: is.many.comments({ from: is.posts.id, to: is.comments.postId }),
      tags: is.many.tags({ from: is.posts.id.through(is.postTags.postId), to: is.tags.id.through(is.postTags.tagId) }),
    },
  }));
}

/** The relational queries of Drizzle 1.0. */
export function relationalQueriesV1(db: any, { sql }: any, prepared: boolean): Relational {
  const nested = (first: unknown, limit: number) =>
    db.query.users.findMany({
      where: { id: { gte: first } },
      orderBy: { id: "asc" },
      limit,
      with: { posts: { orderBy: { id: "asc" }, with: { comments: { orderBy: { id: "asc" } } } } },
    });
  const tagged = (first: unknown) =>
    db.query.posts.findMany({
      where: { id: { gte: first } },
      orderBy: { id: "asc" },
      limit: 20,
      with: { tags: { orderBy: { id: "asc" } } },
    });
  if (!prepared) {
    return {
      nested: (count) => (first: number) => nested(first, count),
      manyToMany: () => (first: number) => tagged(first),
    };
  }
  const place = sql.placeholder("first");
  return {
    nested: (count) => {
      const statement = nested(place, count).prepare(`nested_${count}`);
      return (first: number) => statement.execute({ first });
    },
    manyToMany: () => {
      const statement = tagged(place).prepare("many_to_many");
      return (first: number) => statement.execute({ first });
    },
  };
}
