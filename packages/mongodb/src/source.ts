import type { ConnectionSource, ExecuteControl } from "@mortise/core/adapter";
import { MongoClient, type Db } from "mongodb";
import type { Compiled } from "./command.ts";
import { MongodbConnection } from "./connection.ts";
import { requireTransactions } from "./hello.ts";
import type { MongodbSettings } from "./options.ts";

/** The client, whose own pool gives the connections. */
export class MongodbSource implements ConnectionSource<Compiled> {
  readonly #client: MongoClient;
  readonly #db: Db;
  #hasTransactions = false;

  constructor({ url, database, maxConnections, connectTimeout }: MongodbSettings) {
    this.#client = new MongoClient(url, {
      maxPoolSize: maxConnections,
      serverSelectionTimeoutMS: connectTimeout,
      useBigInt64: true,
    });
    this.#db = this.#client.db(database);
  }

  acquire(): MongodbConnection {
    return new MongodbConnection(this.#client, this.#db, () => this.#readyForTransactions());
  }

  /** Asked until the answer is yes: a server that stands alone may become a replica set. */
  async #readyForTransactions(): Promise<void> {
    if (this.#hasTransactions) return;
    requireTransactions(await this.#db.command({ hello: 1 }));
    this.#hasTransactions = true;
  }

  release(): void {
    // The client's pool takes connections back by itself.
  }

  stream(
    compiled: Compiled,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncIterable<readonly unknown[][]> {
    return this.acquire().stream(compiled, values, batch, control);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
