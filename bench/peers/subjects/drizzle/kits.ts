import { instantOf, textOfInstant } from "../../../subjects/sqlite/statement.ts";
import type { Kit } from "./tables.ts";

/** The columns of an engine out of the module `drizzle-orm/<engine>-core` of any version. */
export const kits: Readonly<Record<string, (core: any) => Kit>> = {
  sqlite: (core) => ({
    table: core.sqliteTable,
    key: () => core.integer("id").primaryKey(),
    integer: core.integer,
    text: core.text,
    name: core.text,
    flag: (name) => core.integer(name, { mode: "boolean" }),
    instant: core.customType({ dataType: () => "text", fromDriver: instantOf, toDriver: textOfInstant }),
    document: (name) => core.text(name, { mode: "json" }),
    number: core.real,
  }),
  postgres: (core) => ({
    table: core.pgTable,
    key: () => core.integer("id").primaryKey().generatedByDefaultAsIdentity(),
    integer: core.integer,
    text: core.text,
    name: core.text,
    flag: core.boolean,
    instant: (name) => core.timestamp(name, { withTimezone: true, mode: "date" }),
    document: core.jsonb,
    number: core.doublePrecision,
  }),
  mysql: (core) => ({
    table: core.mysqlTable,
    key: () => core.int("id").autoincrement().primaryKey(),
    integer: core.int,
    text: core.text,
    name: (name) => core.varchar(name, { length: 100 }),
    flag: core.boolean,
    instant: (name) => core.datetime(name, { mode: "date", fsp: 3 }),
    // MariaDB's documents are texts, which the column type for JSON does not read.
    document: core.customType({
      dataType: () => "json",
      fromDriver: (value: unknown) => (typeof value === "string" ? JSON.parse(value) : value),
    }),
    number: core.double,
  }),
};
