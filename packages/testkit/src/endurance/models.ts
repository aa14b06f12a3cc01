import { col, createSchema, defineModel } from "@mortise/core";

const AccountTable = defineModel("accounts", {
  columns: { id: col.integer({ primaryKey: true }), amount: col.integer({ nullable: false }) },
});
/** What was done: the key is made by who asks for it, so that he can look whether it happened. */
const TransferTable = defineModel("transfers", {
  columns: { id: col.uuid({ primaryKey: true }) },
});
const EntryTable = defineModel("entries", {
  columns: {
    id: col.increment(),
    label: col.string({ unique: true }),
    n: col.integer({ nullable: false, default: 0 }),
  },
});
const DigitTable = defineModel("digits", { columns: { digit: col.integer({ primaryKey: true }) } });

export const enduranceSchema = createSchema({
  accounts: AccountTable,
  transfers: TransferTable,
  entries: EntryTable,
  digits: DigitTable,
});
export const { accounts: Account, transfers: Transfer, entries: Entry, digits: Digit } = enduranceSchema;
