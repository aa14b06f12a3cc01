import process from "node:process";
import type { Death } from "./orders.ts";
import { heard, tell } from "./parent.ts";

/** Never goes on: what comes next is the parent's `SIGKILL`. */
function standStill(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 60_000));
}

/** The statement that is the last one, and how it ends. */
export class Fate {
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
