import { CheckViolationError, QueryError } from "@mortise/core";
import { expectRefusal, openShop, runRefusals } from "@mortise/testkit";
import { describe, expect, it } from "vitest";
import { onServer } from "./test-database.fixture.ts";
import { serverTarget } from "./target.fixture.ts";

const exclusions = {
  "that breaks a check says which": "a validator does not say which of its rules a document breaks",
  "that breaks a foreign key says so, from either end": "MongoDB has no foreign keys",
};

onServer((open) => {
  runRefusals({ ...serverTarget(), exclusions });

  describe("a write to a collection", () => {
    it("that breaks its validator says so", async () => {
      const { db, customers } = await openShop(open);
      await customers.insert({ id: 1, email: "a", age: 30 });
      await expectRefusal({
        act: () => customers.where("id", 1).update({ age: 17 }),
        type: CheckViolationError,
        code: "CHECK_VIOLATION",
        says: "A document of customers breaks its validator.",
        has: { table: "customers", model: "customers" },
      });
      expect(await customers.value("age")).toBe(30);
      await db.close();
    });
  });
  describe("a query", () => {
    it("that the server refuses shows its command, and no value", async () => {
      const { db, customers } = await openShop(open);
      await customers.insert({ email: "a secret value" });
      const failed = await expectRefusal({
        act: () => customers.where("email", "regexp", "(a secret value").many(),
        type: QueryError,
        code: "QUERY_FAILED",
        says: /^MongoDB refused the command with code \d+\. The statement was: db\.customers\.aggregate\(\[.*\?1.*\]\)$/,
        has: { model: "customers" },
      });
      expect(failed.cause).toBeInstanceOf(Error);
      expect(failed.message).not.toContain("secret");
      await db.close();
    });
  });
});
