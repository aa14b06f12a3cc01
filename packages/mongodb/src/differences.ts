import type { Differences } from "@mortise/core/adapter";

/** Where MongoDB means the same as the other engines, and where not. */
export const mongodbDifferences: Differences = {
  nullOrder: { meaning: "equal", how: "nulls first is its own order; what is missing is null" },
  textComparison: { meaning: "equal", how: "texts compare by their bytes, which is the order of code points" },
  trailingBlanks: { meaning: "equal", how: "they are kept and count" },
  like: { meaning: "equal", how: "patterns become regular expressions, every other character of which is escaped" },
  integerDivision: { meaning: "equal", how: "there is no SQL of your own in which integers could be divided" },
  booleans: { meaning: "equal", how: "stored as what they are" },
  decimals: {
    meaning: "differs",
    how: "a Decimal128 has at most 34 digits; more are refused, and sums and averages end there too",
  },
  groupBy: { meaning: "equal", how: "a column beside groups is refused unless it is one of them" },
  jsonContainment: { meaning: "equal", how: "fields and entries, on every level" },
  jsonKeys: {
    meaning: "differs",
    how: "keys that begin with a dollar sign are refused; `jsonNull` is stored as the one null there is",
  },
  counters: {
    meaning: "differs",
    how: "counted in `mortise_counters` by what is written through models; a rollback does not take the counter back",
  },
  instants: { meaning: "differs", how: "UTC with 3 digits behind the second, as a `Date` has them" },
  longNames: {
    meaning: "equal",
    how: "a collection has a name of at most 200 bytes; fields have no limit of their own",
  },
  failedStatement: {
    meaning: "differs",
    how: "a failed statement ends its transaction; there are no savepoints, and a part that fails spoils the whole",
  },
  streams: {
    meaning: "differs",
    how: "a cursor of the server: outside of a transaction it may meet documents that are written meanwhile",
  },
  isolation: {
    meaning: "differs",
    how: "`snapshot`, and no other; a server that is no replica set has no transactions",
  },
};
