import type { Capabilities } from "@mortise/core/adapter";
import { columnKinds } from "./types.ts";

/** What MongoDB can do. Raw text is SQL, so that there is none; a nested transaction has no savepoint to go back to. */
export const mongodbCapabilities: Capabilities = Object.freeze<Capabilities>({
  returning: "insertedRows",
  conflictTarget: true,
  relations: ["separate", "lookup"],
  relationStrategy: { toOne: "separate", toMany: "separate" },
  untypedInRelations: true,
  subqueriesInRelations: true,
  joins: ["inner", "left", "cross"],
  joinsByName: false,
  listEntries: true,
  rowLocks: false,
  distinctOn: false,
  commonTables: false,
  setOperations: [],
  fullText: false,
  regexp: true,
  raw: false,
  transactions: true,
  atomicStatements: false,
  savepoints: false,
  transactionRetries: 10,
  isolation: ["snapshot"],
  columns: columnKinds,
  maxParameters: 100_000,
  rowsPerInsert: 1000,
  explain: false,
});
