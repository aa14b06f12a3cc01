import type { Capabilities } from "@mortise/core/adapter";
import { columnKinds } from "./types.ts";

/** What PostgreSQL can do. */
export const postgresCapabilities: Capabilities = Object.freeze<Capabilities>({
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
  rowLocks: true,
  distinctOn: true,
  commonTables: true,
  setOperations: ["union", "unionAll", "intersect", "except"],
  fullText: true,
  regexp: true,
  raw: true,
  transactions: true,
  atomicStatements: true,
  savepoints: true,
  transactionRetries: 0,
  isolation: ["read uncommitted", "read committed", "repeatable read", "serializable"],
  columns: columnKinds,
  maxParameters: 65_535,
  rowsPerInsert: 1000,
  longestName: { length: 63, unit: "bytes" },
  explain: true,
});
