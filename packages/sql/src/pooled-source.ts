import {
  turn,
  type Awaitable,
  type Connection,
  type ConnectionSource,
  type ExecuteControl,
} from "@mortise/core/adapter";
import type { CompiledSql } from "./compiled-sql.ts";
import { ConnectionPool, type PooledDriver, type PoolSettings } from "./pool.ts";

/** The connections of a database server, out of a pool. */
export class PooledSource<C extends Connection<CompiledSql>> implements ConnectionSource<CompiledSql> {
  readonly pool: ConnectionPool<C>;
  readonly #lent = new Map<Connection<CompiledSql>, C>();

  constructor(driver: PooledDriver<C>, settings: PoolSettings) {
    this.pool = new ConnectionPool(driver, settings);
  }

  acquire(): Awaitable<C> {
    const acquired = this.pool.acquire();
    return acquired instanceof Promise ? acquired.then((connection) => this.#lend(connection)) : this.#lend(acquired);
  }

  #lend(connection: C): C {
    this.#lent.set(connection, connection);
    return connection;
  }

  release(connection: Connection<CompiledSql>): void {
    const own = this.#lent.get(connection);
    if (own === undefined) return;
    this.#lent.delete(connection);
    this.pool.release(own);
  }

  /** A stream has a connection of its own until its end, or until the loop over it is left. */
  async *stream(
    compiled: CompiledSql,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncGenerator<readonly unknown[][], void> {
    const connection = await turn(this.acquire(), control, (late) => this.release(late));
    try {
      yield* connection.stream(compiled, values, batch, control);
    } finally {
      this.release(connection);
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}
