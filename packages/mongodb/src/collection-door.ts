import { TransactionError, type AnyModel, type DoorHandle, type ModelInfo, type Row } from "@mortise/core/adapter";
import type { Collection, Document, Filter } from "mongodb";
import type { Compiled } from "./command.ts";
import { MongodbConnection } from "./connection.ts";
import { mongodbError } from "./errors.ts";
import { fieldOf } from "./field.ts";
import { inSession } from "./session-options.ts";
import type { StoredDocument } from "./stored-document.ts";

/** A stage of a pipeline. The values of `$match` are those of the model's documents. */
export type Stage<D> =
  | { readonly $match: Filter<D> }
  | (Readonly<Record<`$${string}`, unknown>> & { readonly $match?: undefined });

/** What the MongoDB adapter adds to the database handle and to transactions. */
export interface CollectionDoor {
  /**
   * The driver's collection of a model: `await db.collection(User).findOne({ full_name: "Ann" })`.
   *
   * Fields and values are those of the documents: no codec, hook or soft delete applies here, and errors are the driver's. Each call
   * takes part in the transaction that it is made in.
   */
  collection<M extends AnyModel>(model: M): Collection<StoredDocument<M>>;
  /**
   * The rows of a model that a pipeline on its collection gives: `await db.aggregate(User, [{ $sample: { size: 3 } }])`.
   *
   * The pipeline speaks of fields and stored values; what it gives is read as documents of the model, with its codecs and all of its
   * columns: what is missing is null. No hook or soft delete applies. For results of another form there is the driver's
   * `db.collection(User).aggregate(…)`. A pipeline is code: build it of nothing that was sent in.
   */
  aggregate<M extends AnyModel>(model: M, pipeline: readonly Stage<StoredDocument<M>>[]): Promise<Row<M>[]>;
  /** There is no text that MongoDB would run: use `db.collection` or `db.aggregate`. */
  readonly raw: never;
}

/** Makes the door of a handle or a transaction. */
export function openCollectionDoor(handle: DoorHandle<Compiled>): CollectionDoor {
  return Object.assign(new WithoutText(), {
    collection<M extends AnyModel>(model: M): Collection<StoredDocument<M>> {
      const { table } = handle.modelOf(model, "db.collection");
      const current = () => connectionOf(handle);
      const collection = current().db.collection<StoredDocument<M>>(table);
      return inSession(collection, () => current().session);
    },
    async aggregate<M extends AnyModel>(model: M, pipeline: readonly Stage<StoredDocument<M>>[]): Promise<Row<M>[]> {
      const info = handle.modelOf(model, "db.aggregate");
      if (!Array.isArray(pipeline)) throw new TypeError("db.aggregate needs a pipeline as a list of stages.");
      return asRowsOf<M>(handle.rowsOf(info, await storedRows(handle, info, pipeline)));
    },
  });
}

/** `raw` is there for the compiler alone: at run time core refuses it, as the capability says. */
class WithoutText {
  declare readonly raw: never;
}

/** Every column of the model is decoded into its property; the compiler cannot follow names that only the run time has. */
function asRowsOf<M extends AnyModel>(rows: object[]): Row<M>[] {
  return rows as Row<M>[];
}

async function storedRows(
  handle: DoorHandle<Compiled>,
  model: ModelInfo,
  pipeline: readonly Document[],
): Promise<unknown[][]> {
  const columns = [...model.columns.values()];
  const laidOut = columns.map((column, at) => [`c${at}`, `$${fieldOf(model, column)}`]);
  const stages = [...pipeline, { $project: { _id: 0, ...Object.fromEntries(laidOut) } }];
  try {
    const { rows } = await handle.withConnection((connection) =>
      connection.execute(
        { kind: "aggregate", collection: model.table, pipeline: stages, columns: columns.length, empty: undefined },
        [],
      ),
    );
    return rows.map((row) => [...row]);
  } catch (cause) {
    throw mongodbError(cause, model);
  }
}

/** The driver's calls give cursors and promises of their own, so that nothing can be waited for before them. */
function connectionOf(handle: DoorHandle<Compiled>): MongodbConnection {
  const connection = handle.useConnection((one) => one);
  if (connection instanceof MongodbConnection) return connection;
  throw new TransactionError("db.collection cannot be used while a migrator holds the connection. Use db.from.");
}
