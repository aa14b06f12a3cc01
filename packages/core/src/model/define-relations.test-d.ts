import { test } from "vitest";
import { Comment, Post, Profile, Role, RoleUser, User } from "../types/shop.fixture.ts";
import { createSchema } from "./create-schema.ts";
import { defineRelations } from "./define-relations.ts";

test("hasOne and hasMany take the key of the target", () => {
  defineRelations(User, ({ hasMany, hasOne }) => ({
    posts: hasMany(Post, { foreignKey: "userId", localKey: "id" }),
    pairs: hasMany(Post, { foreignKey: ["userId", "title"], localKey: ["id", "name"] }),
    profile: hasOne(Profile, { foreignKey: "userId", orderBy: ["city", "desc"] }),
    first: hasOne(Post, { foreignKey: "userId", orderBy: "title" }),
  }));
  // @ts-expect-error -- a column of the source, not of the target
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "email" }) }));
  // @ts-expect-error -- a column of the target where one of the source is asked
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId", localKey: "title" }) }));
  // @ts-expect-error -- the key is needed
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, {}) }));
  // @ts-expect-error -- one of a list is wrong
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: ["userId", "nope"] }) }));
  // @ts-expect-error -- no such column on the target
  defineRelations(User, ({ hasOne }) => ({ profile: hasOne(Profile, { foreignKey: "ownerId" }) }));
  // @ts-expect-error -- ordered by a column of the source
  defineRelations(User, ({ hasOne }) => ({ profile: hasOne(Profile, { foreignKey: "userId", orderBy: "email" }) }));
  // @ts-expect-error -- a database name is no property
  defineRelations(User, ({ hasOne }) => ({ profile: hasOne(Profile, { foreignKey: "user_id" }) }));
  // @ts-expect-error -- models are references, never names
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany("posts", { foreignKey: "userId" }) }));
  // @ts-expect-error -- nor functions
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(() => Post, { foreignKey: "userId" }) }));
  // @ts-expect-error -- a constraint belongs to the side with the key
  defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId", constraint: true }) }));
});

test("belongsTo takes the key of the source", () => {
  defineRelations(Post, ({ belongsTo }) => ({
    author: belongsTo(User, {
      foreignKey: "userId",
      ownerKey: "id",
      nullable: false,
      constraint: { onDelete: "cascade" },
    }),
    editor: belongsTo(User, { foreignKey: "editorId", constraint: true }),
  }));
  // @ts-expect-error -- a column of the target, not of the source
  defineRelations(Post, ({ belongsTo }) => ({ author: belongsTo(User, { foreignKey: "email" }) }));
  // @ts-expect-error -- a column of the source where one of the target is asked
  defineRelations(Post, ({ belongsTo }) => ({ author: belongsTo(User, { foreignKey: "userId", ownerKey: "title" }) }));
  // prettier-ignore
  // @ts-expect-error -- no such action
  defineRelations(Post, ({ belongsTo }) => ({ a: belongsTo(User, { foreignKey: "userId", constraint: { onDelete: "no" } }) }));
  // @ts-expect-error -- the key is needed
  defineRelations(Post, ({ belongsTo }) => ({ author: belongsTo(User, { nullable: false }) }));
});

test("manyToMany takes the keys and columns of the pivot model", () => {
  const keys = { through: RoleUser, leftForeignKey: "userId", rightForeignKey: "roleId" } as const;
  defineRelations(User, ({ manyToMany }) => ({
    roles: manyToMany(Role, keys),
    grants: manyToMany(Role, { ...keys, pivot: ["assignedAt"], localKey: "id", targetKey: "id" }),
  }));
  // @ts-expect-error -- a column of the target, not of the pivot
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { ...keys, leftForeignKey: "title" }) }));
  // @ts-expect-error -- no such column on the pivot
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { ...keys, rightForeignKey: "nope" }) }));
  // @ts-expect-error -- a column of the target, not of the pivot
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { ...keys, pivot: ["title"] }) }));
  // @ts-expect-error -- the pivot is a model
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { ...keys, through: "role_user" }) }));
  // prettier-ignore
  // @ts-expect-error -- the pivot is needed
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { leftForeignKey: "userId", rightForeignKey: "roleId" }) }));
  // @ts-expect-error -- a column of the pivot where one of the source is asked
  defineRelations(User, ({ manyToMany }) => ({ roles: manyToMany(Role, { ...keys, localKey: "level" }) }));
});

test("only helpers make relations", () => {
  // @ts-expect-error -- no such helper
  defineRelations(User, ({ hasSome }) => ({ posts: hasSome(Post) }));
  // @ts-expect-error -- not a model
  defineRelations("users", () => ({}));
  // @ts-expect-error -- a relation is what a helper gives
  defineRelations(User, () => ({ posts: "posts" }));
});

test("whether a belongsTo may lead nowhere is known to the compiler, or refused", () => {
  const perhaps: boolean = Math.random() > 0.5;
  const sometimes: { readonly nullable?: false } = {};
  defineRelations(Comment, ({ belongsTo }) => ({ post: belongsTo(Post, { foreignKey: "postId", nullable: true }) }));
  // @ts-expect-error -- known at run time only
  defineRelations(Comment, ({ belongsTo }) => ({ post: belongsTo(Post, { foreignKey: "postId", nullable: perhaps }) }));
  // @ts-expect-error -- it may lead nowhere where the option is not there
  defineRelations(Comment, ({ belongsTo }) => ({ post: belongsTo(Post, { foreignKey: "postId", ...sometimes }) }));
});

test("a schema takes the relations of its models, by their key", () => {
  const OfUser = defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) }));
  const OfComment = defineRelations(Comment, ({ hasMany }) => ({
    replies: hasMany(Comment, { foreignKey: "parentId" }),
  }));
  createSchema({ users: User, posts: Post, comments: Comment }, { users: OfUser, comments: OfComment });
  createSchema({ users: User });
  // @ts-expect-error -- no model has this key
  createSchema({ users: User, posts: Post }, { people: OfUser });
  // @ts-expect-error -- relations of another model
  createSchema({ users: User, posts: Post }, { posts: OfUser });
  // @ts-expect-error -- relations come from defineRelations
  createSchema({ users: User, posts: Post }, { users: { posts: Post } });
  // @ts-expect-error -- not a model
  createSchema({ users: "users" });
});
