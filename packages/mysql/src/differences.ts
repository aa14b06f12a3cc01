import type { Difference, Differences } from "@mortise/core/adapter";
import type { Server } from "./server.ts";

/** Where a server means the same as the other engines, and where not. */
export function differencesOf({ collation, jsonType, jsonKeysWithMinus, groupsByKey }: Server): Differences {
  return {
    ...shared,
    ...ofDocuments({ jsonType, jsonKeysWithMinus }),
    ...ofTexts(collation),
    groupBy: groupBy(groupsByKey),
  };
}

const shared = {
  nullOrder: {
    meaning: "equal",
    how: "nulls first is its own order; for the other place the order begins with `is null`",
  },
  trailingBlanks: { meaning: "equal", how: "they are kept and count; `col.char` is `varchar`" },
  integerDivision: {
    meaning: "differs",
    how: "only in SQL of your own: `7 / 2` is 3.5. The builder does not divide, and averages keep their fraction",
  },
  booleans: { meaning: "equal", how: "stored as 0 and 1, which SQL of your own gets to see" },
  decimals: {
    meaning: "differs",
    how: "a column has at most 65 digits, 30 of them behind the point. Averages have 16 behind it, or as many as their column",
  },
  counters: { meaning: "equal", how: "AUTO_INCREMENT counts on behind every key that was given, 0 included" },
  instants: {
    meaning: "equal",
    how: "`datetime` in UTC whatever the zone of the session, up to 6 digits behind the second; a `Date` carries 3 of them",
  },
  longNames: { meaning: "equal", how: "a name beyond 64 characters is refused" },
  failedStatement: {
    meaning: "equal",
    how: "the statement alone is taken back, and the transaction goes on; a deadlock ends the whole transaction",
  },
  streams: {
    meaning: "equal",
    how: "rows as they come, while the server waits; another statement in the same transaction first takes the rest into memory",
  },
  isolation: { meaning: "differs", how: "`repeatable read` unless said otherwise; all four levels" },
} as const satisfies Partial<Differences>;

function ofTexts(collation: string): Pick<Differences, "textComparison" | "like"> {
  return {
    textComparison: {
      meaning: "equal",
      how: `columns are made with \`${collation}\`, the order of code points; tables of others go by their own collation`,
    },
    like: {
      meaning: "equal",
      how: "the collation tells capitals apart; `ilike` folds by `lower`, which uses no index",
    },
  };
}

function ofDocuments({
  jsonType,
  jsonKeysWithMinus,
}: Pick<Server, "jsonType" | "jsonKeysWithMinus">): Pick<Differences, "jsonContainment" | "jsonKeys"> {
  const stored = jsonType ? "a type of its own" : "text with a check";
  return {
    jsonContainment: {
      meaning: "equal",
      how: `\`json_contains\` over ${stored}, with a test that an object is not found inside a list`,
    },
    jsonKeys: jsonKeysWithMinus
      ? { meaning: "equal", how: "every key is reached" }
      : { meaning: "differs", how: "a key that begins with `-` is reached by no path of the server, and refused" },
  };
}

function groupBy(groupsByKey: boolean): Difference {
  const unless = groupsByKey
    ? ", unless the primary key of its table is grouped"
    : ", even when the primary key is grouped";
  return { meaning: "differs", how: `a selected column that is not grouped is refused${unless}` };
}
