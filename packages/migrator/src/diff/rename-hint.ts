import { MigrationError } from "@mortise/core/adapter";
import {
  qualifiedName,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";
import type { Fold } from "./match.ts";

/** A rename that somebody asked for: of a table, or of a column or index of one. */
export interface RenameHint {
  readonly text: string;
  readonly table: string;
  /** `undefined` for the table itself. */
  readonly object: string | undefined;
  readonly to: string;
}

/** `users.name:full_name` and `users:people`; a namespace may stand before the table. `mood.sad:unhappy` renames a label of a type. */
export function parseHint(text: string, actual: SchemaState, desired: SchemaState, fold: Fold): RenameHint {
  const at = text.lastIndexOf(":");
  const [from, to] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
  if (from === "" || to === "") {
    throw new MigrationError(
      `The rename "${text}" is not understood. Write the old name, a colon and the new name, as in users.name:full_name or users:people.`,
    );
  }
  const tables = [...actual.tables, ...desired.tables];
  const isTable = (name: string): boolean => tables.some((table) => fold(qualifiedName(table)) === fold(name));
  const dot = from.lastIndexOf(".");
  if (isTable(from) || dot === -1) return { text, table: from, object: undefined, to };
  return { text, table: from.slice(0, dot), object: from.slice(dot + 1), to };
}

/** The desired state with the hints written into its tables and columns. A hint that names nothing is an error. */
export function withHints(desired: SchemaState, hints: readonly RenameHint[], fold: Fold): SchemaState {
  for (const hint of hints) if (!namesSomething(desired, hint, fold)) throw namesNothing(hint);
  return { ...desired, tables: desired.tables.map((table) => hintedTable(table, hints, fold)) };
}

function hintedTable(table: TableState, hints: readonly RenameHint[], fold: Fold): TableState {
  const own = hints.find(({ object, to }) => object === undefined && fold(to) === fold(table.name));
  const inside = hints.filter((hint) => hint.object !== undefined && isOf(hint, table, fold));
  return {
    ...table,
    renamedFrom: own === undefined ? table.renamedFrom : bareName(own.table),
    columns: table.columns.map((column) => {
      const hint = inside.find(({ to }) => fold(to) === fold(column.name));
      return hint?.object === undefined ? column : { ...column, renamedFrom: hint.object };
    }),
  };
}

/** A hint may name the table by its old name or by its new one. */
function isOf(hint: RenameHint, table: TableState, fold: Fold): boolean {
  const names = [qualifiedName(table), table.name, table.renamedFrom ?? table.name];
  return names.some((name) => fold(name) === fold(hint.table));
}

function namesSomething(desired: SchemaState, hint: RenameHint, fold: Fold): boolean {
  if (desired.enums.some(({ name, values }) => name === hint.table && values.includes(hint.to))) return true;
  if (hint.object === undefined) return desired.tables.some((table) => fold(table.name) === fold(hint.to));
  const isNamed = ({ name }: { readonly name: string | undefined }) =>
    name !== undefined && fold(name) === fold(hint.to);
  return desired.tables.some(
    (table) =>
      isOf(hint, table, fold) &&
      (table.columns.some(isNamed) || table.uniques.some(isNamed) || table.indexes.some(isNamed)),
  );
}

function namesNothing({ text, to }: RenameHint): MigrationError {
  return new MigrationError(
    `The rename "${text}" leads nowhere: the schema has nothing called "${to}" there. Names are those of the database, such as full_name.`,
  );
}

/** The old name of an index or unique key, where a hint tells one. */
export function hintedIndex(
  hints: readonly RenameHint[],
  table: TableState,
  key: IndexState | UniqueState,
  fold: Fold,
): string | undefined {
  return hints.find(
    ({ object, to, ...hint }) =>
      object !== undefined && fold(to) === fold(key.name ?? "") && isOf({ ...hint, object, to }, table, fold),
  )?.object;
}

function bareName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
