import { InvalidQueryError, InvalidValueError, NPlusOneError } from "@mortise/core";
import { describe, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { expectRefusal, type Refusal } from "./refusal.ts";
import { openShop, type Shop } from "./shop.ts";

type Said = Omit<Refusal, "act">;

const value = (says: string, column?: string): Said => ({
  type: InvalidValueError,
  code: "INVALID_VALUE",
  says,
  has: column === undefined ? {} : { column },
});
const query = (says: string): Said => ({ type: InvalidQueryError, code: "INVALID_QUERY", says });

/** Writes and loads through one row's relations that must be refused, with their sentences. */
const cases: Readonly<Record<string, (shop: Shop) => Promise<unknown>>> = {
  "needs a row that tells its model": async ({ db, customers }) => {
    const stored = await customers.insert({ email: "a" });
    const says =
      "needs a row that was read through a model of this schema: a plain copy does not tell whose row it is.";
    await expectRefusal({ ...value(`db.related ${says}`), act: () => db.related(untrusted({ ...stored }), "orders") });
    await expectRefusal({
      ...value(`loadInto ${says}`),
      act: () => db.loadInto([untrusted({ ...stored })], untrusted("orders")),
    });
    const keyless = await customers.select("email").oneOrFail();
    await expectRefusal({
      ...query('db.related of "orders" needs the column "id" of the row of model "customers". Select it too.'),
      act: () => db.related(keyless, "orders"),
    });
  },
  "writes what its kind of relation has a meaning for": async ({ db, customers, orders }) => {
    const customer = await customers.insert({ email: "a" });
    const order = await orders.insert({ total: "1.00" });
    await expectRefusal({
      ...value(
        'Column "customerId" of model "orders" is set by the relation, and the data says something else. Leave it out.',
        "customerId",
      ),
      act: () => db.related(customer, "orders").insert({ customerId: customer.id + 1 }),
    });
    await expectRefusal({
      ...query(
        'insert cannot go through the relation "customer" of model "orders". The row itself holds the key: use associate or dissociate, and insert the other row through its own model.',
      ),
      act: () => db.related(order, "customer").insert({ email: "b" }),
    });
    await expectRefusal({
      ...query(
        'truncate cannot go through the relation "orders" of model "customers". Its rows point at this one: use insert, update and delete.',
      ),
      act: () => db.related(customer, "orders").truncate(),
    });
    await expectRefusal({
      ...value(
        'The relation "customer" takes rows of model "customers" by their key (id): a value, a row, or an object with it.',
        "id",
      ),
      act: () => db.related(order, "customer").associate(untrusted({ $ne: null })),
    });
  },
  "takes nested rows that fit": async ({ customers, orders }) => {
    await expectRefusal({
      ...value('"orders" of model "customers" takes a list of rows in an insert.'),
      act: () => customers.insert(untrusted({ email: "x", orders: { total: "1.00" } })),
    });
    await expectRefusal({
      ...value('Column "customerId" of model "orders" is set by the row above. Leave it out.', "customerId"),
      act: () => customers.insert(untrusted({ email: "x", orders: [{ customerId: 1 }] })),
    });
    await expectRefusal({
      ...value(
        'Column "customerId" of model "orders" is given twice: by "customer", and by the data or the row above.',
        "customerId",
      ),
      act: () => orders.insert(untrusted({ customerId: 1, customer: { email: "x" } })),
    });
  },
};

export function relatedRefusals(target: Target): void {
  describe("one row's relation", () => {
    for (const [title, run] of Object.entries(cases)) {
      it(title, async () => {
        const shop = await openShop(target.open);
        try {
          await run(shop);
        } finally {
          await shop.db.close();
        }
      });
    }
    it("is not loaded row by row where that was forbidden", async () => {
      const { db, customers } = await openShop(target.open, { nPlusOne: "error" });
      await customers.insertMany([{ email: "a" }, { email: "b" }, { email: "c" }]);
      const [one, two, three] = await customers.orderBy("id").many();
      await one?.$load("orders");
      await two?.$load("orders");
      await expectRefusal({
        type: NPlusOneError,
        code: "N_PLUS_ONE",
        says:
          'The relation "orders" of model "customers" is loaded row by row: 3 rows of one list of 3 had a statement each. ' +
          'Load it for all of them with load("orders") on the query, or with db.loadInto(rows, "orders").',
        act: () => three?.$load("orders"),
      });
      await db.close();
    });
  });
}
