import { TransactionError } from "@mortise/core/adapter";
import type { Document } from "mongodb";

/**
 * Refuses a transaction where the server has none, by what it says of itself: a member of a replica set names the set, and a router says
 * `isdbgrid`. Any other is a server that stands alone.
 */
export function requireTransactions({ setName, msg }: Document): void {
  if (typeof setName === "string" || msg === "isdbgrid") return;
  throw new TransactionError(
    "This server stands alone and has no transactions: run MongoDB as a replica set, of one member if need be.",
  );
}
