import { parseConflict, parseReferences } from "./parse-references.ts";
import type { ParsedColumn, ParsedTable } from "./parse-table.ts";
import type { TokenReader } from "./token-reader.ts";

/** The words that end a column's type. GENERATED may be part of a type's name unless ALWAYS follows. */
const constraintWords = [
  "CONSTRAINT",
  "PRIMARY",
  "NOT",
  "NULL",
  "UNIQUE",
  "CHECK",
  "DEFAULT",
  "COLLATE",
  "REFERENCES",
  "AS",
  "DEFERRABLE",
];

/** One column with its constraints. False when no column begins here. */
export function parseColumn(reader: TokenReader, table: ParsedTable): boolean {
  const name = reader.name();
  if (name === undefined) return false;
  const column: ParsedColumn = {
    name,
    type: parseType(reader),
    collation: undefined,
    autoIncrement: false,
    generated: undefined,
  };
  table.columns.push(column);
  let constraint: string | undefined;
  while (!reader.done && !reader.sees(",") && !reader.sees(")")) {
    if (reader.takes("CONSTRAINT")) constraint = reader.name();
    else if (!parseColumnConstraint(reader, table, column, constraint)) noteWord(reader, table, column);
    else constraint = undefined;
  }
  return true;
}

function parseType(reader: TokenReader): string {
  const type: string[] = [];
  while (!reader.done && !reader.sees(",") && !reader.sees(")") && !startsConstraint(reader)) {
    const size = reader.parenthesised();
    type.push(size === undefined ? ` ${reader.next()?.text ?? ""}` : `(${size})`);
  }
  return type.join("").trim();
}

function startsConstraint(reader: TokenReader): boolean {
  return constraintWords.some((word) => reader.sees(word)) || reader.sees("GENERATED", "ALWAYS");
}

function parseColumnConstraint(
  reader: TokenReader,
  table: ParsedTable,
  column: ParsedColumn,
  name: string | undefined,
): boolean {
  if (reader.takes("PRIMARY", "KEY")) {
    parseColumnKey(reader, table, column, name);
  } else if (reader.takes("UNIQUE")) {
    table.uniques.push({ name, columns: [column.name] });
    parseConflict(reader, table, `unique key (${column.name})`);
  } else if (reader.takes("NOT", "NULL") || reader.takes("NULL")) {
    parseConflict(reader, table, `not null (${column.name})`);
  } else if (reader.takes("CHECK")) {
    table.checks.push({ name, expression: reader.parenthesised() ?? "" });
    parseConflict(reader, table, `check of ${column.name}`);
  } else if (reader.takes("DEFAULT")) {
    skipDefault(reader);
  } else if (reader.takes("COLLATE")) {
    column.collation = reader.name();
  } else if (reader.takes("GENERATED", "ALWAYS", "AS") || reader.takes("AS")) {
    const expression = reader.parenthesised() ?? "";
    const stored = reader.takes("STORED");
    if (!stored) reader.takes("VIRTUAL");
    column.generated = { expression, stored };
  } else {
    const key = parseReferences(reader, name, [column.name]);
    if (key !== undefined) table.foreignKeys.push(key);
    return key !== undefined;
  }
  return true;
}

function parseColumnKey(reader: TokenReader, table: ParsedTable, column: ParsedColumn, name: string | undefined): void {
  table.primaryKeyName = name;
  if (reader.takes("DESC")) table.notes.push(`primary key (${column.name} DESC)`);
  reader.takes("ASC");
  parseConflict(reader, table, "primary key");
  column.autoIncrement = reader.takes("AUTOINCREMENT");
}

/** The default's text comes from a pragma; here it is only stepped over. */
function skipDefault(reader: TokenReader): void {
  if (reader.parenthesised() !== undefined) return;
  const sign = reader.takes("+") || reader.takes("-");
  if (sign || reader.peek() !== undefined) reader.next();
}

function noteWord(reader: TokenReader, table: ParsedTable, column: ParsedColumn): void {
  table.notes.push(`${reader.next()?.text ?? ""} of ${column.name}`);
}
