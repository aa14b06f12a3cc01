import { SqlDefault, type ColumnType } from "@mortise/core/adapter";
import { derivedName } from "@mortise/core/state";
import { ColumnBuilder } from "./column-builder.ts";
import { ColumnTypes } from "./column-types.ts";
import { ForeignKeyBuilder, plainIndex, type IndexOptions, type IndexPart } from "./key-builder.ts";
import type { KeyChoice, TableEdit, TableOptionsDraft } from "./table-edit.ts";

/**
 * What a migration says of a table: columns, keys, checks, and what shall go.
 *
 * `schema.createTable("users", (table) => { table.increments("id"); table.string("email").unique(); })`
 */
export class TableBuilder extends ColumnTypes {
  readonly #table: string;
  readonly #said: (TableEdit | ColumnBuilder | ForeignKeyBuilder)[] = [];

  constructor(table: string) {
    super();
    this.#table = table;
  }

  protected override column(name: string, type: ColumnType | "reference"): ColumnBuilder {
    return this.#keep(new ColumnBuilder(this.#table, name, type));
  }

  /** `created_at` and `updated_at`; with `defaultToNow` they are never null and default to the moment of the insert. */
  timestamps(_useTimestamps = true, defaultToNow = false): void {
    for (const name of ["created_at", "updated_at"]) {
      const column = this.timestamp(name);
      if (defaultToNow) column.notNullable().defaultTo(new SqlDefault("now"));
    }
  }

  /** `deleted_at`, null while the row is there. */
  softDeletes(name = "deleted_at"): ColumnBuilder {
    return this.timestamp(name).nullable();
  }

  /** `<name>_type` and `<name>_id`, which tell a row of any table, with an index over both. */
  morphs(name: string, indexName?: string): void {
    this.string(`${name}_type`).notNullable();
    this.bigInteger(`${name}_id`).notNullable();
    this.index([`${name}_type`, `${name}_id`], indexName);
  }

  primary(columns: KeyChoice, name?: string): void {
    this.#said.push({ kind: "setPrimary", columns: listOf(columns), name });
  }

  /** `index(["a", "b"], "by_a_b", { where: "a > 0", type: "gin" })`. What the engine's indexes lack is refused by name. */
  index(parts: string | readonly IndexPart[], name?: string, options: IndexOptions | string = {}): void {
    const list = typeof parts === "string" ? [parts] : parts;
    const given = typeof options === "string" ? { type: options } : options;
    const suffix = given.unique === true ? "unique" : "index";
    this.#said.push({
      kind: "addIndex",
      index: plainIndex(list, name ?? derivedName(this.#table, list.map(partName), suffix), given),
    });
  }

  unique(columns: KeyChoice, name?: string): void {
    this.#said.push({ kind: "addUnique", columns: listOf(columns), name });
  }

  foreign(columns: KeyChoice, name?: string): ForeignKeyBuilder {
    return this.#keep(new ForeignKeyBuilder(this.#table, listOf(columns), name));
  }

  /** An SQL expression that holds for every row. The text is written as it stands. */
  check(expression: string, name?: string): void {
    this.#said.push({ kind: "addCheck", check: { kind: "expression", name, expression } });
  }

  dropColumn(...names: readonly (string | readonly string[])[]): void {
    for (const name of names.flat()) this.#said.push({ kind: "dropColumn", name });
  }

  renameColumn(from: string, to: string): void {
    this.#said.push({ kind: "renameColumn", from, to });
  }

  renameIndex(from: string, to: string): void {
    this.#said.push({ kind: "renameIndex", from, to });
  }

  /** By its columns, or by its name. */
  dropIndex(choice: KeyChoice, name?: string): void {
    this.#said.push({ kind: "dropIndex", choice, name });
  }

  dropUnique(choice: KeyChoice, name?: string): void {
    this.#said.push({ kind: "dropUnique", choice, name });
  }

  dropForeign(choice: KeyChoice, name?: string): void {
    this.#said.push({ kind: "dropForeign", choice, name });
  }

  /** By its name, or by its expression as the database prints it where it has none. */
  dropCheck(name: string): void {
    this.#said.push({ kind: "dropCheck", choice: [], name });
  }

  dropPrimary(): void {
    this.#said.push({ kind: "dropPrimary" });
  }

  dropTimestamps(): void {
    this.dropColumn("created_at", "updated_at");
  }

  dropSoftDeletes(name = "deleted_at"): void {
    this.dropColumn(name);
  }

  comment(text: string): void {
    this.#said.push({ kind: "comment", text });
  }

  /** What the engine says of whole tables: `options({ engine: "InnoDB", collate: "utf8mb4_bin" })`, `options({ strict: true })`. */
  options(options: TableOptionsDraft): void {
    this.#said.push({ kind: "options", options });
  }

  /** What was said, as data. */
  toEdits(): readonly TableEdit[] {
    return this.#said.flatMap((one): readonly TableEdit[] => {
      if (one instanceof ColumnBuilder) return one.toEdits();
      return one instanceof ForeignKeyBuilder ? [one.toEdit()] : [one];
    });
  }

  #keep<T extends ColumnBuilder | ForeignKeyBuilder>(one: T): T {
    this.#said.push(one);
    return one;
  }
}

function listOf(choice: KeyChoice): readonly string[] {
  return typeof choice === "string" ? [choice] : choice;
}

function partName(part: IndexPart): string {
  return typeof part === "string" ? part : (part.column ?? "expression");
}
