import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const OrderTable = defineModel("orders", {
  columns: {
    region: col.string({ nullable: false }),
    number: col.integer({ nullable: false }),
    buyer: col.string({ nullable: false }),
  },
  primaryKey: ["region", "number"],
});
const LineTable = defineModel("lines", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    orderRegion: col.string(),
    orderNumber: col.integer(),
    article: col.string({ nullable: false }),
    amount: col.integer({ nullable: false }),
  },
});
const VoucherTable = defineModel("vouchers", {
  columns: {
    kind: col.string({ nullable: false }),
    code: col.integer({ nullable: false }),
    value: col.decimal({ precision: 10, scale: 2, mode: "string", nullable: false }),
  },
  primaryKey: ["kind", "code"],
});
const OrderVoucherTable = defineModel("order_vouchers", {
  columns: {
    region: col.string({ nullable: false }),
    number: col.integer({ nullable: false }),
    kind: col.string({ nullable: false }),
    code: col.integer({ nullable: false }),
    usedOn: col.date({ as: "string" }),
    amount: col.bigInteger({ mode: "bigint" }),
    isFull: col.boolean(),
    at: col.datetime(),
  },
  primaryKey: ["region", "number", "kind", "code"],
});

export const ledgerSchema = createSchema(
  { orders: OrderTable, lines: LineTable, vouchers: VoucherTable, orderVouchers: OrderVoucherTable },
  {
    orders: defineRelations(OrderTable, ({ hasMany, hasOne, manyToMany }) => ({
      lines: hasMany(LineTable, { foreignKey: ["orderRegion", "orderNumber"] }),
      biggest: hasOne(LineTable, { foreignKey: ["orderRegion", "orderNumber"], orderBy: ["amount", "desc"] }),
      vouchers: manyToMany(VoucherTable, {
        through: OrderVoucherTable,
        leftForeignKey: ["region", "number"],
        rightForeignKey: ["kind", "code"],
        pivot: ["usedOn", "amount", "isFull", "at"],
      }),
    })),
    lines: defineRelations(LineTable, ({ belongsTo }) => ({
      order: belongsTo(OrderTable, { foreignKey: ["orderRegion", "orderNumber"] }),
    })),
  },
);
export const { orders: Order, lines: Line, vouchers: Voucher, orderVouchers: OrderVoucher } = ledgerSchema;

/** Keys whose parts, put together carelessly, would be equal: ("a", 11) and ("a1", 1). */
export const ledger: Fixture<typeof ledgerSchema> = {
  schema: ledgerSchema,
  async seed(db) {
    await db.from(Order).insertMany([
      { region: "a", number: 11, buyer: "Ann" },
      { region: "a1", number: 1, buyer: "Bob" },
      { region: "a", number: 1, buyer: "Cid" },
    ]);
    await db.from(Line).insertMany([
      { id: 1, orderRegion: "a", orderNumber: 11, article: "nail", amount: 5 },
      { id: 2, orderRegion: "a", orderNumber: 11, article: "screw", amount: 7 },
      { id: 3, orderRegion: "a1", orderNumber: 1, article: "glue", amount: 1 },
      { id: 4, orderRegion: "a", article: "half a key", amount: 9 },
    ]);
    await db.from(Voucher).insertMany([
      { kind: "x", code: 1, value: "5.00" },
      { kind: "x", code: 2, value: "7.50" },
    ]);
    await db.from(OrderVoucher).insertMany([
      {
        region: "a",
        number: 11,
        kind: "x",
        code: 1,
        usedOn: "2024-02-29",
        amount: 9007199254740993n,
        isFull: true,
        at: new Date("2024-02-29T10:00:00Z"),
      },
      { region: "a", number: 1, kind: "x", code: 1, isFull: false },
      { region: "a", number: 11, kind: "x", code: 2 },
    ]);
  },
};
