import { MigrationError } from "@mortise/core/adapter";
import { derivedName, type ForeignKeyState, type IndexColumn, type IndexState } from "@mortise/core/state";
import type { TableEdit } from "./table-edit.ts";
import type { TableName } from "./table-name.ts";

type Action = ForeignKeyState["onDelete"];

const actions: readonly Action[] = ["cascade", "restrict", "set null", "set default", "no action"];

/** A foreign key: `table.foreign("user_id").references("id").inTable("users").onDelete("cascade")`. */
export class ForeignKeyBuilder {
  readonly #from: string;
  readonly #columns: readonly string[];
  #name: string | undefined;
  #references: readonly string[] = [];
  #table: TableName | undefined;
  #onDelete: Action = "no action";
  #onUpdate: Action = "no action";
  #deferrable = false;

  constructor(from: string, columns: readonly string[], name?: string) {
    this.#from = from;
    this.#columns = columns;
    this.#name = name;
  }

  /** The columns that the key points at; `"users.id"` names the table with it. */
  references(columns: string | readonly string[]): this {
    const dot = typeof columns === "string" ? columns.lastIndexOf(".") : -1;
    if (typeof columns === "string" && dot > 0 && this.#table === undefined) this.#table = columns.slice(0, dot);
    this.#references = typeof columns === "string" ? [columns.slice(dot + 1)] : columns;
    return this;
  }

  inTable(table: TableName): this {
    this.#table = table;
    return this;
  }

  onDelete(action: string): this {
    this.#onDelete = actionOf(action);
    return this;
  }

  onUpdate(action: string): this {
    this.#onUpdate = actionOf(action);
    return this;
  }

  /** Looked at when the transaction ends, where the engine can (PostgreSQL, SQLite). */
  deferrable(): this {
    this.#deferrable = true;
    return this;
  }

  withKeyName(name: string): this {
    this.#name = name;
    return this;
  }

  toEdit(): TableEdit {
    if (this.#table === undefined) {
      throw new MigrationError(
        `The foreign key over ${this.#columns.join(", ")} of "${this.#from}" names no table: say inTable("users").`,
      );
    }
    return {
      kind: "addForeign",
      key: {
        name: this.#name ?? derivedName(this.#from, this.#columns, "foreign"),
        columns: this.#columns,
        table: this.#table,
        references: this.#references,
        onDelete: this.#onDelete,
        onUpdate: this.#onUpdate,
        deferrable: this.#deferrable,
      },
    };
  }
}

function actionOf(text: string): Action {
  const found = actions.find((action) => action === text.toLowerCase());
  if (found !== undefined) return found;
  throw new MigrationError(`"${text}" is no action of a foreign key. There are: ${actions.join(", ")}.`);
}

/** A column of an index, or an expression: `{ column: "name", order: "desc" }`, `{ expression: "lower(name)" }`. */
export type IndexPart =
  | string
  | {
      readonly column?: string;
      readonly expression?: string;
      readonly order?: "asc" | "desc";
      readonly collation?: string;
      /** MySQL: only so much of the beginning of the column. */
      readonly length?: number;
      /** Where nulls stand, on PostgreSQL. */
      readonly nulls?: "first" | "last";
      /** PostgreSQL: the operators to compare with. */
      readonly operatorClass?: string;
    };

export interface IndexOptions {
  /** The rows that are in the index: `"deleted_at is null"`. */
  readonly where?: string;
  /** The method: `"gin"`, `"hash"`, `"fulltext"`, `"spatial"`, … */
  readonly type?: string;
  readonly unique?: boolean;
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
}

export function plainIndex(parts: readonly IndexPart[], name: string, options: IndexOptions = {}): IndexState {
  return {
    name,
    unique: options.unique ?? false,
    columns: parts.map(indexColumn),
    where: options.where,
    method: options.type?.toLowerCase(),
    include: options.include ?? [],
    nullsNotDistinct: options.nullsNotDistinct ?? false,
  };
}

function indexColumn(part: IndexPart): IndexColumn {
  if (typeof part === "string") return { column: part, expression: undefined, order: "asc", collation: undefined };
  const { column, expression, order = "asc", collation, length, nulls, operatorClass } = part;
  if ((column === undefined) === (expression === undefined))
    throw new MigrationError("A part of an index is a column or an expression, one of the two.");
  return { column, expression, order, collation, length, nulls, operatorClass };
}
