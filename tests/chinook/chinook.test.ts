import { existsSync } from "node:fs";
import { join } from "node:path";
import { ForeignKeyViolationError } from "@mortise/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChinook } from "./question.ts";
import { catalogue } from "./questions/catalogue.ts";
import { customers } from "./questions/customers.ts";
import { playlists } from "./questions/playlists.ts";
import { reading } from "./questions/reading.ts";
import { sales } from "./questions/sales.ts";
import { schema } from "./schema.ts";

const questions = [...catalogue, ...customers, ...sales, ...playlists, ...reading];
const script = join(process.env["CORPUS_DIR"] ?? "", "sqlite/chinook.sql");

describe.skipIf(!existsSync(script))("Chinook (needs CORPUS_DIR with sqlite/chinook.sql)", () => {
  let chinook: ReturnType<typeof openChinook>;
  beforeAll(() => void (chinook = openChinook(script)));
  afterAll(() => chinook.close());

  test.for(questions)("$title", async ({ ask, sql }) => {
    const expected = chinook.select(sql);
    expect(expected).not.toEqual([]);
    expect(await ask(chinook.db)).toEqual(expected);
  });

  test("a sale is stored as Chinook stores it, and taken back", async () => {
    const { Invoice, InvoiceLine } = schema;
    const { db, select } = chinook;
    const counts = "select (select count(*) from Invoice), (select count(*) from InvoiceLine)";
    const before = select(counts);
    await db.transaction(async (tx) => {
      const invoiceDate = new Date("2026-01-31T12:30:00Z");
      await tx.from(Invoice).insert({ invoiceId: 9000, customerId: 1, invoiceDate, total: 2.98 });
      await tx.from(InvoiceLine).insertMany([
        { invoiceLineId: 9000, invoiceId: 9000, trackId: 1, unitPrice: 0.99, quantity: 1 },
        { invoiceLineId: 9001, invoiceId: 9000, trackId: 2, unitPrice: 1.99, quantity: 1 },
      ]);
    });
    expect(
      select(`
        select typeof(Total), Total, InvoiceDate, typeof(UnitPrice), sum(UnitPrice) = Total
        from Invoice join InvoiceLine using (InvoiceId) where InvoiceId = 9000`),
    ).toEqual([["real", 2.98, "2026-01-31 12:30:00", "real", 1]]);
    await expect(db.from(Invoice).where("invoiceId", 9000).delete()).rejects.toBeInstanceOf(ForeignKeyViolationError);
    await db.from(InvoiceLine).where("invoiceId", 9000).delete();
    await db.from(Invoice).where("invoiceId", 9000).maxRows(1).delete();
    expect(select(counts)).toEqual(before);
  });
});
