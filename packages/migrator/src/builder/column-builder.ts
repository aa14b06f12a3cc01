import { MigrationError, SqlDefault, type ColumnType } from "@mortise/core/adapter";
import { derivedName, type ColumnState, type DefaultState } from "@mortise/core/state";
import { ForeignKeyBuilder, plainIndex } from "./key-builder.ts";
import type { ColumnDraft, ColumnPosition, TableEdit } from "./table-edit.ts";
import type { TableName } from "./table-name.ts";

/**
 * A column of a migration, described by what is chained to it.
 *
 * `table.string("email").notNullable().unique()`
 *
 * A column may be null unless `notNullable()` is said; with `alter()` what is not said stays as it is.
 */
export class ColumnBuilder {
  readonly #table: string;
  readonly #name: string;
  readonly #edits: TableEdit[] = [];
  #type: ColumnType | "reference";
  #nullable: boolean | undefined;
  #default: DefaultState | null | undefined;
  #autoIncrement: boolean | undefined;
  #generated: ColumnState["generated"];
  #collation: string | null | undefined;
  #comment: string | null | undefined;
  #position: ColumnPosition | undefined;
  #isAltered = false;
  #key: ForeignKeyBuilder | undefined;

  constructor(table: string, name: string, type: ColumnType | "reference") {
    if (typeof name !== "string" || name === "") throw new MigrationError(`A column of "${table}" needs a name.`);
    this.#table = table;
    this.#name = name;
    this.#type = type;
  }

  nullable(): this {
    this.#nullable = true;
    return this;
  }

  notNullable(): this {
    this.#nullable = false;
    return this;
  }

  /** The default of the database: a value, an expression such as `schema.fn.now()`, or `null` for none. */
  defaultTo(value: unknown): this {
    if (value === undefined) throw new MigrationError(`${this.#place()} was given undefined as its default.`);
    this.#default =
      value === null
        ? null
        : value instanceof SqlDefault
          ? { kind: "expression", expression: value.expression }
          : { kind: "value", value };
    return this;
  }

  /** A unique key over this column alone. */
  unique(name?: string): this {
    this.#edits.push({ kind: "addUnique", columns: [this.#name], name });
    return this;
  }

  /** An index over this column alone. */
  index(name?: string): this {
    this.#edits.push({
      kind: "addIndex",
      index: plainIndex([this.#name], name ?? derivedName(this.#table, [this.#name], "index")),
    });
    return this;
  }

  /** The primary key of the table. */
  primary(name?: string): this {
    this.#nullable = false;
    this.#edits.push({ kind: "setPrimary", columns: [this.#name], name });
    return this;
  }

  /** `null` takes it away. */
  comment(text: string | null): this {
    this.#comment = text;
    return this;
  }

  /** Whole numbers from zero upwards; on engines without such types a check holds them to it. */
  unsigned(): this {
    const type = this.#type;
    if (type === "reference" || !("unsigned" in type))
      throw new MigrationError(`${this.#place()} is no whole number, so it cannot be unsigned.`);
    this.#type = { ...type, unsigned: true };
    return this;
  }

  /** The database counts: needs to be the primary key. */
  autoIncrement(isCounted = true): this {
    this.#autoIncrement = isCounted;
    if (isCounted) this.#nullable = false;
    return this;
  }

  /** Behind another column, where the engine can place a new column (MySQL, MariaDB). */
  after(column: string): this {
    this.#position = { after: column };
    return this;
  }

  /** Before all other columns, where the engine can place a new column (MySQL, MariaDB). */
  first(): this {
    this.#position = "first";
    return this;
  }

  checkPositive(name?: string): this {
    return this.#check("{0} > 0", name ?? derivedName(this.#table, [this.#name, "positive"], "check"), [this.#name]);
  }

  /** The values match a regular expression, in the words of the engine: `checkRegex("^[A-Z]{2}$")`. */
  checkRegex(pattern: string, name?: string): this {
    const named = name ?? derivedName(this.#table, [this.#name, "pattern"], "check");
    this.#edits.push({ kind: "addCheck", check: { kind: "pattern", name: named, column: this.#name, pattern } });
    return this;
  }

  /** An SQL expression that holds for every row: `check("price >= 0")`. The text is written as it stands. */
  check(expression: string, name?: string): this {
    return this.#check(expression, name ?? derivedName(this.#table, [this.#name, "rule"], "check"));
  }

  #check(expression: string, name: string, columns?: readonly string[]): this {
    const check = { kind: "expression", name, expression, ...(columns === undefined ? {} : { columns }) } as const;
    this.#edits.push({ kind: "addCheck", check });
    return this;
  }

  /** Computed from other columns; stored unless `{ stored: false }` is said. */
  generatedAs(expression: string, options: { readonly stored?: boolean } = {}): this {
    this.#generated = { expression, stored: options.stored ?? true };
    return this;
  }

  /** `null` is the one that texts have anyway. */
  collate(collation: string | null): this {
    this.#collation = collation;
    return this;
  }

  /** The column that this one points at: `references("id").inTable("users")`, or `references("users.id")`. */
  references(column: string): this {
    this.#foreign().references(column);
    return this;
  }

  inTable(table: TableName): this {
    this.#foreign().inTable(table);
    return this;
  }

  /** What happens to this row when the one it points at goes: `"cascade"`, `"set null"`, … */
  onDelete(action: string): this {
    this.#foreign().onDelete(action);
    return this;
  }

  deferrable(): this {
    this.#foreign().deferrable();
    return this;
  }

  onUpdate(action: string): this {
    this.#foreign().onUpdate(action);
    return this;
  }

  /** A foreign key to the table that the column is named after, or to the one that is given: `user_id` points at `users`. */
  constrained(table?: TableName, column = "id"): this {
    this.#foreign().references(column);
    this.#foreign().inTable(table ?? tableNamedBy(this.#name));
    return this;
  }

  /** Changes a column that is there, instead of adding one. */
  alter(): this {
    this.#isAltered = true;
    return this;
  }

  /** What was said, as data. */
  toEdits(): readonly TableEdit[] {
    const column: ColumnDraft = {
      name: this.#name,
      type: this.#type,
      nullable: this.#nullable,
      default: this.#default,
      autoIncrement: this.#autoIncrement,
      generated: this.#generated,
      collation: this.#collation,
      comment: this.#comment,
      position: this.#position,
    };
    const kind = this.#isAltered ? "alterColumn" : "addColumn";
    return [{ kind, column }, ...this.#edits, ...(this.#key === undefined ? [] : [this.#key.toEdit()])];
  }

  #foreign(): ForeignKeyBuilder {
    return (this.#key ??= new ForeignKeyBuilder(this.#table, [this.#name]));
  }

  #place(): string {
    return `The column "${this.#name}" of "${this.#table}"`;
  }
}

/** `user_id` and `userId` are named after `users`, `category_id` after `categories`. */
function tableNamedBy(column: string): string {
  const stem = column.replace(/(_id|Id|_uuid|Uuid)$/, "");
  if (stem === column || stem === "") {
    throw new MigrationError(`Name the table that "${column}" points at, as in constrained("users").`);
  }
  if (/[^aeiou]y$/.test(stem)) return `${stem.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(stem) ? `${stem}es` : `${stem}s`;
}
