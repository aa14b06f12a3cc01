import type { Differences } from "@mortise/core/adapter";

/** Where SQLite means the same as the other engines, and where not. */
export const sqliteDifferences: Differences = {
  nullOrder: { meaning: "equal", how: "nulls first is its own order; the other place is spelled `nulls last`" },
  textComparison: {
    meaning: "equal",
    how: "its own order is that of code points; a column with a `collation` goes by that one",
  },
  trailingBlanks: { meaning: "equal", how: "they are kept and count; `col.char` is text without padding" },
  like: {
    meaning: "equal",
    how: "`like` becomes `glob`, which tells capitals apart; `ilike` folds the letters of all scripts by a function",
  },
  integerDivision: {
    meaning: "differs",
    how: "only in SQL of your own: `7 / 2` is 3. The builder does not divide, and averages keep their fraction",
  },
  booleans: { meaning: "equal", how: "stored as 0 and 1, which SQL of your own gets to see" },
  decimals: {
    meaning: "equal",
    how: "stored as text, added up and averaged exactly by functions of the connection; a digit too many is refused",
  },
  groupBy: {
    meaning: "differs",
    how: "a selected column that is not grouped is taken from any row of the group; the servers refuse it",
  },
  jsonContainment: { meaning: "equal", how: "a function of the connection that follows the rules of `@>`" },
  jsonKeys: { meaning: "equal", how: "every key is reached" },
  counters: {
    meaning: "equal",
    how: "AUTOINCREMENT counts on behind every key that was given; a rollback takes the counter back too",
  },
  instants: {
    meaning: "equal",
    how: "UTC as text, up to 6 digits behind the second; a `Date` carries 3 of them",
  },
  longNames: { meaning: "equal", how: "no limit of its own" },
  failedStatement: { meaning: "equal", how: "the statement alone is taken back; the transaction goes on" },
  streams: {
    meaning: "equal",
    how: "on a connection of its own from the state at the beginning; in a transaction or without a write-ahead log from a copy",
  },
  isolation: { meaning: "differs", how: "`serializable`, and no other" },
};
