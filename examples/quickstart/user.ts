import { col, defineModel } from "@mortise/core";

export const User = defineModel("users", {
  columns: {
    id: col.increment(),
    name: col.string({ nullable: false }),
    email: col.string({ nullable: false }),
    createdAt: col.datetime({ nullable: false, autoCreate: true }),
  },
  uniques: [["email"]],
});
