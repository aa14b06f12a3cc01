import { setTimeout } from "node:timers/promises";
import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  QueryCancelledError,
  QueryTimeoutError,
  type Database,
  type RegistryIn,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { administer, onServers, openNamespace, type Namespace } from "./servers.fixture.ts";

const Item = defineModel("items", { columns: { id: col.increment(), label: col.string() } });
const schema = createSchema({ items: Item });

onServers((server) => {
  const applicationName = `mortise stop ${new URL(server.url).port}`;
  let namespace: Namespace;
  let db: Database<RegistryIn<typeof schema>>;
  beforeAll(async () => {
    namespace = await openNamespace(server);
    db = createDatabase(schema, namespace.adapter({ applicationName, pool: { max: 1 } }));
    await push(db);
    await db.from(Item).insertMany(Array.from({ length: 5000 }, (_, at) => ({ label: `item ${at}` })));
  });
  afterAll(async () => {
    await db.close();
    await namespace.remove();
  });

  const sleeping = () => db.from(Item).where("id", 1).whereRaw("pg_sleep(30) is not null");
  const running = async () => {
    const own = `application_name = '${applicationName}' and state = 'active'`;
    return Number((await administer(server.url, `select count(*) from pg_stat_activity where ${own}`))[0]?.[0]);
  };
  const backend = async () => (await db.raw<{ pid: number }>("select pg_backend_pid() as pid"))[0]?.pid;

  it("stops an aborted query on the server and keeps the connection", async () => {
    const pid = await backend();
    const controller = new AbortController();
    const query = sleeping().many({ signal: controller.signal });
    await setTimeout(100);
    const start = performance.now();
    controller.abort(new Error("enough"));
    await expect(query).rejects.toBeInstanceOf(QueryCancelledError);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(await running()).toBe(0);
    expect(await backend()).toBe(pid);
  });

  it("stops an aborted query in a transaction, which rolls back", async () => {
    const pid = await backend();
    const controller = new AbortController();
    const transaction = db.transaction(
      async (tx) => {
        await tx.from(Item).insert({ label: "never" });
        await tx.from(Item).where("id", 1).whereRaw("pg_sleep(30) is not null").many();
      },
      { signal: controller.signal },
    );
    await setTimeout(100);
    controller.abort();
    await expect(transaction).rejects.toBeInstanceOf(QueryCancelledError);
    expect(await running()).toBe(0);
    expect(await db.from(Item).where("label", "never").count()).toBe(0);
    expect(await backend()).toBe(pid);
  });

  it("ends a query when its time is up", async () => {
    await expect(sleeping().many({ timeout: 100 })).rejects.toBeInstanceOf(QueryTimeoutError);
    expect(await running()).toBe(0);
    expect(await db.from(Item).where("id", 1).count()).toBe(1);
  });

  it("has a time-out of the server for every statement", async () => {
    await using hasty = createDatabase(schema, namespace.adapter({ statementTimeout: 100 }));
    await expect(hasty.raw("select pg_sleep(30)")).rejects.toBeInstanceOf(QueryTimeoutError);
    expect(await hasty.from(Item).where("id", 1).count()).toBe(1);
  });

  it("leaves a stream early and frees the connection, in and out of transactions", async () => {
    const read = async (from: Pick<typeof db, "from">) => {
      let rows = 0;
      for await (const row of from.from(Item).orderBy("id").stream({ batch: 7 })) {
        expect(row.id).toBe((rows += 1));
        if (rows === 20) break;
      }
    };
    await read(db);
    await db.transaction(async (tx) => {
      await read(tx);
      expect(await tx.from(Item).count()).toBe(5000);
    });
    expect(await running()).toBe(0);
  });

  it("runs other statements of a transaction between the batches of a stream", async () => {
    await db.transaction(async (tx) => {
      let rows = 0;
      for await (const row of tx.from(Item).orderBy("id").limit(50).stream({ batch: 20 })) {
        rows += 1;
        expect((await tx.from(Item).find(row.id))?.id).toBe(row.id);
      }
      expect(rows).toBe(50);
    });
  });

  it("aborts a stream", async () => {
    const controller = new AbortController();
    const read = async () => {
      for await (const row of db.from(Item).stream({ batch: 10, signal: controller.signal })) {
        if (row.id === 15) controller.abort();
      }
    };
    await expect(read()).rejects.toBeInstanceOf(QueryCancelledError);
    expect(await db.from(Item).count()).toBe(5000);
  });

  it("closes prepared statements that were not used for long", async () => {
    for (let at = 0; at < 300; at += 1) await db.raw(`select ${at} as n`);
    const [row] = await db.raw<{ n: number }>("select count(*)::int as n from pg_prepared_statements");
    expect(row?.n).toBeLessThanOrEqual(257);
  });

  it("prepares again what the server has forgotten", async () => {
    expect(await db.from(Item).where("id", 2).value("label")).toBe("item 1");
    await db.raw("deallocate all");
    expect(await db.from(Item).where("id", 2).value("label")).toBe("item 1");
  });
});
