import type { SqlAdapter } from "@mortise/sql";
import { mysqlAdapter } from "./adapter.ts";
import type { MysqlOptions } from "./options.ts";

export type { MysqlOptions } from "./options.ts";

/**
 * Keeps the data in MySQL 8 or newer, or in MariaDB 10.6 or newer: `createDatabase(schema, mysql({ uri: "mysql://app@localhost/shop" }))`.
 *
 * Which of the two answers is found out when the first connection opens. Every connection speaks UTC, utf8mb4 and strict mode, and
 * tables made by Mortise compare texts exactly.
 */
export function mysql(options: MysqlOptions): SqlAdapter {
  return mysqlAdapter(options);
}
