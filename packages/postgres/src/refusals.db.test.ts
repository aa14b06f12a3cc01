import {
  col,
  ConnectionError,
  createDatabase,
  createSchema,
  DeadlockError,
  defineModel,
  InvalidValueError,
  PoolTimeoutError,
  SerializationError,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import { definitionRefusals } from "../../testkit/src/refusals/definition-refusals.ts";
import { morphRefusals } from "../../testkit/src/refusals/morph-refusals.ts";
import { queryRefusals } from "../../testkit/src/refusals/query-refusals.ts";
import { expectRefusal } from "../../testkit/src/refusals/refusal.ts";
import { schemaRefusals } from "../../testkit/src/refusals/schema-refusals.ts";
import { transactionRefusals } from "../../testkit/src/refusals/transaction-refusals.ts";
import { relatedRefusals } from "../../testkit/src/refusals/related-refusals.ts";
import { writeRefusals } from "../../testkit/src/refusals/write-refusals.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgres, type PostgresOptions } from "./index.ts";
import { onServers, openNamespace, type Namespace } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const Account = defineModel("accounts", { columns: { id: col.integer({ primaryKey: true }), amount: col.integer() } });
const schema = createSchema({ accounts: Account });

definitionRefusals();
morphRefusals();

onServers((server) => {
  const target = targetOn(server);
  schemaRefusals(target);
  queryRefusals(target);
  writeRefusals(target);
  relatedRefusals(target);
  transactionRefusals(target);

  describe("a connection", () => {
    const connecting = (change: (url: URL) => void) => {
      const url = new URL(server.url);
      change(url);
      return createDatabase(schema, postgres({ connectionString: url.href })).ping();
    };
    const refused = { type: ConnectionError, code: "CONNECTION" } as const;
    it("to a port where nobody listens", () =>
      expectRefusal({
        ...refused,
        act: () => connecting((url) => (url.port = "1")),
        says: "PostgreSQL at 127.0.0.1:1 refuses connections: is it running, and are host and port right?",
      }));
    it("to a database that is not there", () =>
      expectRefusal({
        ...refused,
        act: () => connecting((url) => (url.pathname = "/nowhere")),
        says: /^PostgreSQL at 127\.0\.0\.1:\d+ has no database "nowhere"\.$/,
      }));
    it("to a host that does not exist", () =>
      expectRefusal({
        ...refused,
        act: () => connecting((url) => (url.hostname = "nowhere.invalid")),
        says: /^PostgreSQL at nowhere\.invalid:\d+ is not known by this name/,
      }));
    it("that takes longer than the pool waits", async () => {
      await using db = createDatabase(
        schema,
        postgres({ connectionString: server.url, pool: { max: 1, acquireTimeoutMillis: 500 } }),
      );
      await using held = await db.begin();
      await held.raw("select 1");
      await expectRefusal({
        type: PoolTimeoutError,
        code: "POOL_TIMEOUT",
        act: () => db.raw("select 1"),
        says: /^No connection became free within 500 ms: all 1 of the pool are in use\./,
      });
    });
  });

  describe("concurrency", () => {
    let namespace: Namespace;
    const open = () => createDatabase(schema, namespace.adapter());
    beforeAll(async () => {
      namespace = await openNamespace(server);
      await using db = open();
      await push(db);
      await db.from(Account).insertMany([1, 2].map((id) => ({ id, amount: 0 })));
    });
    afterAll(() => namespace.remove());
    const crossing = (tx: Pick<ReturnType<typeof open>, "from">, id: number) =>
      tx.from(Account).where("id", id).increment("amount", 1);

    it("ends one of two transactions that wait for each other", async () => {
      await using db = open();
      const [one, two] = [await db.begin(), await db.begin()];
      await crossing(one, 1);
      await crossing(two, 2);
      const settled = await Promise.allSettled([crossing(one, 2), crossing(two, 1)]);
      await Promise.all([one.rollback(), two.rollback()]);
      const errors = settled.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(errors).toHaveLength(1);
      expect(errors[0]).toBeInstanceOf(DeadlockError);
    });

    it("orders transactions that only look serialisable, by running one again", async () => {
      await using db = open();
      const isolation = { isolation: "serializable" };
      const [one, two] = [await db.begin(isolation), await db.begin(isolation)];
      for (const tx of [one, two]) await tx.from(Account).sum("amount");
      await crossing(one, 1);
      await crossing(two, 2);
      await one.commit();
      await expect(two.commit()).rejects.toBeInstanceOf(SerializationError);
      const add = (id: number) =>
        db.transaction(
          async (tx) => {
            const sum = await tx.from(Account).sum("amount");
            await tx
              .from(Account)
              .where("id", id)
              .update({ amount: Number(sum) + 1 });
          },
          { ...isolation, retry: 20 },
        );
      await Promise.all([add(1), add(2), add(1), add(2)]);
    });
  });

  it.each([{ statementTimeout: 0 }, { statementTimeout: 1.5 }, { pool: { max: 0 } }])(
    "takes only options that make sense: %j",
    (options: PostgresOptions) => {
      expect(() => postgres(options)).toThrow(InvalidValueError);
    },
  );
});
