import type { Capabilities } from "@mortise/core/adapter";
import type { Server } from "./server.ts";
import { columnKinds } from "./types.ts";

/** What a server can do. */
export function capabilitiesOf(server: Server): Capabilities {
  return Object.freeze<Capabilities>({
    returning: server.insertReturning ? "insertedRows" : "ids",
    insertFacts: true,
    firstCounted: "last_insert_id()",
    conflictTarget: false,
    relations: ["separate", "json"],
    relationStrategy: { toOne: "separate", toMany: "separate" },
    untypedInRelations: false,
    // MariaDB takes a subquery so deep inside an aggregate for one of the aggregate's own columns.
    subqueriesInRelations: !server.orderedAggregates,
    joins: ["inner", "left", "right", "cross"],
    joinsByName: true,
    listEntries: false,
    rowLocks: true,
    distinctOn: false,
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
    longestName: { length: 64, unit: "characters" },
    indexNames: "table",
    explain: true,
  });
}
