import { AsyncLocalStorage } from "node:async_hooks";
import { assertNever, type Adapter, type AsyncContext, type PlannedQuery } from "@mortise/core/adapter";
import { mongodbCapabilities } from "./capabilities.ts";
import { openCollectionDoor, type CollectionDoor } from "./collection-door.ts";
import type { Compiled } from "./command.ts";
import { describeCommand } from "./describe.ts";
import { mongodbError } from "./errors.ts";
import { lowerDelete, lowerInsert, lowerTruncate, lowerUpdate } from "./lower/write.ts";
import { rootScope, selectPipeline } from "./lower/pipeline.ts";
import { refuse } from "./lower/scope.ts";
import { settingsOf, type MongodbOptions } from "./options.ts";
import { rawTexts } from "./raw-texts.ts";
import { decoderFor } from "./result-decoder.ts";
import { MongodbSource } from "./source.ts";
import { codecFor } from "./types.ts";

export type MongodbAdapter = Adapter<Compiled, CollectionDoor>;

/** The adapter of MongoDB, made of its parts. */
export function mongodbAdapter(options: MongodbOptions): MongodbAdapter {
  const settings = settingsOf(options);
  return Object.freeze<MongodbAdapter>({
    name: "mongodb",
    capabilities: mongodbCapabilities,
    codecFor,
    decoderFor,
    rawTexts,
    compile,
    describe: (compiled, values, withParameters) => describeCommand(compiled, withParameters ? values : undefined),
    connect: () => new MongodbSource(settings),
    createContext,
    toError: (cause, query) =>
      mongodbError(cause, query?.model, query && (() => describeCommand(compile(query), undefined).sql)),
    open: openCollectionDoor,
    openSchema: async (handle) => {
      const { mongodbSchema } = await import("./migration.ts");
      return mongodbSchema(handle);
    },
  });
}

function compile({ statement }: PlannedQuery): Compiled {
  switch (statement.kind) {
    case "select":
      return { kind: "aggregate", ...selectPipeline(statement, rootScope()), columns: statement.selections.length };
    case "insert":
      return lowerInsert(statement);
    case "update":
      return lowerUpdate(statement);
    case "delete":
      return lowerDelete(statement);
    case "truncate":
      return lowerTruncate(statement);
    case "rawStatement":
      return refuse("Raw SQL text", "Write the query with the builder.");
    case "explain":
      return refuse("explain", "Ask the server with the driver's own explain.");
    default:
      return assertNever(statement);
  }
}

function createContext<T>(): AsyncContext<T> {
  const storage = new AsyncLocalStorage<T>();
  return { get: () => storage.getStore(), run: (value, body) => storage.run(value, body) };
}
