import { flushCompileCache } from "node:module";
import process from "node:process";
import { createDatabase, createSchema } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { migrate, push, rollback } from "@mortise/migrator";
import type { Death, Orders, Word, Work } from "./orders.ts";
import { pushedSchemas } from "./pushed-schema.ts";

/** The body of a process that migrates: waits for its orders, does them, and tells how much it made. */
export async function runOrders<Compiled>(adapterAt: (place: string) => Adapter<Compiled>): Promise<void> {
  // A process that is killed writes down nothing of what it compiled.
  flushCompileCache();
  const orders = heard();
  await tell("warm");
  const { place, work, dies } = await orders;
  const fate = dies === undefined ? undefined : new Fate(dies);
  const adapter = adapterAt(place);
  await using db = createDatabase(schemaOf(work), fate === undefined ? adapter : mortal(adapter, fate));
  await tell({ made: await done(db, work, fate) });
  process.disconnect?.();
}

const schemaOf = (work: Work) => (work.way === "push" ? pushedSchemas[work.schema] : createSchema({}));

async function done(db: object, work: Work, fate: Fate | undefined): Promise<number> {
  const onStatement = (migration: string, text: string, index: number): void => fate?.see(migration, index, text);
  if (work.way === "migrate") return (await migrate(db, { ...work, onStatement })).migrations.length;
  if (work.way === "rollback") return (await rollback(db, { ...work, onStatement })).migrations.length;
  const { changes } = await push(db, {
    drop: true,
    acknowledge: ["all"],
    onStep: ({ statements }) => {
      for (const text of statements) fate?.see(undefined, -1, text);
    },
  });
  return changes.length;
}

/** What the parent says next. */
function heard(): Promise<Orders> {
  return new Promise((resolve) => process.once("message", (orders: Orders) => resolve(orders)));
}

function tell(word: Word): Promise<void> {
  return new Promise((resolve) => process.send?.(word, () => resolve()));
}

/** Never goes on: what comes next is the parent's `SIGKILL`. */
function standStill(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 60_000));
}

/** The statement that is the last one, and how it ends. */
class Fate {
  readonly #death: Death;
  #text: string | undefined;

  constructor(death: Death) {
    this.#death = death;
  }

  /** A statement that comes next, as the migrator tells it. */
  see(migration: string | undefined, index: number, text: string): void {
    const { migration: meant, index: place, text: known } = this.#death;
    const isMeant = migration === undefined ? text === known : migration === meant && index === place;
    if (isMeant) this.#text = text;
  }

  /** Whether this is the statement. */
  meets(compiled: unknown): boolean {
    return this.#text !== undefined && JSON.stringify(compiled).includes(JSON.stringify(this.#text).slice(1, -1));
  }

  async fulfil<T>(send: () => T | Promise<T>): Promise<T> {
    if (this.#death.moment === "before") process.kill(process.pid, "SIGKILL");
    if (this.#death.moment === "in") {
      const sign = heard();
      await tell("ready");
      await sign;
      await tell("sent");
      await send();
      await tell("answered");
    } else {
      await send();
      process.kill(process.pid, "SIGKILL");
    }
    return standStill();
  }
}

/** The adapter with connections on which a statement is the last one. */
function mortal<Compiled>(adapter: Adapter<Compiled>, fate: Fate): Adapter<Compiled> {
  const seen = new WeakSet<object>();
  return {
    ...adapter,
    connect: async (...given) => {
      const source = await adapter.connect(...given);
      const acquire = source.acquire.bind(source);
      source.acquire = async (...wanted) => {
        const connection = await acquire(...wanted);
        if (seen.has(connection)) return connection;
        seen.add(connection);
        const execute = connection.execute.bind(connection);
        connection.execute = (compiled, ...rest) =>
          fate.meets(compiled) ? fate.fulfil(() => execute(compiled, ...rest)) : execute(compiled, ...rest);
        return connection;
      };
      return source;
    },
  };
}
