import { col, defineModel } from "@mortise/core";

export const Tag = defineModel("tags", {
  columns: { id: col.increment(), label: col.string({ nullable: false, unique: true }) },
});

/** The pivot between posts and tags is a model like any other. */
export const PostTag = defineModel("post_tags", {
  columns: { postId: col.integer({ nullable: false }), tagId: col.integer({ nullable: false }) },
  primaryKey: ["postId", "tagId"],
});
