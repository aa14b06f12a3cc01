import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const WordTable = defineModel('wörd "list" `x`', {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    find: col.string(),
    table: col.string(),
    constructor: col.string(),
    toString: col.string(),
    hasOwnProperty: col.string(),
    valueOf: col.integer(),
    prototype: col.integer(),
    order: col.integer(),
    // oxlint-disable-next-line unicorn/no-thenable -- a column may have any name
    then: col.string(),
    where: col.string({ databaseName: "select" }),
    name: col.string({ databaseName: 'quo"ted' }),
    length: col.integer({ databaseName: "back`tick" }),
    columns: col.string({ databaseName: "it's; --" }),
    "größe ☃": col.integer(),
    address2Line: col.string(),
    ownerID: col.integer(),
    $state: col.integer(),
  },
  uniques: [["find"]],
});
const LinkTable = defineModel("order", {
  columns: { from: col.integer({ nullable: false }), to: col.integer({ nullable: false }), group: col.string() },
  primaryKey: ["from", "to"],
});

export const oddSchema = createSchema(
  { constructor: WordTable, links: LinkTable },
  {
    constructor: defineRelations(WordTable, ({ hasMany, manyToMany, belongsTo }) => ({
      owner: belongsTo(WordTable, { foreignKey: "ownerID" }),
      select: hasMany(WordTable, { foreignKey: "ownerID" }),
      'like "that"': manyToMany(WordTable, {
        through: LinkTable,
        leftForeignKey: "from",
        rightForeignKey: "to",
        pivot: ["group"],
      }),
    })),
  },
);
export const Word = oddSchema.constructor;
export const Link = oddSchema.links;

export const wholeWord = {
  id: 1,
  find: "f",
  table: "t",
  constructor: "c",
  toString: "s",
  hasOwnProperty: "h",
  valueOf: 1,
  prototype: 2,
  order: 3,
  // oxlint-disable-next-line unicorn/no-thenable -- a column may have any name
  then: "later",
  where: "w",
  name: "n",
  length: 4,
  columns: "cols",
  "größe ☃": 5,
  address2Line: "a",
  ownerID: 2,
  $state: 6,
};

export const odd: Fixture<typeof oddSchema> = {
  schema: oddSchema,
  async seed(db) {
    // For the compiler every object has a toString that is no text, so it refuses one that leaves the column out.
    await db.from(Word).insertMany([wholeWord, untrusted({ id: 2, find: "g", ownerID: 2 })]);
    await db.from(Link).insert({ from: 1, to: 2, group: "by" });
  },
};
