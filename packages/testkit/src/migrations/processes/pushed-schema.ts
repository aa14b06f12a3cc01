import { col, createSchema, defineModel, type AnySchema } from "@mortise/core";

const id = col.increment();
const length = 20;

/** Tables that several processes push at once. */
export const pushedTables = 5;

const several = createSchema(
  Object.fromEntries(
    Array.from({ length: pushedTables }, (_, at) => [
      `pushed_${at}`,
      defineModel(`pushed_${at}`, { columns: { id, name: col.string({ unique: true }) } }),
    ]),
  ),
);

const first = createSchema({
  users: defineModel("users", {
    columns: { id, name: col.string({ length }), email: col.string({ length, unique: true }) },
  }),
  posts: defineModel("posts", { columns: { id, title: col.string({ length }), userId: col.integer() } }),
});

const second = createSchema({
  users: defineModel("users", {
    columns: {
      id,
      fullName: col.string({ length, renamedFrom: "name" }),
      email: col.string({ length, unique: true }),
      age: col.integer(),
    },
    indexes: [["age"]],
  }),
  posts: defineModel("posts", {
    columns: { id, title: col.string({ length: 60, nullable: false, default: "none" }), userId: col.integer() },
    foreignKeys: [{ columns: ["userId"], references: { table: "users", columns: ["id"] } }],
  }),
});

const third = createSchema({
  users: defineModel("users", {
    columns: { id, fullName: col.string({ length }), email: col.string({ length, nullable: false, default: "" }) },
  }),
  notes: defineModel("notes", {
    columns: { id, title: col.string({ length: 60, nullable: false, default: "none" }), userId: col.bigInteger() },
    options: { renamedFrom: "posts" },
    indexes: [["title", "userId"]],
  }),
});

/** Schemas to push: many tables at once, and one schema that grows, is renamed and shrinks. */
export const pushedSchemas: Readonly<Record<"several" | "first" | "second" | "third", AnySchema>> = {
  several,
  first,
  second,
  third,
};
