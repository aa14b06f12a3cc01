import type { Capabilities } from "@mortise/core/adapter";
import { columnKinds } from "./types.ts";

/** What SQLite can do. */
export const sqliteCapabilities: Capabilities = Object.freeze<Capabilities>({
  insertFacts: true,
  returning: "rows",
  conflictTarget: true,
  relations: ["separate", "json"],
  relationStrategy: { toOne: "separate", toMany: "separate" },
  untypedInRelations: true,
  subqueriesInRelations: true,
  joins: ["inner", "left", "right", "full", "cross"],
  joinsByName: true,
  listEntries: false,
  rowLocks: false,
  distinctOn: false,
  commonTables: true,
  setOperations: ["union", "unionAll", "intersect", "except"],
  fullText: false,
  regexp: true,
  raw: true,
  transactions: true,
  atomicStatements: true,
  savepoints: true,
  transactionRetries: 0,
  isolation: ["serializable"],
  columns: columnKinds,
  maxParameters: 32_766,
  rowsPerInsert: 50,
  explain: true,
});
