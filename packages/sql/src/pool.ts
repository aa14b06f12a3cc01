import { ConnectionError, InvalidValueError, PoolTimeoutError, type Awaitable } from "@mortise/core/adapter";
import { Pool, TimeoutError } from "tarn";
import { Kept } from "./kept.ts";

/** How many connections a database handle keeps, and how patient it is with them. Times are in milliseconds. */
export interface PoolOptions {
  /** Connections that stay open however idle they are; 0 unless said otherwise. */
  readonly min?: number | undefined;
  /** The most connections at one time; 10 unless said otherwise. */
  readonly max?: number | undefined;
  /** How long a query waits for a free connection before a `PoolTimeoutError`; 10,000 unless said otherwise. */
  readonly acquireTimeoutMillis?: number | undefined;
  /** How long opening one connection may take; 10,000 unless said otherwise. */
  readonly createTimeoutMillis?: number | undefined;
  /** How long closing one connection may take; 5,000 unless said otherwise. */
  readonly destroyTimeoutMillis?: number | undefined;
  /** After how long an idle connection beyond `min` is closed; 30,000 unless said otherwise. */
  readonly idleTimeoutMillis?: number | undefined;
  /** How often the pool looks for idle connections; 1,000 unless said otherwise. */
  readonly reapIntervalMillis?: number | undefined;
  /** How long the pool pauses after a connection could not be opened; 200 unless said otherwise. */
  readonly createRetryIntervalMillis?: number | undefined;
}

/** The pool options with everything said. */
export type PoolSettings = { readonly [K in keyof PoolOptions]-?: number };

/** What a pool must know of the connections of a driver. Errors of `connect` are `MortiseError`s. */
export interface PooledDriver<Connection> {
  /** Opens a connection. When the signal is aborted nobody waits for it any more: let go of the socket. */
  connect(signal: AbortSignal): Promise<Connection>;
  /** True for a connection that must not be lent again: cut, in doubt, or still in a transaction. Asked before and after each use. */
  isBroken(connection: Connection): boolean;
  /** Closes a connection in whatever state it is; a second call does nothing more. */
  close(connection: Connection): Promise<void> | void;
}

const defaults: PoolSettings = {
  min: 0,
  max: 10,
  acquireTimeoutMillis: 10_000,
  createTimeoutMillis: 10_000,
  destroyTimeoutMillis: 5000,
  idleTimeoutMillis: 30_000,
  reapIntervalMillis: 1000,
  createRetryIntervalMillis: 200,
};

const longest = 2 ** 31 - 1;

/** The options of a pool with everything said; an option that means nothing is refused by name. */
export function poolSettingsOf(options: PoolOptions = {}): PoolSettings {
  const settings: Record<string, number> = { ...defaults };
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(defaults, name)) throw refused(`has no option ${JSON.stringify(name)}`);
    const least = name === "min" ? 0 : 1;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > longest) {
      throw refused(`takes ${name} as a whole number, ${least} or more`);
    }
    settings[name] = value;
  }
  const merged: PoolSettings = { ...defaults, ...settings };
  if (merged.min > merged.max) throw refused("takes a min that is not above its max");
  return Object.freeze(merged);
}

function refused(what: string): InvalidValueError {
  return new InvalidValueError(`The pool ${what}.`);
}

/**
 * Lends connections of one driver. Callers are served in the order in which they asked; a connection that is broken is closed, never
 * lent again; a connection that cannot be opened fails the caller at once instead of after its patience.
 */
export class ConnectionPool<Connection> {
  readonly #driver: PooledDriver<Connection>;
  readonly #settings: PoolSettings;
  readonly #pool: Pool<Connection>;
  readonly #waiting = new Set<{ abort(): void }>();
  readonly #kept: Kept<Connection>;
  #closed: Promise<unknown> | undefined;

  constructor(driver: PooledDriver<Connection>, settings: PoolSettings) {
    this.#driver = driver;
    this.#settings = settings;
    this.#kept = new Kept(settings.idleTimeoutMillis / 4, (connection) => this.#pool.release(connection));
    this.#pool = new Pool<Connection>({
      ...settings,
      // Our own time-out comes first, since only it can say what happened.
      createTimeoutMillis: Math.min(settings.createTimeoutMillis + 1000, longest),
      propagateCreateError: true,
      create: () => this.#open(),
      validate: (connection) => !driver.isBroken(connection),
      destroy: (connection) => driver.close(connection),
      log: () => undefined,
    });
  }

  /** How many connections are open, lent or idle. */
  get size(): number {
    return this.#pool.numUsed() + this.#pool.numFree();
  }

  /** How many connections are lent. */
  get lent(): number {
    return this.#pool.numUsed() - this.#kept.size;
  }

  /** A connection: at once where one was given back a moment ago, which spares a small query a tenth of its time. */
  acquire(): Awaitable<Connection> {
    for (let kept = this.#kept.take(); kept !== undefined; kept = this.#kept.take()) {
      if (!this.#driver.isBroken(kept)) return kept;
      this.#giveBack(kept);
    }
    return this.#acquire();
  }

  async #acquire(): Promise<Connection> {
    if (this.#closed !== undefined) throw closedError();
    const pending = this.#pool.acquire();
    this.#waiting.add(pending);
    try {
      return await pending.promise;
    } catch (error) {
      if (this.#closed !== undefined) throw closedError();
      throw error instanceof TimeoutError ? this.#timeout() : error;
    } finally {
      this.#waiting.delete(pending);
    }
  }

  /** Gives a connection back; a broken one is closed at once, and the pool opens another when it needs one. */
  release(connection: Connection): void {
    const isWanted = this.#waiting.size > 0 || this.#closed !== undefined;
    if (isWanted || this.#driver.isBroken(connection)) this.#giveBack(connection);
    else this.#kept.keep(connection);
  }

  #giveBack(connection: Connection): void {
    if (this.#driver.isBroken(connection)) void Promise.resolve(this.#driver.close(connection)).catch(() => undefined);
    this.#pool.release(connection);
  }

  /** Refuses who waits and who comes, waits for the connections that are lent, and closes them all. */
  async close(): Promise<void> {
    if (this.#closed === undefined) {
      this.#kept.giveBack();
      this.#closed = this.#pool.destroy();
      for (const pending of this.#waiting) pending.abort();
    }
    await this.#closed;
  }

  async #open(): Promise<Connection> {
    const { createTimeoutMillis } = this.#settings;
    const controller = new AbortController();
    const opening = this.#driver.connect(controller.signal);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new ConnectionError(
            `The database did not answer within ${createTimeoutMillis} ms: are host and port right, and does a firewall stand between?`,
          ),
        );
        controller.abort();
      }, createTimeoutMillis);
    });
    try {
      return await Promise.race([opening, late]);
    } catch (error) {
      // A connection that comes after its time belongs to nobody.
      opening.then((connection) => this.#driver.close(connection)).catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #timeout(): PoolTimeoutError {
    const { acquireTimeoutMillis, max } = this.#settings;
    return new PoolTimeoutError(
      `No connection became free within ${acquireTimeoutMillis} ms: all ${max} of the pool are in use. ` +
        "Raise pool.max, or look for transactions and streams that never end.",
    );
  }
}

function closedError(): ConnectionError {
  return new ConnectionError("The database is closed.", { code: "CONNECTION_CLOSED" });
}
