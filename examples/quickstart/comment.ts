import { col, defineModel } from "@mortise/core";

export const Comment = defineModel("comments", {
  columns: {
    id: col.increment(),
    postId: col.integer({ nullable: false, index: true }),
    userId: col.integer({ nullable: false, index: true }),
    text: col.text({ nullable: false }),
  },
});
