import { setTimeout } from "node:timers/promises";
import { ConnectionError } from "@mortise/core/adapter";
import { expect, it } from "vitest";
import { ConnectionPool, poolSettingsOf, type PoolOptions, type PooledDriver } from "./pool.ts";

interface Line {
  open: boolean;
  broken: boolean;
}

/** Lines that only remember whether they are open. */
function lines(connect?: (signal: AbortSignal) => Promise<Line>) {
  const opened: Line[] = [];
  const driver: PooledDriver<Line> = {
    connect: async (signal) => {
      const line = await (connect?.(signal) ?? { open: true, broken: false });
      opened.push(line);
      return line;
    },
    isBroken: (line) => line.broken,
    close: (line) => {
      line.open = false;
    },
  };
  const openLines = () => opened.filter((line) => line.open).length;
  return { opened, openLines, pool: (options?: PoolOptions) => new ConnectionPool(driver, poolSettingsOf(options)) };
}

it("lends at most max connections, in the order of the callers", async () => {
  const { opened, pool: make } = lines();
  const pool = make({ max: 2 });
  const order: number[] = [];
  const work = async (number: number) => {
    const line = await pool.acquire();
    order.push(number);
    await setTimeout(1);
    pool.release(line);
  };
  await Promise.all(Array.from({ length: 20 }, (_, number) => work(number)));
  expect(order).toEqual(Array.from({ length: 20 }, (_, number) => number));
  expect(opened).toHaveLength(2);
  await pool.close();
});

it("closes a broken connection at once and never lends it again", async () => {
  const { openLines, pool: make } = lines();
  const pool = make({ max: 1 });
  const first = await pool.acquire();
  first.broken = true;
  pool.release(first);
  expect(openLines()).toBe(0);
  const second = await pool.acquire();
  expect(second).not.toBe(first);
  pool.release(second);
  second.broken = true;
  expect(await pool.acquire()).not.toBe(second);
  expect(openLines()).toBe(1);
});

it("tells in a sentence that no connection became free", async () => {
  const pool = lines().pool({ max: 1, acquireTimeoutMillis: 30 });
  await pool.acquire();
  await expect(pool.acquire()).rejects.toMatchObject({
    code: "POOL_TIMEOUT",
    message: expect.stringMatching(/^No connection became free within 30 ms: all 1 of the pool are in use\./),
  });
});

it("fails at once with the error of connecting, and recovers", async () => {
  let refused = true;
  const { pool: make } = lines(async () => {
    if (refused) throw new ConnectionError("refused");
    return { open: true, broken: false };
  });
  const pool = make({ createRetryIntervalMillis: 5 });
  const start = performance.now();
  await expect(pool.acquire()).rejects.toThrow("refused");
  expect(performance.now() - start).toBeLessThan(500);
  refused = false;
  pool.release(await pool.acquire());
  await pool.close();
});

it("gives up a connection that does not come, and closes it when it comes late", async () => {
  const late: Line = { open: true, broken: false };
  let aborted = false;
  const { pool: make } = lines(async (signal) => {
    signal.addEventListener("abort", () => (aborted = true));
    await setTimeout(60);
    return late;
  });
  const pool = make({ createTimeoutMillis: 20 });
  await expect(pool.acquire()).rejects.toThrow("did not answer within 20 ms");
  expect(aborted).toBe(true);
  await setTimeout(80);
  expect(late.open).toBe(false);
});

it("waits for lent connections when it closes, and refuses everyone else", async () => {
  const { openLines, pool: make } = lines();
  const pool = make({ max: 1 });
  const line = await pool.acquire();
  const waiting = Promise.resolve(pool.acquire()).catch((error: unknown) => error);
  const closing = pool.close();
  expect(await waiting).toMatchObject({ code: "CONNECTION_CLOSED" });
  await expect(pool.acquire()).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
  expect(openLines()).toBe(1);
  pool.release(line);
  await closing;
  expect(openLines()).toBe(0);
});

it("lends a line that was given back a moment ago at once, the last one first, and never a broken one", async () => {
  const { openLines, pool: make } = lines();
  const pool = make({ max: 2 });
  const [first, second] = await Promise.all([pool.acquire(), pool.acquire()]);
  pool.release(second);
  pool.release(first);
  expect(pool.lent).toBe(0);
  expect(pool.acquire()).toBe(first);
  expect(pool.lent).toBe(1);
  second.broken = true;
  const third = await pool.acquire();
  expect(third).not.toBe(second);
  expect(openLines()).toBe(2);
  pool.release(first);
  pool.release(third);
  await pool.close();
  expect(openLines()).toBe(0);
});

it("closes idle connections down to min", async () => {
  const { openLines, pool: make } = lines();
  const pool = make({ min: 1, max: 3, idleTimeoutMillis: 10, reapIntervalMillis: 5 });
  const three = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
  for (const line of three) pool.release(line);
  await setTimeout(60);
  expect(openLines()).toBe(1);
  await pool.close();
  expect(openLines()).toBe(0);
});

it.each<[Record<string, number>, string]>([
  [{ max: 0 }, "The pool takes max as a whole number, 1 or more."],
  [{ min: 3, max: 2 }, "The pool takes a min that is not above its max."],
  [{ acquireTimeoutMillis: Number.NaN }, "The pool takes acquireTimeoutMillis as a whole number, 1 or more."],
  [{ size: 3 }, 'The pool has no option "size".'],
])("refuses the options %j", (options, message) => {
  expect(() => poolSettingsOf(options)).toThrow(message);
});
