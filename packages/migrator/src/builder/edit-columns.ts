import { MigrationError, type ColumnType } from "@mortise/core/adapter";
import { qualifiedName, type ColumnState, type SchemaAdapter, type TableState } from "@mortise/core/state";
import type { ColumnDraft, ColumnPosition } from "./table-edit.ts";

type Fold = (name: string) => string;

export function findColumn(table: TableState, name: string, fold: Fold): ColumnState | undefined {
  return table.columns.find((column) => fold(column.name) === fold(name));
}

export function requireColumn(table: TableState, name: string, fold: Fold): ColumnState {
  const found = findColumn(table, name, fold);
  if (found !== undefined) return found;
  const known = table.columns.map((column) => column.name).join(", ");
  throw new MigrationError(`The table "${qualifiedName(table)}" has no column "${name}". It has: ${known}.`);
}

/** A column that is new. */
export function columnOf(draft: ColumnDraft, type: ColumnType): ColumnState {
  return {
    name: draft.name,
    type: fitting(type, draft.default),
    databaseType: undefined,
    nullable: draft.nullable ?? true,
    default: draft.default ?? undefined,
    autoIncrement: draft.autoIncrement ?? false,
    generated: draft.generated,
    collation: draft.collation ?? undefined,
    comment: draft.comment ?? undefined,
    renamedFrom: undefined,
    managed: true,
  };
}

/** The same type, read in the form that its default is given in. */
function fitting(type: ColumnType, given: ColumnDraft["default"]): ColumnType {
  if (!("as" in type) || given?.kind !== "value") return type;
  return { ...type, as: typeof given.value === "string" ? "string" : "date" };
}

/** A column that is changed: what was not said stays as it is. */
export function changedColumn(column: ColumnState, draft: ColumnDraft, type: ColumnType): ColumnState {
  return {
    ...columnOf(draft, type),
    name: column.name,
    renamedFrom: column.renamedFrom,
    nullable: draft.nullable ?? column.nullable,
    default: draft.default === undefined ? column.default : (draft.default ?? undefined),
    autoIncrement: draft.autoIncrement ?? column.autoIncrement,
    generated: draft.generated,
    collation: draft.collation === undefined && isText(type) ? column.collation : (draft.collation ?? undefined),
    comment: draft.comment === undefined ? column.comment : (draft.comment ?? undefined),
  };
}

function isText({ kind }: ColumnType): boolean {
  return ["string", "char", "text", "mediumText", "longText", "enum", "specific"].includes(kind);
}

export function insertedAt(
  columns: readonly ColumnState[],
  column: ColumnState,
  position: ColumnPosition | undefined,
  fold: Fold,
): readonly ColumnState[] {
  if (position === undefined) return [...columns, column];
  const at = position === "first" ? 0 : columns.findIndex(({ name }) => fold(name) === fold(position.after)) + 1;
  if (position !== "first" && at === 0)
    throw new MigrationError(`"${column.name}" cannot stand after "${position.after}", which is not there.`);
  return columns.toSpliced(at, 0, column);
}

/** How the database compares names, and how its expressions speak of a renamed column. */
type Words = Pick<SchemaAdapter, "foldName" | "renameIn">;

/** The table without a column, and without the keys and checks that use it. */
export function withoutColumn(table: TableState, column: ColumnState, { foldName: fold, renameIn }: Words): TableState {
  const isIt = (name: string | undefined): boolean => name !== undefined && fold(name) === fold(column.name);
  // An expression that says something else when the column is called otherwise uses it.
  const isIn = (expression: string | undefined): boolean =>
    expression !== undefined && renameIn(expression, column.name, `${column.name}_`) !== expression;
  return {
    ...table,
    columns: table.columns.filter((one) => one !== column),
    primaryKey: table.primaryKey?.columns.some(isIt) === true ? undefined : table.primaryKey,
    uniques: table.uniques.filter(({ columns }) => !columns.some(isIt)),
    indexes: table.indexes.filter(
      (index) =>
        !index.columns.some((part) => isIt(part.column) || isIn(part.expression)) &&
        !index.include.some(isIt) &&
        !isIn(index.where),
    ),
    foreignKeys: table.foreignKeys.filter((key) => !key.columns.some(isIt)),
    checks: table.checks.filter((check) => !isIn(check.expression) && check.columns?.some(isIt) !== true),
  };
}
