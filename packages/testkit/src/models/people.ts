import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const PersonTable = defineModel("people", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    name: col.string({ nullable: false }),
    managerId: col.integer(),
  },
});
const FriendshipTable = defineModel("friendships", {
  columns: {
    personId: col.integer({ nullable: false }),
    friendId: col.integer({ nullable: false }),
    since: col.integer(),
  },
  primaryKey: ["personId", "friendId"],
});

export const peopleSchema = createSchema(
  { people: PersonTable, friendships: FriendshipTable },
  {
    people: defineRelations(PersonTable, ({ belongsTo, hasMany, manyToMany }) => ({
      manager: belongsTo(PersonTable, { foreignKey: "managerId" }),
      reports: hasMany(PersonTable, { foreignKey: "managerId" }),
      friends: manyToMany(PersonTable, {
        through: FriendshipTable,
        leftForeignKey: "personId",
        rightForeignKey: "friendId",
        pivot: ["since"],
      }),
      friendOf: manyToMany(PersonTable, {
        through: FriendshipTable,
        leftForeignKey: "friendId",
        rightForeignKey: "personId",
      }),
    })),
  },
);
export const { people: Person, friendships: Friendship } = peopleSchema;

/** Root leads Mid, who leads Leaf and Twin; Loop leads itself. Leaf and Twin are friends, Root admires Leaf. */
export const people: Fixture<typeof peopleSchema> = {
  schema: peopleSchema,
  async seed(db) {
    await db.from(Person).insertMany([
      { id: 1, name: "Root" },
      { id: 2, name: "Mid", managerId: 1 },
      { id: 3, name: "Leaf", managerId: 2 },
      { id: 4, name: "Twin", managerId: 2 },
      { id: 5, name: "Loop", managerId: 5 },
    ]);
    await db.from(Friendship).insertMany([
      { personId: 3, friendId: 4, since: 2001 },
      { personId: 4, friendId: 3, since: 2002 },
      { personId: 1, friendId: 3 },
      { personId: 5, friendId: 5, since: 1999 },
    ]);
  },
};
