import type { Connection, ConnectionSource, ExecuteControl } from "@mortise/core/adapter";
import { MongoClient, type Db } from "mongodb";
import type { Compiled } from "./command.ts";
import { MongodbConnection } from "./connection.ts";
import type { MongodbSettings } from "./options.ts";

/** The client, whose own pool gives the connections. */
export class MongodbSource implements ConnectionSource<Compiled> {
  readonly #client: MongoClient;
  readonly #db: Db;

  constructor({ url, database, maxConnections, connectTimeout }: MongodbSettings) {
    this.#client = new MongoClient(url, {
      maxPoolSize: maxConnections,
      serverSelectionTimeoutMS: connectTimeout,
      useBigInt64: true,
    });
    this.#db = this.#client.db(database);
  }

  acquire(): Connection<Compiled> {
    return new MongodbConnection(this.#client, this.#db);
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
    return new MongodbConnection(this.#client, this.#db).stream(compiled, values, batch, control);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
