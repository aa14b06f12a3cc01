import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const PartTable = defineModel("parts", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    parentId: col.integer(),
    title: col.string({ nullable: false, unique: true }),
    size: col.integer({ nullable: false, default: 0 }),
    price: col.decimal({ precision: 10, scale: 2, mode: "string" }),
    isOpen: col.boolean(),
    at: col.datetime(),
    meta: col.json(),
    deletedAt: col.softDeletes(),
  },
});

export const intakeSchema = createSchema(
  { parts: PartTable },
  {
    parts: defineRelations(PartTable, ({ hasMany, morphTo }) => ({
      children: hasMany(PartTable, { foreignKey: "parentId" }),
      about: morphTo({ typeColumn: "title", idColumn: "parentId", targets: { part: PartTable } }),
    })),
  },
);
export const { parts: Part } = intakeSchema;

/** One parent and its child: what a request must not reach by the shape of its body. */
export const intake: Fixture<typeof intakeSchema> = {
  schema: intakeSchema,
  async seed(db) {
    await db.from(Part).insertMany([
      { id: 1, title: "one", size: 1, price: "1.00", isOpen: true, at: new Date(0), meta: { a: 1 } },
      { id: 2, title: "two", parentId: 1 },
    ]);
  },
};
