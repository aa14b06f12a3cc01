import type {
  CheckState,
  ColumnState,
  EnumState,
  ForeignKeyState,
  IndexState,
  TableState,
  UniqueState,
} from "./schema-state.ts";

interface OnTable {
  readonly table: string;
  readonly namespace: string | undefined;
  /** Made in a form that lets others read and write meanwhile (see `SchemaAdapter.online`). */
  readonly online?: true;
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
  | { readonly kind: "dropTable"; readonly table: TableState }
  | ({ readonly kind: "changeTable"; readonly changes: readonly TableChange[] } & FromTo<TableState> & OnTable)
  | { readonly kind: "createEnum"; readonly type: EnumState }
  | ({ readonly kind: "alterEnum" } & LabelChange & FromTo<EnumState>)
  | { readonly kind: "dropEnum"; readonly type: EnumState }
  | { readonly kind: "createNamespace"; readonly name: string }
  | { readonly kind: "dropNamespace"; readonly name: string }
  | { readonly kind: "createExtension"; readonly name: string }
  | TableChange;

/** A change of one table that is there. */
export type TableChange =
  | ({ readonly kind: "renameTable" } & FromTo<string> & OnTable)
  | ({ readonly kind: "alterTable" } & FromTo<TableState["options"]> & OnTable)
  | ({ readonly kind: "setTableComment" } & FromTo<string | undefined> & OnTable)
  | ({ readonly kind: "addColumn"; readonly column: ColumnState } & MadeWithColumn & OnTable)
  | ({ readonly kind: "renameColumn" } & FromTo<string> & OnTable)
  | ({ readonly kind: "alterColumn" } & FromTo<ColumnState> & OnTable)
  | ({ readonly kind: "dropColumn"; readonly column: ColumnState } & OnTable)
  | ({ readonly kind: "setPrimaryKey" } & FromTo<PrimaryKeyState> & OnTable)
  | ({ readonly kind: "createIndex"; readonly index: IndexState } & OnTable)
  | ({ readonly kind: "replaceIndex" } & FromTo<IndexState> & OnTable)
  | ({ readonly kind: "renameIndex" } & FromTo<string> & OnTable)
  | ({ readonly kind: "dropIndex"; readonly index: IndexState } & OnTable)
  | ({ readonly kind: "addUnique"; readonly unique: UniqueState } & OnTable)
  | ({ readonly kind: "replaceUnique" } & FromTo<UniqueState> & OnTable)
  | ({ readonly kind: "dropUnique"; readonly unique: UniqueState } & OnTable)
  | ({ readonly kind: "addForeignKey"; readonly foreignKey: ForeignKeyState } & OnTable)
  | ({ readonly kind: "replaceForeignKey" } & FromTo<ForeignKeyState> & OnTable)
  | ({ readonly kind: "dropForeignKey"; readonly foreignKey: ForeignKeyState } & OnTable)
  | ({ readonly kind: "addCheck"; readonly check: CheckState } & OnTable)
  | ({ readonly kind: "replaceCheck" } & FromTo<CheckState> & OnTable)
  | ({ readonly kind: "dropCheck"; readonly check: CheckState } & OnTable);

interface LabelChange {
  /** Labels that go on under another name. */
  readonly renames: readonly FromTo<string>[];
  /** The columns of the type, for an engine that has to change them with it (see `SchemaAdapter.rewrite`). */
  readonly uses: readonly EnumUse[];
}

/** A column whose values are labels of a type. */
export interface EnumUse extends OnTable {
  readonly column: ColumnState;
}

interface MadeWithColumn {
  /** Made together with the column, by an engine that cannot add it later (see `SchemaAdapter.rewrite`). */
  readonly foreignKey: ForeignKeyState | undefined;
  /** Where the column stands, if not behind all others. */
  readonly position?: "first" | { readonly after: string };
}

export type ChangeKind = Change["kind"];

/** The changes of one kind: `ChangeOf<"addColumn">`. */
export type ChangeOf<K extends ChangeKind> = Change & { readonly kind: K };
