import { TransactionError } from "@mortise/core";
import { expect, test } from "vitest";
import { requireTransactions } from "./hello.ts";

/** The answer to `hello` of a server without a replica set, with the fields that MongoDB's manual names for it. */
const standalone = {
  isWritablePrimary: true,
  topologyVersion: { counter: 0n },
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  connectionId: 9,
  minWireVersion: 0,
  maxWireVersion: 25,
  readOnly: false,
  ok: 1,
};

test("a server that stands alone has no transactions, and says so in one sentence", () => {
  expect(() => requireTransactions(standalone)).toThrow(TransactionError);
  expect(() => requireTransactions(standalone)).toThrow(
    "This server stands alone and has no transactions: run MongoDB as a replica set, of one member if need be.",
  );
});

test("members of a replica set and routers have them", () => {
  const member = { ...standalone, setName: "rs0", hosts: ["a:27017"], primary: "a:27017", me: "a:27017" };
  expect(() => requireTransactions(member)).not.toThrow();
  expect(() => requireTransactions({ ...member, isWritablePrimary: false, secondary: true })).not.toThrow();
  expect(() => requireTransactions({ ...standalone, msg: "isdbgrid" })).not.toThrow();
});
