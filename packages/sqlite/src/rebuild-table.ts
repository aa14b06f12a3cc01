import type { ChangeOf, ColumnState, TableState } from "@mortise/core/state";
import { quoteName, quoteNames, quoteText } from "./spelling.ts";
import { createKeys, tableText } from "./table-ddl.ts";

/**
 * The statements that build a table anew: make it under another name, copy every row, let it take the old one's place, and make its
 * indexes and triggers again. Foreign keys are off meanwhile (see `lock.ts`), so that no row of another table goes with the old one.
 */
export function rebuildTable({ from, to }: ChangeOf<"changeTable">): readonly string[] {
  const interim = `mortise_new_${to.name}`;
  const triggers = from.unmanaged.flatMap(({ kind, definition }) =>
    kind === "trigger" && definition !== undefined ? [definition] : [],
  );
  return [
    tableText(to, interim),
    ...copyRows(from, to, interim),
    ...copySequence(from, to, interim),
    `DROP TABLE ${quoteName(from.name)}`,
    // The old way of renaming leaves alone what other tables, views and triggers say: it names the table rightly already.
    "PRAGMA legacy_alter_table = ON",
    `ALTER TABLE ${quoteName(interim)} RENAME TO ${quoteName(to.name)}`,
    "PRAGMA legacy_alter_table = OFF",
    ...createKeys(to),
    ...triggers,
    ...(triggers.length > 0 ? checkTriggers(to) : []),
  ];
}

/** Columns that were there and are not computed; a new one gets its default by being left out. */
function copyRows(from: TableState, to: TableState, interim: string): readonly string[] {
  const old = new Map(from.columns.map((column) => [column.name, column]));
  const copied = to.columns.filter((column) => column.generated === undefined && old.has(column.name));
  if (copied.length === 0) return [];
  const values = copied.map((column) => copiedValue(column, old.get(column.name)));
  return [
    `INSERT INTO ${quoteName(interim)} (${quoteNames(copied.map(({ name }) => name))}) ` +
      `SELECT ${values.join(", ")} FROM ${quoteName(from.name)}`,
  ];
}

/** A row without a value gets the default of a column that is no longer null. */
function copiedValue(column: ColumnState, before: ColumnState | undefined): string {
  const name = quoteName(column.name);
  const wasNullable = before?.nullable === true && !column.nullable;
  return wasNullable && column.default?.kind === "expression" ? `ifnull(${name}, ${column.default.expression})` : name;
}

/** Where the numbering of a table stands, so that no number of a deleted row is given again. */
function copySequence(from: TableState, to: TableState, interim: string): readonly string[] {
  const counts = (table: TableState): boolean => table.columns.some((column) => column.autoIncrement);
  if (!counts(from) || !counts(to)) return [];
  const [old, next] = [quoteText(from.name), quoteText(interim)];
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${next}`,
    `INSERT INTO sqlite_sequence (name, seq) SELECT ${next}, seq FROM sqlite_sequence WHERE name = ${old}`,
  ];
}

/** SQLite looks at a trigger's text when a statement may fire it: better now than at the next write. */
function checkTriggers(table: TableState): readonly string[] {
  const name = quoteName(table.name);
  const column = table.columns.find(({ generated }) => generated === undefined);
  if (column === undefined) return [];
  const own = quoteName(column.name);
  return [
    `EXPLAIN INSERT INTO ${name} DEFAULT VALUES`,
    `EXPLAIN UPDATE ${name} SET ${own} = ${own}`,
    `EXPLAIN DELETE FROM ${name}`,
  ];
}
