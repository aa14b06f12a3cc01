import { col, defineModel } from "@mortise/core";

export const Post = defineModel("posts", {
  columns: {
    id: col.increment(),
    userId: col.integer({ nullable: false, index: true }),
    title: col.string({ nullable: false }),
    body: col.text({ nullable: false }),
    views: col.integer({ nullable: false, default: 0 }),
  },
});
