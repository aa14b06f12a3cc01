import { col, createDatabase, createSchema, defineModel, defineRelations, type DatabaseOptions } from "@mortise/core";
import { push } from "@mortise/migrator";
import type { OpenAdapter } from "../suite.ts";

const Customer = defineModel("customers", {
  columns: {
    id: col.increment(),
    email: col.string({ nullable: false, unique: true }),
    region: col.string({ length: 20 }),
    number: col.integer(),
    age: col.integer(),
    born: col.date(),
    meta: col.json(),
    note: col.text({ databaseName: "the note" }),
    deletedAt: col.softDeletes(),
  },
  uniques: [{ columns: ["region", "number"], name: "one_number_per_region" }],
  checks: [{ expression: "age >= 18", name: "of_age" }],
});
const Order = defineModel("orders", {
  columns: {
    id: col.increment(),
    customerId: col.integer(),
    total: col.decimal({ precision: 10, scale: 2, mode: "string" }),
  },
});
const Log = defineModel("log", { columns: { text: col.text() } });
const Pair = defineModel("pairs", {
  columns: { left: col.integer({ nullable: false }), right: col.integer({ nullable: false }) },
  primaryKey: ["left", "right"],
});
export const Stranger = defineModel("strangers", { columns: { id: col.increment() } });

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Customers and orders with every kind of constraint, to be refused by. */
export async function openShop(open: OpenAdapter, options: DatabaseOptions = {}) {
  const schema = createSchema(
    { customers: Customer, orders: Order, log: Log, pairs: Pair },
    {
      customers: defineRelations(Customer, ({ hasMany }) => ({ orders: hasMany(Order, { foreignKey: "customerId" }) })),
      orders: defineRelations(Order, ({ belongsTo }) => ({
        customer: belongsTo(Customer, { foreignKey: "customerId", constraint: { onDelete: "restrict" } }),
      })),
    },
  );
  const adapter = await open();
  const db = createDatabase(schema, adapter, options);
  await push(db);
  const sent: string[] = [];
  db.on("query", ({ sql }) => void sent.push(sql));
  return {
    db,
    sent,
    adapter,
    schema,
    customers: db.from(schema.customers),
    orders: db.from(schema.orders),
    log: db.from(schema.log),
    pairs: db.from(schema.pairs),
  };
}
