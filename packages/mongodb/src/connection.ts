import {
  QueryError,
  TransactionError,
  UnsupportedError,
  type Connection,
  type ExecuteControl,
  type QueryResult,
  type TransactionOptions,
} from "@mortise/core/adapter";
import { MongoServerError, type ClientSession, type Db, type Document, type MongoClient } from "mongodb";
import type { Aggregate, Compiled, Target, Template } from "./command.ts";
import { counterCollection } from "./command.ts";
import { describeCommand } from "./describe.ts";
import { insertDocuments } from "./insert.ts";
import { rowOf } from "./row.ts";
import { fill } from "./slot.ts";

/** What a command runs with. */
export interface CommandOptions {
  session?: ClientSession;
  maxTimeMS?: number;
  signal?: AbortSignal;
}

const lostTransaction =
  "The transaction was rolled back: a command in it had failed, and MongoDB commits nothing after that.";

/** Commands in order, in the transaction that was begun if any. */
export class MongodbConnection implements Connection<Compiled> {
  readonly #client: MongoClient;
  readonly db: Db;
  #session: ClientSession | undefined;
  #readOnly = false;
  /** Whether a command of the transaction failed: the server has then given it up. */
  #failed = false;

  /** Asks the server before a transaction whether it has any. */
  readonly #ready: () => Promise<void>;

  constructor(client: MongoClient, db: Db, ready: () => Promise<void>) {
    this.#client = client;
    this.db = db;
    this.#ready = ready;
  }

  /** The session of the open transaction. */
  get session(): ClientSession | undefined {
    return this.#session;
  }

  async execute(compiled: Compiled, values: readonly unknown[], control?: ExecuteControl): Promise<QueryResult> {
    if (this.#readOnly && compiled.kind !== "aggregate") {
      const { sql } = describeCommand(compiled, undefined);
      throw new QueryError(`The transaction is read-only, and this is a write. The statement was: ${sql}`);
    }
    try {
      return await this.#run(compiled, values, this.#options(control));
    } catch (cause) {
      this.#failed ||= this.#session !== undefined && cause instanceof MongoServerError;
      throw cause;
    }
  }

  async #run(compiled: Compiled, values: readonly unknown[], options: CommandOptions): Promise<QueryResult> {
    switch (compiled.kind) {
      case "aggregate": {
        const rows: unknown[][] = [];
        for await (const document of this.#open(compiled, values, options))
          rows.push(rowOf(document, compiled.columns));
        if (rows.length === 0 && compiled.empty !== undefined) rows.push([...compiled.empty]);
        return { rows, affected: 0 };
      }
      case "insert":
        return insertDocuments(this.db, compiled, values, options);
      case "update": {
        const changes = filled(compiled.changes, values);
        const filter = await this.#filter(compiled.collection, compiled.target, values, options);
        const collection = this.db.collection(compiled.collection);
        const result = compiled.one
          ? await collection.updateOne(filter, changes, options)
          : await collection.updateMany(filter, changes, options);
        return { rows: [], affected: result.matchedCount };
      }
      case "delete": {
        const filter = await this.#filter(compiled.collection, compiled.target, values, options);
        const result = await this.db.collection(compiled.collection).deleteMany(filter, options);
        return { rows: [], affected: result.deletedCount };
      }
      case "truncate": {
        await this.db.collection(compiled.collection).deleteMany({}, options);
        if (compiled.counter !== undefined) {
          await this.db.collection<{ _id: string }>(counterCollection).deleteOne({ _id: compiled.counter }, options);
        }
        return { rows: [], affected: 0 };
      }
    }
  }

  async *stream(
    compiled: Compiled,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncGenerator<readonly unknown[][], void> {
    if (compiled.kind !== "aggregate")
      throw new UnsupportedError({ capability: "A stream of a write", adapter: "mongodb" });
    let rows: unknown[][] = [];
    for await (const document of this.#open(compiled, values, { ...this.#options(control) }, batch)) {
      rows.push(rowOf(document, compiled.columns));
      if (rows.length < batch) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }

  ping(): Promise<unknown> {
    return this.db.command({ ping: 1 });
  }

  async begin({ timeout, readOnly }: TransactionOptions): Promise<void> {
    await this.#ready();
    this.#readOnly = readOnly === true;
    const session = this.#client.startSession();
    session.startTransaction({
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority" },
      ...(timeout === undefined ? {} : { maxCommitTimeMS: timeout }),
    });
    this.#session = session;
  }

  async commit(): Promise<void> {
    try {
      if (this.#failed) throw new TransactionError(lostTransaction);
      await this.#session?.commitTransaction();
    } finally {
      await this.#end();
    }
  }

  async rollback(): Promise<void> {
    try {
      if (this.#session?.inTransaction() === true) await this.#session.abortTransaction();
    } finally {
      await this.#end();
    }
  }

  savepoint(): never {
    return refuseSavepoint();
  }

  releaseSavepoint(): never {
    return refuseSavepoint();
  }

  rollbackToSavepoint(): never {
    return refuseSavepoint();
  }

  #options(control: ExecuteControl | undefined): CommandOptions {
    const options: CommandOptions = {};
    if (this.#session !== undefined) options.session = this.#session;
    if (control?.timeout !== undefined) options.maxTimeMS = Math.max(1, Math.ceil(control.timeout));
    if (control?.signal !== undefined) options.signal = control.signal;
    return options;
  }

  #open(
    { collection, pipeline }: Aggregate,
    values: readonly unknown[],
    options: CommandOptions,
    batch?: number,
  ): AsyncIterable<Document> {
    const stages = filled(pipeline, values);
    const given = batch === undefined ? options : { ...options, batchSize: batch };
    return collection === undefined
      ? this.db.aggregate(stages, given)
      : this.db.collection(collection).aggregate(stages, given);
  }

  async #filter(
    collection: string,
    target: Target,
    values: readonly unknown[],
    options: CommandOptions,
  ): Promise<Template> {
    if (target.by === "filter") return filled(target.filter, values);
    const keys: unknown[] = [];
    for await (const { _id } of this.db.collection(collection).aggregate(filled(target.pipeline, values), options))
      keys.push(_id);
    return { _id: { $in: keys } };
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#readOnly = false;
    this.#failed = false;
    await session?.endSession();
  }
}

function refuseSavepoint(): never {
  throw new UnsupportedError({
    capability: "A savepoint",
    adapter: "mongodb",
    alternative: "Run the inner work in the same transaction.",
  });
}

/** The template with the caller's values in it; filling keeps its shape. */
export function filled<T>(template: T, values: readonly unknown[]): MutableShape<T> {
  return fill(template, ({ slot, make }) => make(values[slot])) as MutableShape<T>;
}

/** The driver asks for lists that it could change. */
type MutableShape<T> = T extends readonly (infer E)[] ? E[] : T;
