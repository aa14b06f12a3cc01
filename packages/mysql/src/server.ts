import { ConnectionError } from "@mortise/core/adapter";

/** What the two families of servers do differently, as data. Everything else is the same for both. */
export interface Server {
  /** For messages. */
  readonly name: string;
  /** The oldest release that has what our statements need. */
  readonly oldest: readonly [number, number, number];
  /** The collation in which texts are equal and sort by their code points, trailing blanks included. */
  readonly collation: string;
  /** Whether an insert gives back the rows that it stored. */
  readonly insertReturning: boolean;
  /** Whether JSON is a type of its own; else it is text with a check. */
  readonly jsonType: boolean;
  /** Whether a JSON path reaches keys that begin with a minus. */
  readonly jsonKeysWithMinus: boolean;
  /** Whether the aggregate that makes a JSON list takes an order and a limit. */
  readonly orderedAggregates: boolean;
  /** The variable with the isolation of transactions that say none. */
  readonly isolation: string;
  readonly lockForShare: "for share" | "lock in share mode";
  /** Whether `regexp_like` takes a flag for case; else the collation decides. */
  readonly regexpLike: boolean;
  /** Whether the columns that a grouped primary key decides may be selected beside it. */
  readonly groupsByKey: boolean;
  /** Settings of the session that only this family needs. */
  readonly session: string;
  /** The catalogue's column with the expression of an index part. */
  readonly indexExpression: "expression" | "null";
  /** The checks of the database: table, name and expression. */
  readonly checksQuery: string;
  /** Whether the catalogue gives a default as SQL; else a value as it is, marked apart from expressions. */
  readonly defaultsAsSql: boolean;
  /** Whether a column loses its nulls while others write. */
  readonly forbidsNullsOnline: boolean;
}

export const mysqlServer: Server = Object.freeze<Server>({
  name: "MySQL",
  oldest: [8, 0, 31],
  collation: "utf8mb4_0900_bin",
  insertReturning: false,
  jsonType: true,
  jsonKeysWithMinus: true,
  orderedAggregates: false,
  isolation: "@@transaction_isolation",
  lockForShare: "for share",
  regexpLike: true,
  groupsByKey: true,
  // The most that sorting may take; it has to hold some rows with their long texts, and takes no more than it needs.
  session: ", sort_buffer_size = 67108864",
  indexExpression: "expression",
  checksQuery: `
    select t.table_name, c.constraint_name, c.check_clause
    from information_schema.table_constraints t
    join information_schema.check_constraints c
      on c.constraint_schema = t.constraint_schema and c.constraint_name = t.constraint_name
    where t.table_schema = database() and t.constraint_type = 'CHECK' order by 1, 2`,
  defaultsAsSql: false,
  forbidsNullsOnline: true,
});

export const mariadbServer: Server = Object.freeze<Server>({
  name: "MariaDB",
  oldest: [10, 6, 0],
  collation: "utf8mb4_nopad_bin",
  insertReturning: true,
  jsonType: false,
  jsonKeysWithMinus: false,
  orderedAggregates: true,
  isolation: "@@tx_isolation",
  lockForShare: "lock in share mode",
  regexpLike: false,
  groupsByKey: false,
  // The most that an aggregate may put into one value, beside what a packet may hold.
  session: ", group_concat_max_len = 1073741824",
  indexExpression: "null",
  checksQuery: `
    select table_name, constraint_name, check_clause
    from information_schema.check_constraints where constraint_schema = database() order by 1, 2`,
  defaultsAsSql: true,
  forbidsNullsOnline: false,
});

/** The family and release that a server says it is: `8.4.3`, `10.11.6-MariaDB-log`, `5.5.5-10.6.4-MariaDB`. */
export function serverOf(version: string): Server {
  const server = /mariadb/i.test(version) ? mariadbServer : mysqlServer;
  const release = /(\d+)\.(\d+)\.(\d+)/.exec(version.replace(/^5\.5\.5-(?=\d)/, ""));
  const numbers = release?.slice(1).map(Number) ?? [];
  if (!isOlder(numbers, server.oldest)) return server;
  throw new ConnectionError(
    `The server is ${server.name} ${numbers.join(".")}, and @mortise/mysql needs ${server.oldest.join(".")} or newer.`,
  );
}

function isOlder(release: readonly number[], oldest: readonly number[]): boolean {
  const at = oldest.findIndex((part, index) => part !== release[index]);
  return at !== -1 && (release[at] ?? 0) < (oldest[at] ?? 0);
}
