import type { ReferenceAction } from "@mortise/core/adapter";
import { parseColumn } from "./parse-column.ts";
import { parseConflict, parseReferences } from "./parse-references.ts";
import { TokenReader } from "./token-reader.ts";

export interface ParsedColumn {
  readonly name: string;
  /** The declared type as written, without comments. */
  readonly type: string;
  collation: string | undefined;
  autoIncrement: boolean;
  generated: { readonly expression: string; readonly stored: boolean } | undefined;
}

export interface ParsedForeignKey {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly table: string;
  /** Empty: the primary key of the other table. */
  readonly references: readonly string[];
  readonly onDelete: ReferenceAction;
  readonly onUpdate: ReferenceAction;
  readonly deferrable: boolean;
}

/** What a CREATE TABLE says, beyond what SQLite's pragmas tell. */
export interface ParsedTable {
  readonly columns: ParsedColumn[];
  primaryKeyName: string | undefined;
  readonly uniques: { readonly name: string | undefined; readonly columns: readonly string[] }[];
  readonly checks: { readonly name: string | undefined; readonly expression: string }[];
  readonly foreignKeys: ParsedForeignKey[];
  /** Clauses that a schema state has no word for, each as a short text. */
  readonly notes: string[];
}

/** Reads a CREATE TABLE as SQLite stores it. */
export function parseTable(sql: string): ParsedTable {
  const reader = new TokenReader(sql);
  const table: ParsedTable = {
    columns: [],
    primaryKeyName: undefined,
    uniques: [],
    checks: [],
    foreignKeys: [],
    notes: [],
  };
  reader.skipTo(() => reader.sees("("));
  reader.takes("(");
  while (!reader.done && !reader.sees(")")) {
    if (startsConstraint(reader)) parseConstraint(reader, table);
    else if (!parseColumn(reader, table)) noteRest(reader, table);
    reader.takes(",");
  }
  reader.takes(")");
  parseOptions(reader, table);
  return table;
}

function startsConstraint(reader: TokenReader): boolean {
  return ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].some((word) => reader.sees(word));
}

/** One table constraint. SQLite does not insist on commas between them. */
function parseConstraint(reader: TokenReader, table: ParsedTable): void {
  const name = reader.takes("CONSTRAINT") ? reader.name() : undefined;
  if (reader.takes("PRIMARY", "KEY")) {
    table.primaryKeyName = name;
    parseKeyColumns(reader, table, "primary key");
    parseConflict(reader, table, "primary key");
  } else if (reader.takes("UNIQUE")) {
    const columns = parseKeyColumns(reader, table, "unique key");
    table.uniques.push({ name, columns });
    parseConflict(reader, table, `unique key (${columns.join(", ")})`);
  } else if (reader.takes("CHECK")) {
    table.checks.push({ name, expression: reader.parenthesised() ?? "" });
    parseConflict(reader, table, "check");
  } else if (reader.takes("FOREIGN", "KEY")) {
    const columns = splitNames(reader.parenthesised() ?? "");
    const key = parseReferences(reader, name, columns);
    if (key !== undefined) table.foreignKeys.push(key);
  } else if (name === undefined) {
    noteRest(reader, table);
  }
}

/** `(a, b COLLATE NOCASE DESC)`: the names; anything besides them is noted. */
function parseKeyColumns(reader: TokenReader, table: ParsedTable, what: string): readonly string[] {
  const text = reader.parenthesised() ?? "";
  const list = new TokenReader(text);
  const columns: string[] = [];
  while (!list.done) {
    const name = list.name();
    if (name !== undefined) columns.push(name);
    if (list.takes("AUTOINCREMENT")) {
      const column = table.columns.find((one) => one.name.toLowerCase() === name?.toLowerCase());
      if (column !== undefined) column.autoIncrement = true;
    }
    list.takes("ASC");
    if (!list.done && !list.sees(",")) {
      table.notes.push(`${what} (${text})`);
      list.skipTo(() => list.sees(","));
    }
    list.takes(",");
  }
  return columns;
}

function splitNames(text: string): readonly string[] {
  const list = new TokenReader(text);
  const names: string[] = [];
  while (!list.done) {
    const name = list.name();
    if (name !== undefined) names.push(name);
    else list.next();
    list.takes(",");
  }
  return names;
}

/** STRICT and WITHOUT ROWID come from a pragma; anything else is noted. */
function parseOptions(reader: TokenReader, table: ParsedTable): void {
  while (!reader.done) {
    if (reader.takes("STRICT") || reader.takes("WITHOUT", "ROWID") || reader.takes(",") || reader.takes(";")) continue;
    table.notes.push(reader.next()?.text ?? "");
  }
}

/** What is not understood is named, up to the next comma. */
function noteRest(reader: TokenReader, table: ParsedTable): void {
  const start = reader.peek()?.start ?? 0;
  reader.next();
  const end = reader.skipTo(() => reader.sees(",") || reader.sees(")"));
  table.notes.push(reader.sql.slice(start, end).trim());
}
