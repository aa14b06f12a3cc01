import { setTimeout } from "node:timers/promises";
import {
  col,
  CommitOutcomeUnknownError,
  createDatabase,
  createSchema,
  defineModel,
  MortiseError,
  type Database,
  type RegistryIn,
} from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TcpProxy, type Fault } from "./tcp-proxy.ts";

/** An engine whose wire is going to fail. */
export interface FaultTarget {
  readonly address: { readonly host: string; readonly port: number };
  /** An adapter on one database of this target, through a port of this machine, with a pool of at most 2 and 500 ms to connect. */
  adapter(port: number): Adapter;
  /** The server ends the sessions of that database; its own word for it. */
  terminate(): Promise<unknown>;
  /** How many sessions the server has for that database. */
  sessions(): Promise<number>;
  /** A condition that takes so many seconds for each row. */
  readonly sleeping: (seconds: number) => string;
}

const Item = defineModel("items", { columns: { id: col.increment(), label: col.string() } });
const schema = createSchema({ items: Item });

interface Bench {
  readonly db: Database<RegistryIn<typeof schema>>;
  readonly proxy: TcpProxy;
  readonly target: FaultTarget;
}

type Trouble = Fault | "terminate";
const troubles: readonly Trouble[] = ["terminate", "reset", "finish", "black hole", "replies dropped"];

/** The time-out of what runs into a fault, and how long after it everything must be over. */
const timeout = 500;
const slack = 1000;

/** Every fault at every moment: nothing crashes, nothing hangs, the caller's own error arrives, and the next query works. */
export function faultMatrix(target: FaultTarget): void {
  let bench: Bench;
  beforeAll(async () => {
    const proxy = await TcpProxy.open(target.address.host, target.address.port);
    const db = createDatabase(schema, target.adapter(proxy.port));
    bench = { db, proxy, target };
    await push(db);
    await db.from(Item).insertMany(Array.from({ length: 3000 }, (_, at) => ({ label: `item ${at}` })));
  });
  afterAll(async () => {
    await bench.db.close();
    await bench.proxy.close();
  });

  for (const [moment, run] of Object.entries(moments)) {
    describe(`${moment}`, () => {
      it.each(troubles)("%s", async (trouble) => {
        await bench.db.ping();
        const start = performance.now();
        try {
          await run(bench, trouble);
          expect(performance.now() - start, "settled in time").toBeLessThan(timeout + slack);
        } finally {
          await bench.proxy.mend();
        }
        await expectHealthy(bench);
      });
    });
  }
}

/** Held connections are back, and so are the server's sessions. */
async function expectHealthy({ db, target }: Bench): Promise<void> {
  const start = performance.now();
  await eventually(async () => expect(await db.from(Item).count()).toBeGreaterThan(2000));
  expect(performance.now() - start, "the next query works").toBeLessThan(slack);
  await eventually(async () => expect(await target.sessions()).toBeLessThanOrEqual(2), 80);
  const read = () => db.transaction((tx) => tx.from(Item).limit(1).many());
  await eventually(() => Promise.all([read(), read()]));
}

/** The wire is mended from one moment to the next; whoever noticed the cut before may say so once more. */
async function eventually(check: () => Promise<unknown>, attempts = 20): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await check();
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await setTimeout(40);
    }
  }
}

function make(trouble: Trouble, { proxy, target }: Bench): Promise<unknown> | void {
  return trouble === "terminate" ? target.terminate() : proxy.break(trouble);
}

/** A statement by its text; whoever ends an older session meanwhile says something else, and so do the settings of a new one. */
function statement(text: string): RegExp {
  return new RegExp(`(?<![a-z_])${text}`);
}

class OwnError extends Error {}

async function failure(body: () => Promise<unknown>): Promise<unknown> {
  try {
    return { resolved: await body() };
  } catch (error) {
    return error;
  }
}

function expectOurs(error: unknown): void {
  expect(error, "an error of ours").toBeInstanceOf(MortiseError);
  expect(String(error)).not.toMatch(/:\/\/|password/i);
}

const moments: Readonly<Record<string, (bench: Bench, trouble: Trouble) => Promise<void>>> = {
  "idle in the pool": async (bench, trouble) => {
    await make(trouble, bench);
    await setTimeout(20);
    const result = await failure(() => bench.db.from(Item).limit(1).many({ timeout }));
    if (result instanceof Error) expectOurs(result);
  },
  "before BEGIN": async (bench, trouble) => {
    await make(trouble, bench);
    const result = await failure(() => bench.db.transaction((tx) => tx.from(Item).limit(1).many(), { timeout }));
    if (result instanceof Error) expectOurs(result);
  },
  "checked out": async (bench, trouble) => {
    const tx = await bench.db.begin({ timeout });
    await make(trouble, bench);
    await setTimeout(20);
    await failure(() => tx.rollback());
  },
  "during a query": async (bench, trouble) => {
    const sleeping = failure(() =>
      bench.db.from(Item).where("id", 1).whereRaw(bench.target.sleeping(10)).many({ timeout }),
    );
    await setTimeout(100);
    await make(trouble, bench);
    expectOurs(await sleeping);
  },
  "during a stream": async (bench, trouble) => {
    const error = await failure(async () => {
      let rows = 0;
      for await (const _ of bench.db.from(Item).orderBy("id").stream({ batch: 10, timeout })) {
        rows += 1;
        if (rows === 25) await make(trouble, bench);
      }
      return rows;
    });
    // A driver may have had every row before the wire failed; a stream that ends has them all.
    if (error instanceof Error) expectOurs(error);
    else expect(error).toMatchObject({ resolved: expect.toSatisfy((rows: number) => rows >= 3000) });
  },
  "in a transaction": async (bench, trouble) => {
    const own = new OwnError("the caller's own");
    const error = await failure(() =>
      bench.db.transaction(
        async (tx) => {
          await tx.from(Item).insert({ label: "lost" });
          await make(trouble, bench);
          expectOurs(await failure(() => tx.from(Item).many({ timeout: 200 })));
          throw own;
        },
        { timeout: 450 },
      ),
    );
    if (trouble === "terminate" || trouble === "reset" || trouble === "finish") expect(error).toBe(own);
    else if (error !== own) expectOurs(error);
  },
  "during COMMIT": async (bench, trouble) => {
    const error = await failure(() =>
      bench.db.transaction(
        async (tx) => {
          await tx.from(Item).insert({ label: "in doubt" });
          bench.proxy.onNextRequest(statement("commit"), async () => void (await make(trouble, bench)));
        },
        { timeout },
      ),
    );
    expect(error).toBeInstanceOf(CommitOutcomeUnknownError);
  },
  "during ROLLBACK": async (bench, trouble) => {
    const own = new OwnError("the caller's own");
    const error = await failure(() =>
      bench.db.transaction(
        async (tx) => {
          await tx.from(Item).insert({ label: "rolled back" });
          bench.proxy.onNextRequest(statement("rollback"), async () => void (await make(trouble, bench)));
          throw own;
        },
        { timeout },
      ),
    );
    expect(error).toBe(own);
  },
  "while connecting": async (bench, trouble) => {
    await bench.target.terminate();
    await setTimeout(20);
    bench.proxy.onNextRequest(/^/, async () => void (await make(trouble, bench)));
    const result = await failure(() => bench.db.from(Item).limit(1).many({ timeout }));
    if (result instanceof Error) expectOurs(result);
  },
};
