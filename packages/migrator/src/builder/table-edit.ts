import type { ColumnType } from "@mortise/core/adapter";
import type { CheckState, ColumnState, DefaultState, ForeignKeyState, IndexState } from "@mortise/core/state";
import type { TableName, TablePlace } from "./table-name.ts";

/** Where a new column stands: at the beginning, or behind another one. */
export type ColumnPosition = "first" | { readonly after: string };

/** A column as a migration describes it; what is `undefined` was not said. */
export interface ColumnDraft {
  readonly name: string;
  /** `"reference"` is the type of the column that the foreign key points at. */
  readonly type: ColumnType | "reference";
  readonly nullable: boolean | undefined;
  /** `null` is none. */
  readonly default: DefaultState | null | undefined;
  readonly autoIncrement: boolean | undefined;
  readonly generated: ColumnState["generated"];
  /** `null` is none. */
  readonly collation: string | null | undefined;
  readonly comment: string | null | undefined;
  readonly position: ColumnPosition | undefined;
}

/** A check, or the pattern of one, whose words only the adapter knows. */
export type CheckDraft =
  | ({ readonly kind: "expression" } & CheckState)
  | { readonly kind: "pattern"; readonly name: string | undefined; readonly column: string; readonly pattern: string };

/** A foreign key; it points at the primary key where it names no columns. */
export interface ForeignKeyDraft extends Pick<
  ForeignKeyState,
  "name" | "columns" | "onDelete" | "onUpdate" | "deferrable"
> {
  readonly table: TableName;
  readonly references: readonly string[];
}

/** Which key or check is meant: by its name, or by its columns. */
export type KeyChoice = string | readonly string[];

export interface TableOptionsDraft {
  readonly engine?: string;
  readonly charset?: string;
  readonly collate?: string;
  readonly strict?: boolean;
  readonly withoutRowid?: boolean;
}

/** One thing that is said of a table. */
export type TableEdit =
  | { readonly kind: "addColumn" | "alterColumn"; readonly column: ColumnDraft }
  | { readonly kind: "dropColumn"; readonly name: string }
  | { readonly kind: "renameColumn"; readonly from: string; readonly to: string }
  | { readonly kind: "setPrimary"; readonly columns: readonly string[]; readonly name: string | undefined }
  | { readonly kind: "addIndex"; readonly index: IndexState }
  | { readonly kind: "renameIndex"; readonly from: string; readonly to: string }
  | { readonly kind: "addUnique"; readonly columns: readonly string[]; readonly name: string | undefined }
  | { readonly kind: "addForeign"; readonly key: ForeignKeyDraft }
  | { readonly kind: "addCheck"; readonly check: CheckDraft }
  | { readonly kind: "dropPrimary" }
  | {
      readonly kind: "dropIndex" | "dropUnique" | "dropForeign" | "dropCheck";
      readonly choice: KeyChoice;
      readonly name: string | undefined;
    }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "options"; readonly options: TableOptionsDraft };

/** One call of the schema builder. */
export type SchemaEdit =
  | { readonly kind: "createTable" | "alterTable"; readonly table: TablePlace; readonly edits: readonly TableEdit[] }
  | { readonly kind: "dropTable"; readonly table: TablePlace; readonly ifExists: boolean }
  | { readonly kind: "renameTable"; readonly table: TablePlace; readonly to: string }
  | { readonly kind: "createEnum"; readonly name: string; readonly values: readonly string[] }
  | {
      readonly kind: "alterEnum";
      readonly name: string;
      readonly values: readonly string[];
      readonly renames: Readonly<Record<string, string>>;
    }
  | { readonly kind: "dropEnum"; readonly name: string }
  | { readonly kind: "createNamespace"; readonly name: string }
  | { readonly kind: "dropNamespace"; readonly name: string }
  | { readonly kind: "createExtension"; readonly name: string }
  | { readonly kind: "raw"; readonly sql: string };
