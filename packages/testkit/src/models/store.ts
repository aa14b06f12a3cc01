import { col, createSchema, defineModel } from "@mortise/core";
import type { Fixture } from "../suite.ts";

/** The instant that automatic columns get, so that cases can tell it. */
export const clock = { now: new Date("2024-05-01T00:00:00Z") };

const ProductTable = defineModel("products", {
  columns: {
    id: col.increment(),
    sku: col.string({ nullable: false, unique: true }),
    shop: col.string({ nullable: false, default: "main" }),
    slot: col.integer(),
    name: col.string(),
    stock: col.integer({ nullable: false, default: 0 }),
    price: col.decimal({ precision: 12, scale: 2, mode: "string", nullable: false, default: "1.50" }),
    sold: col.bigInteger({ mode: "bigint", nullable: false, default: 0n }),
    isNew: col.boolean({ nullable: false, default: true }),
    size: col.integer({ nullable: false, default: 5 }),
    tags: col.json<string[]>(),
    token: col.uuid(),
    grade: col.string({ defaultTo: () => "B" }),
    createdAt: col.datetime({ autoCreate: () => clock.now }),
    updatedAt: col.datetime({ autoUpdate: () => clock.now }),
  },
  uniques: [["shop", "slot"]],
  checks: ["stock >= -100"],
});
const EventTable = defineModel("events", {
  columns: {
    id: col.uuid({ primaryKey: true }),
    kind: col.enum(["in", "out"], { nullable: false }),
    size: col.integer(),
  },
});
const CounterTable = defineModel("counters", {
  columns: {
    name: col.primary<string>({ type: "string" }),
    hits: col.integer(),
    total: col.decimal({ precision: 20, scale: 2, mode: "string" }),
    big: col.bigInteger({ mode: "bigint" }),
    ratio: col.double(),
    seenAt: col.datetime(),
  },
});

export const storeSchema = createSchema({ products: ProductTable, events: EventTable, counters: CounterTable });
export const { products: Product, events: Event, counters: Counter } = storeSchema;

/** Empty tables, but for one counter. */
export const store: Fixture<typeof storeSchema> = {
  schema: storeSchema,
  async seed(db) {
    clock.now = new Date("2024-05-01T00:00:00Z");
    await db.from(Counter).insert({ name: "first", hits: 1, total: "0.10", big: 9007199254740993n, ratio: 0.5 });
  },
};
