import type { Adapter } from "../adapter/adapter.ts";
import { col } from "../model/col.ts";
import { createSchema } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { defineRelations } from "../model/define-relations.ts";
import { createDatabase } from "../runtime/create-database.ts";

export interface Settings {
  theme: "light" | "dark";
}

export const User = defineModel("users", {
  columns: {
    id: col.increment(),
    name: col.string({ nullable: false }),
    email: col.string({ nullable: false, unique: true }),
    bio: col.text(),
    status: col.enum(["active", "blocked"], { nullable: false, default: "active" }),
    isAdmin: col.boolean({ nullable: false, default: false }),
    settings: col.json<Settings>(),
    balance: col.decimal({ mode: "string", precision: 20, scale: 4 }),
    visits: col.bigInteger(),
    avatar: col.binary(),
    bornOn: col.date({ as: "string" }),
    createdAt: col.datetime({ nullable: false, autoCreate: true }),
    deletedAt: col.softDeletes(),
  },
});

/** A second model on the table of `User`. */
export const Member = defineModel("users", {
  columns: { id: col.increment(), name: col.string({ nullable: false }) },
});

export const Profile = defineModel("profiles", {
  columns: { id: col.increment(), userId: col.integer({ nullable: false }), city: col.string() },
});

export const Post = defineModel("posts", {
  columns: {
    id: col.increment(),
    userId: col.integer({ nullable: false }),
    editorId: col.integer(),
    title: col.string({ nullable: false }),
    views: col.integer({ nullable: false, default: 0 }),
    price: col.decimal({ mode: "string" }),
    publishedAt: col.datetime(),
  },
});

export const Comment = defineModel("comments", {
  columns: {
    id: col.increment(),
    postId: col.integer({ nullable: false }),
    parentId: col.integer(),
    body: col.text({ nullable: false }),
  },
});

export const Role = defineModel("roles", {
  columns: { id: col.uuid({ primaryKey: true }), title: col.string({ nullable: false }) },
});

export const RoleUser = defineModel("role_user", {
  columns: {
    userId: col.integer({ nullable: false }),
    roleId: col.uuid({ nullable: false }),
    assignedAt: col.datetime(),
    level: col.integer({ nullable: false, default: 1 }),
  },
  primaryKey: ["userId", "roleId"],
});

export const schema = createSchema(
  { users: User, members: Member, profiles: Profile, posts: Post, comments: Comment, roles: Role, roleUsers: RoleUser },
  {
    users: defineRelations(User, ({ hasMany, hasOne, manyToMany }) => ({
      profile: hasOne(Profile, { foreignKey: "userId" }),
      posts: hasMany(Post, { foreignKey: "userId" }),
      roles: manyToMany(Role, { through: RoleUser, leftForeignKey: "userId", rightForeignKey: "roleId" }),
      grants: manyToMany(Role, {
        through: RoleUser,
        leftForeignKey: "userId",
        rightForeignKey: "roleId",
        pivot: ["assignedAt", "level"],
      }),
    })),
    members: defineRelations(Member, ({ hasMany }) => ({ writings: hasMany(Post, { foreignKey: "userId" }) })),
    posts: defineRelations(Post, ({ belongsTo, hasMany }) => ({
      author: belongsTo(User, { foreignKey: "userId", nullable: false }),
      editor: belongsTo(User, { foreignKey: "editorId" }),
      comments: hasMany(Comment, { foreignKey: "postId" }),
    })),
    comments: defineRelations(Comment, ({ belongsTo, hasMany }) => ({
      post: belongsTo(Post, { foreignKey: "postId", nullable: false }),
      parent: belongsTo(Comment, { foreignKey: "parentId" }),
      replies: hasMany(Comment, { foreignKey: "parentId" }),
    })),
  },
);

export declare const adapter: Adapter<never>;
export const db = createDatabase(schema, adapter);
