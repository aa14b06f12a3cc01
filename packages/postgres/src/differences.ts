import type { Differences } from "@mortise/core/adapter";

/** Where PostgreSQL means the same as the other engines, and where not. */
export const postgresDifferences: Differences = {
  nullOrder: { meaning: "equal", how: "`nulls first` and `nulls last` are spelled wherever a column can be null" },
  textComparison: {
    meaning: "equal",
    how: 'columns are made with `collate "C"`, the order of code points; tables of others go by their own collation',
  },
  trailingBlanks: { meaning: "equal", how: "they are kept and count; `col.char` is `character varying`" },
  like: {
    meaning: "differs",
    how: "only in `ilike`: letters beyond A to Z fold as the locale of the database says. `like` tells capitals apart",
  },
  integerDivision: {
    meaning: "differs",
    how: "only in SQL of your own: `7 / 2` is 3. The builder does not divide, and averages keep their fraction",
  },
  booleans: { meaning: "equal", how: "a type of their own" },
  decimals: {
    meaning: "equal",
    how: "`numeric`; an average has 16 digits behind the point, or as many as its sum; a digit too many is refused",
  },
  groupBy: {
    meaning: "differs",
    how: "a selected column that is not grouped is refused, unless the primary key of its table is grouped",
  },
  jsonContainment: { meaning: "equal", how: "`@>`" },
  jsonKeys: { meaning: "equal", how: "every key is reached" },
  counters: {
    meaning: "equal",
    how: "a write that gives the key moves the sequence in the same statement; a role without rights on the sequence leaves it",
  },
  instants: {
    meaning: "equal",
    how: "`timestamp with time zone`, written and read as UTC, up to 6 digits behind the second; a `Date` carries 3 of them",
  },
  longNames: { meaning: "equal", how: "a name beyond 63 bytes, which the server would cut, is refused" },
  failedStatement: {
    meaning: "differs",
    how: "the transaction takes no further statement, and its commit throws a `TransactionError`; a nested one keeps the outer usable",
  },
  streams: {
    meaning: "equal",
    how: "a portal in a transaction of its own, read in batches from the state at the beginning",
  },
  isolation: { meaning: "differs", how: "`read committed` unless said otherwise; all four levels" },
};
