import { expect, test } from "vitest";
import { col } from "../model/col.ts";
import { createSchema, schemaOf } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { defineRelations, type RelationSet } from "../model/define-relations.ts";
import { spelledCheck } from "./arc-check.ts";
import { stateFromSchema } from "./from-schema.ts";

const Post = defineModel("posts", { columns: { id: col.increment() } });
const Room = defineModel("rooms", { columns: { wing: col.string(), no: col.integer() }, primaryKey: ["wing", "no"] });
const Note = defineModel("notes", {
  columns: { id: col.increment(), postId: col.integer(), roomWing: col.string(), roomNo: col.integer() },
});
const targets = { post: Post, room: Room };
const arc = { post: "postId", room: ["roomWing", "roomNo"] } as const;

function notesOf(notes: RelationSet<typeof Note, object>) {
  const schema = createSchema({ posts: Post, rooms: Room, notes: Note }, { notes });
  const { tables } = stateFromSchema(schemaOf(schema));
  const table = tables.find(({ name }) => name === "notes");
  if (table === undefined) throw new Error("no such table");
  return table;
}

test("an arc asks for a foreign key to each target and for a check", () => {
  const { foreignKeys, checks } = notesOf(
    defineRelations(Note, ({ morphTo }) => ({
      on: morphTo({ targets, arc, constraint: { onDelete: "cascade", deferrable: true } }),
    })),
  );
  const acts = { onDelete: "cascade", onUpdate: "no action", deferrable: true };
  expect(foreignKeys).toEqual([
    {
      name: "notes_post_id_foreign",
      columns: ["post_id"],
      references: { table: "posts", namespace: undefined, columns: ["id"] },
      ...acts,
    },
    {
      name: "notes_room_wing_room_no_foreign",
      columns: ["room_wing", "room_no"],
      references: { table: "rooms", namespace: undefined, columns: ["wing", "no"] },
      ...acts,
    },
  ]);
  expect(checks).toEqual([
    {
      name: "notes_on_check",
      expression:
        "case when {0} is null then 0 else 1 end + case when {1} is null and {2} is null then 0 else 1 end = 1" +
        " and ({1} is null and {2} is null or {1} is not null and {2} is not null)",
      columns: ["post_id", "room_wing", "room_no"],
    },
  ]);
});

test("a nullable arc may lead nowhere, and each database quotes the columns as it does", () => {
  const Pin = defineModel("pins", { columns: { id: col.increment(), a: col.integer(), b: col.integer() } });
  const schema = createSchema(
    { posts: Post, pins: Pin },
    {
      pins: defineRelations(Pin, ({ morphTo }) => ({
        on: morphTo({ targets: { one: Post, other: Post }, arc: { one: "a", other: "b" }, nullable: true }),
      })),
    },
  );
  const [check] = stateFromSchema(schemaOf(schema)).tables[1]?.checks ?? [];
  expect(check && spelledCheck(check, (name) => `"${name}"`)).toEqual({
    name: "pins_on_check",
    expression: 'case when "a" is null then 0 else 1 end + case when "b" is null then 0 else 1 end <= 1',
  });
  const own = { name: undefined, expression: "a > {0}" };
  expect(spelledCheck(own, (name) => `"${name}"`)).toEqual(own);
});

test("an arc without targets has those of the belongsTo relations with its keys", () => {
  const related = defineRelations(Note, ({ belongsTo, morphTo }) => ({
    on: morphTo({ arc }),
    post: belongsTo(Post, { foreignKey: "postId", constraint: true }),
    room: belongsTo(Room, { foreignKey: ["roomWing", "roomNo"] }),
  }));
  const { foreignKeys, checks } = notesOf(related);
  expect(foreignKeys.map(({ references }) => references.table)).toEqual(["posts", "rooms"]);
  expect(checks).toHaveLength(1);
  const alone = () =>
    defineRelations(Note, ({ belongsTo, morphTo }) => ({
      on: morphTo({ arc }),
      post: belongsTo(Post, { foreignKey: "postId" }),
    }));
  expect(alone).toThrow(
    'The arc of model "notes" does not say which model "room" is. Give it `targets`, or declare a belongsTo with the same foreignKey beside it.',
  );
});
