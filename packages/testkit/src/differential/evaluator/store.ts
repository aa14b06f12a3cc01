import { modelOf, type ModelSpec, type Program, type RowSpec, type Trashed, type Value } from "../program.ts";

export type Row = ReadonlyMap<string, Value>;

/** What an engine would refuse, by the code of its error. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The evaluator refuses this: ${code}.`);
    this.code = code;
  }
}

/** The tables of a program while it runs. Rows are never changed, but replaced. */
export class Store {
  readonly models: readonly ModelSpec[];
  #tables: ReadonlyMap<string, readonly Row[]>;

  constructor({ models, rows }: Pick<Program, "models" | "rows">) {
    this.models = models;
    this.#tables = new Map(
      models.map((model) => [model.name, (rows[model.name] ?? []).map((row) => toRow(model, row))]),
    );
  }

  model(name: string): ModelSpec {
    return modelOf(this.models, name);
  }

  /** The rows of a table, those of soft-deleted ones by what was asked. */
  rows(model: ModelSpec, trashed: Trashed): readonly Row[] {
    const rows = this.#tables.get(model.name) ?? [];
    const { softDelete } = model;
    if (softDelete === undefined || trashed === "with") return rows;
    return rows.filter((row) => (valueOf(row, softDelete) !== null) === (trashed === "only"));
  }

  replace(model: ModelSpec, rows: readonly Row[]): void {
    this.#tables = new Map(this.#tables).set(model.name, rows);
  }

  /** A mark to come back to. */
  mark(): () => void {
    const tables = this.#tables;
    return () => {
      this.#tables = tables;
    };
  }
}

/** A row with every column of its model. */
export function toRow(model: ModelSpec, given: RowSpec): Row {
  return new Map(model.columns.map(({ name }) => [name, given[name] ?? null]));
}

export function valueOf(row: Row, column: string): Value {
  return row.get(column) ?? null;
}
