import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

/** What hooks did, and the tenant that their conditions let through. */
export const hooked = { tenant: 1, calls: [] as string[] };

const later = () => new Promise<void>((resolve) => setTimeout(resolve));

const AccountTable = defineModel("accounts", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    tenantId: col.integer({ nullable: false }),
    name: col.string({ nullable: false }),
    visits: col.integer({ nullable: false, default: 0 }),
  },
  hooks: {
    async beforeFetch(query) {
      hooked.calls.push("accounts.beforeFetch");
      await later();
      query.where("tenant_id", hooked.tenant).orWhere("tenantId", 0);
    },
    async afterFetch(rows) {
      hooked.calls.push("accounts.afterFetch");
      await later();
      return rows.filter((row) => row.name !== "hidden");
    },
    beforeUpdate(query) {
      hooked.calls.push("accounts.beforeUpdate");
      query.where("tenantId", hooked.tenant);
    },
    async beforeDelete(query) {
      hooked.calls.push("accounts.beforeDelete");
      await later();
      query.where("tenantId", hooked.tenant);
    },
  },
});
/** A copy, as hooks make them; a query need not have selected the column. */
function inCents<T extends { total: number }>(row: T): T {
  return row.total === undefined ? { ...row } : { ...row, total: row.total * 100 };
}

const InvoiceTable = defineModel("invoices", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    accountId: col.integer(),
    tenantId: col.integer({ nullable: false }),
    total: col.integer({ nullable: false }),
  },
  hooks: {
    beforeFetch(query) {
      query.whereColumn("tenantId", "=", "tenantId").where("tenantId", hooked.tenant);
    },
    afterFetch: (rows) => rows.filter(({ total }) => total !== 7).map(inCents),
  },
});
const NoteTable = defineModel("notes", {
  columns: {
    id: col.increment(),
    text: col.string({ nullable: false, unique: true }),
    by: col.string(),
    rank: col.integer(),
  },
  hooks: {
    async beforeInsert(data) {
      hooked.calls.push(`notes.beforeInsert ${data.text}`);
      await later();
      data.by ??= "hook";
      if (data.text !== undefined) data.text = data.text.trim();
    },
  },
});
const BatchTable = defineModel("batches", {
  columns: { id: col.increment(), text: col.string({ nullable: false }), rank: col.integer() },
  hooks: {
    beforeInsert(data) {
      data.rank = -1;
    },
    async beforeInsertMany(rows) {
      await later();
      for (const [at, row] of rows.entries()) row.rank = at;
    },
  },
});

export const tenantsSchema = createSchema(
  { accounts: AccountTable, invoices: InvoiceTable, notes: NoteTable, batches: BatchTable },
  {
    accounts: defineRelations(AccountTable, ({ hasMany }) => ({
      invoices: hasMany(InvoiceTable, { foreignKey: "accountId" }),
    })),
    invoices: defineRelations(InvoiceTable, ({ belongsTo }) => ({
      account: belongsTo(AccountTable, { foreignKey: "accountId" }),
    })),
  },
);
export const { accounts: Account, invoices: Invoice, notes: Note, batches: Batch } = tenantsSchema;

/** Tenant 1 sees accounts 1, 2 and the shared 4; tenant 2 account 3 and the shared one. Account 2 is hidden by name. */
export const tenants: Fixture<typeof tenantsSchema> = {
  schema: tenantsSchema,
  async seed(db) {
    hooked.tenant = 1;
    await db.from(Account).insertMany([
      { id: 1, tenantId: 1, name: "one", visits: 1 },
      { id: 2, tenantId: 1, name: "hidden", visits: 10 },
      { id: 3, tenantId: 2, name: "other", visits: 100 },
      { id: 4, tenantId: 0, name: "shared", visits: 1000 },
    ]);
    await db.from(Invoice).insertMany([
      { id: 1, accountId: 1, tenantId: 1, total: 5 },
      { id: 2, accountId: 1, tenantId: 2, total: 7 },
      { id: 3, accountId: 3, tenantId: 1, total: 11 },
      { id: 4, accountId: 4, tenantId: 1, total: 13 },
    ]);
    hooked.calls = [];
  },
};
