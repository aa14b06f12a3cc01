import type { CheckState, ColumnState, ForeignKeyState, IndexState, TableState, UniqueState } from "./schema-state.ts";

interface OnTable {
  readonly table: string;
  readonly namespace: string | undefined;
}

/** From what the database has to what is wanted. */
interface FromTo<T> {
  readonly from: T;
  readonly to: T;
}

type PrimaryKeyState = TableState["primaryKey"];

/**
 * One step from a database to a schema. Closed: every consumer handles every kind. Its states are in the adapter's normal form.
 *
 * A difference that nothing can migrate yet is a change too: `SchemaAdapter.supports` refuses it with a sentence.
 */
export type Change =
  | { readonly kind: "createTable"; readonly table: TableState }
  | ({ readonly kind: "renameTable" } & FromTo<string> & OnTable)
  | ({ readonly kind: "alterTable" } & FromTo<TableState["options"]> & OnTable)
  | ({ readonly kind: "setTableComment" } & FromTo<string | undefined> & OnTable)
  | ({ readonly kind: "addColumn"; readonly column: ColumnState } & MadeWithColumn & OnTable)
  | ({ readonly kind: "renameColumn" } & FromTo<string> & OnTable)
  | ({ readonly kind: "alterColumn" } & FromTo<ColumnState> & OnTable)
  | ({ readonly kind: "setPrimaryKey" } & FromTo<PrimaryKeyState> & OnTable)
  | ({ readonly kind: "createIndex"; readonly index: IndexState } & OnTable)
  | ({ readonly kind: "replaceIndex" } & FromTo<IndexState> & OnTable)
  | ({ readonly kind: "addUnique"; readonly unique: UniqueState } & OnTable)
  | ({ readonly kind: "replaceUnique" } & FromTo<UniqueState> & OnTable)
  | ({ readonly kind: "addForeignKey"; readonly foreignKey: ForeignKeyState } & OnTable)
  | ({ readonly kind: "replaceForeignKey" } & FromTo<ForeignKeyState> & OnTable)
  | ({ readonly kind: "addCheck"; readonly check: CheckState } & OnTable)
  | ({ readonly kind: "replaceCheck" } & FromTo<CheckState> & OnTable);

interface MadeWithColumn {
  /** Made together with the column, by an engine that cannot add it later (see `SchemaAdapter.rewrite`). */
  readonly foreignKey: ForeignKeyState | undefined;
}

export type ChangeKind = Change["kind"];

/** The changes of one kind: `ChangeOf<"addColumn">`. */
export type ChangeOf<K extends ChangeKind> = Change & { readonly kind: K };
