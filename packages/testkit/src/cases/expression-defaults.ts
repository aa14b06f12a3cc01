import { col, createSchema, defineModel, sqlDefault } from "@mortise/core";
import { expect } from "vitest";
import { requires, suite, type Fixture } from "../suite.ts";

const GaugeTable = defineModel("gauges", {
  columns: {
    id: col.increment(),
    name: col.string({ nullable: false }),
    reading: col.integer({ nullable: false, default: sqlDefault("2 + 3") }),
  },
});
const schema = createSchema({ gauges: GaugeTable });
const Gauge = schema.gauges;
const gauges: Fixture<typeof schema> = { schema, seed: () => Promise.resolve() };

export const expressionDefaults = suite("defaults by expression", gauges, {
  "the database computes what nobody gave": requires("raw", async ({ db }) => {
    expect(await db.from(Gauge).insert({ name: "a" })).toEqual({ id: 1, name: "a", reading: 5 });
    const rows = await db.from(Gauge).insertMany([{ name: "b", reading: 1 }, { name: "c" }]);
    expect(rows.map(({ reading }) => reading)).toEqual([1, 5]);
  }),
});
