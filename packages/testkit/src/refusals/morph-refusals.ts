import { col, createSchema, defineModel, defineRelations, SchemaError } from "@mortise/core";
import { describe, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import { expectRefusal } from "./refusal.ts";

const Post = defineModel("posts", { columns: { id: col.increment(), text: col.text() } });
const Clip = defineModel("clips", { columns: { id: col.increment() }, options: { morphName: "posts" } });
const Typed = defineModel("typed", { columns: { id: col.increment(), type: col.text() } });
const Note = defineModel("notes", {
  columns: {
    id: col.increment(),
    onType: col.string({ length: 4 }),
    onId: col.integer(),
    byType: col.string(),
    byId: col.integer(),
    postId: col.integer(),
    clipId: col.integer(),
    firstId: col.integer({ nullable: false }),
  },
});
const models = { posts: Post, clips: Clip, typed: Typed, notes: Note };

/** A `morphTo` that nobody's compiler looked at. */
const morphTo = (options: object) =>
  createSchema(models, {
    notes: defineRelations(Note, (helpers) => ({ it: helpers.morphTo(untrusted(options)) })),
  });
const morphMany = (options: object) =>
  createSchema(models, {
    posts: defineRelations(Post, (helpers) => ({ it: helpers.morphMany(Note, untrusted(options)) })),
  });
const arc = { post: "postId", clip: "clipId" };
const targets = { post: Post, clip: Clip };

const mistakes: Readonly<Record<string, () => unknown>> = {
  'The relation morphMany of model "posts" needs "name".': () => morphMany({}),
  '"typeColumn" of the relation morphMany of model "posts" names the column "aboutType", which model "notes" does not have. It has: id, onType, onId, byType, byId, postId, clipId, firstId.':
    () => morphMany({ name: "about" }),
  'The column "onType" of model "notes" cannot hold the type "posts" that the relation "it" of model "posts" stores in it. Make it a col.string, or a col.enum with that value, without callbacks.':
    () => morphMany({ name: "on" }),
  'The relation morphTo of model "notes" needs "targets".': () => morphTo({ name: "by" }),
  'The relation morphTo of model "notes" needs "name".': () => morphTo({ targets: { post: Post } }),
  'The target "post" of the relation morphTo of model "notes" was given something that is not a model. Make models with defineModel.':
    () => morphTo({ name: "by", targets: { post: "posts" } }),
  'The target "typed" of the relation morphTo of model "notes" has a column "type", where its rows show which target they are. Give the column of model "typed" another name with `databaseName: "type"`.':
    () => morphTo({ name: "by", targets: { typed: Typed } }),
  'The targets "post" and "clip" of the relation "it" of model "notes" are both stored as "posts". Give model "clips" another options.morphName.':
    () => morphTo({ name: "by", targets }),
  'The relation "it" of model "notes" stores which model it leads to, so that no foreign key can hold it to one. Leave `constraint` out, or use an arc.':
    () => morphTo({ name: "by", targets: { post: Post }, constraint: true }),
  '"arc" of the relation morphTo of model "notes" needs a column for each of its targets, and there must be two or more: post, clip.':
    () => morphTo({ targets, arc: { post: "postId" } }),
  '"arc.clip" of the relation morphTo of model "notes" names the column "nope", which model "notes" does not have. It has: id, onType, onId, byType, byId, postId, clipId, firstId.':
    () => morphTo({ targets, arc: { post: "postId", clip: "nope" } }),
  'Column "firstId" of model "notes" is a key of the arc "it", so that it must be nullable and belong to one target only.':
    () => morphTo({ targets, arc: { post: "postId", clip: "firstId" } }),
  'Column "postId" of model "notes" is a key of the arc "it", so that it must be nullable and belong to one target only.':
    () => morphTo({ targets, arc: { post: "postId", clip: "postId" } }),
  '"constraint" of the arc "it" of model "notes" is true, or has onDelete (cascade, restrict, no action) and deferrable: a key that is set to null would leave the row without its target.':
    () => morphTo({ targets, arc, constraint: { onDelete: "set null" } }),
};

/** Polymorphic relations that do not fit their models are told where they meet. */
export function morphRefusals(): void {
  describe("a polymorphic relation", () => {
    it.each(Object.keys(mistakes))("%s", async (says) => {
      await expectRefusal({ act: () => mistakes[says]?.(), type: SchemaError, code: "SCHEMA", says });
    });
  });
}
