import { SqlDefault } from "@mortise/core/adapter";
import { TableBuilder } from "./table-builder.ts";
import type { SchemaEdit } from "./table-edit.ts";
import { placeOf, type TableName, type TablePlace } from "./table-name.ts";

/** Where the calls of a schema builder go, and who answers its questions. */
export interface SchemaQueue {
  add(edit: SchemaEdit): void;
  hasTable(table: TablePlace): Promise<boolean>;
  hasColumn(table: TablePlace, column: string): Promise<boolean>;
}

/** Expressions for `defaultTo`. */
export interface SchemaFunctions {
  /** The moment of the insert. */
  now(): SqlDefault;
  /** An SQL expression, written as it stands: `fn.sql("gen_random_uuid()")`. */
  sql(expression: string): SqlDefault;
}

const functions: SchemaFunctions = Object.freeze({
  now: () => new SqlDefault("now"),
  sql: (expression: string) => new SqlDefault(expression),
});

/**
 * Says what a migration does to the schema, the same on every SQL engine.
 *
 * `schema.createTable("users", (table) => { table.increments("id"); table.string("email").notNullable().unique(); })`
 *
 * Calls are collected, and made together when `up` ends, before a statement of `context.db`, and before `raw`: they are put in order and
 * refused as a whole, as `push` does. What the engine lacks is a `MigrationError` or an `UnsupportedError` that names it.
 */
export class SchemaBuilder {
  readonly fn: SchemaFunctions = functions;
  readonly #queue: SchemaQueue;

  constructor(queue: SchemaQueue) {
    this.#queue = queue;
  }

  createTable(name: TableName, describe: (table: TableBuilder) => void): void {
    this.#describe("createTable", name, describe);
  }

  /** Changes a table that is there; SQLite builds it anew where it has to. */
  table(name: TableName, describe: (table: TableBuilder) => void): void {
    this.#describe("alterTable", name, describe);
  }

  /** The same as `table`. */
  alterTable(name: TableName, describe: (table: TableBuilder) => void): void {
    this.#describe("alterTable", name, describe);
  }

  /** While the table has rows, the migration needs `acknowledge: ["drop-table:users"]`. */
  dropTable(name: TableName): void {
    this.#queue.add({ kind: "dropTable", table: placeOf(name), ifExists: false });
  }

  dropTableIfExists(name: TableName): void {
    this.#queue.add({ kind: "dropTable", table: placeOf(name), ifExists: true });
  }

  /** The new name is in the namespace of the old one. */
  renameTable(from: TableName, to: string): void {
    this.#queue.add({ kind: "renameTable", table: placeOf(from), to });
  }

  /** Whether the table is there, after everything that was said before. */
  hasTable(name: TableName): Promise<boolean> {
    return this.#queue.hasTable(placeOf(name));
  }

  hasColumn(table: TableName, column: string): Promise<boolean> {
    return this.#queue.hasColumn(placeOf(table), column);
  }

  /** A namespace for tables, on PostgreSQL. */
  createSchema(name: string): void {
    this.#queue.add({ kind: "createNamespace", name });
  }

  /** Removes a namespace that is empty. */
  dropSchema(name: string): void {
    this.#queue.add({ kind: "dropNamespace", name });
  }

  createExtension(name: string): void {
    this.#queue.add({ kind: "createExtension", name });
  }

  /** A type of its own for columns such as `table.enum("mood", values, { native: "mood" })`, where the engine has such types. */
  createEnum(name: string, values: readonly string[]): void {
    this.#queue.add({ kind: "createEnum", name, values: [...values] });
  }

  /** Gives a type the labels it shall have; `renames` says which go on under another name. */
  alterEnum(name: string, values: readonly string[], renames: Readonly<Record<string, string>> = {}): void {
    this.#queue.add({ kind: "alterEnum", name, values: [...values], renames });
  }

  dropEnum(name: string): void {
    this.#queue.add({ kind: "dropEnum", name });
  }

  /** Statements in the engine's own words, written as they stand; values belong into `context.db.raw`. */
  raw(sql: string): void {
    this.#queue.add({ kind: "raw", sql });
  }

  #describe(kind: "createTable" | "alterTable", name: TableName, describe: (table: TableBuilder) => void): void {
    const table = placeOf(name);
    const builder = new TableBuilder(table.name);
    describe(builder);
    this.#queue.add({ kind, table, edits: builder.toEdits() });
  }
}
