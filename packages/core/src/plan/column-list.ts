import type { Adapter, ResultType } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { RowListNode } from "../operation/expression.ts";
import type { Selection, SelectStatement } from "../operation/statement.ts";
import type { QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import type { Field } from "./build-select.ts";

/** A column that is read beside the result without being part of it: a key to match rows by. */
export interface ExtraColumn {
  readonly model: ModelInfo;
  readonly alias: string;
  readonly column: ColumnInfo;
}

/** The columns of a statement; keys are added where they are not there undecoded. */
export class ColumnList {
  readonly selections: Selection[];
  readonly results: ResultType[];
  readonly #adapter: Adapter;
  readonly #state: QueryState;
  /** The positions of selected columns that were added once more, in order. */
  readonly #copied: number[] = [];

  constructor(adapter: Adapter, state: QueryState, selections: readonly Selection[], fields: readonly Field[]) {
    this.#adapter = adapter;
    this.#state = state;
    this.selections = [...selections];
    this.results = fields.map((field) => field.type);
  }

  own(relation: RelationInfo, column: ColumnInfo): number {
    return this.position({ model: relation.source, alias: this.#state.alias, column });
  }

  position({ model, alias, column }: ExtraColumn): number {
    const at = this.selections.findIndex(
      ({ expression }) => expression.kind === "column" && expression.table === alias && expression.column === column,
    );
    const type = { kind: "column", place: placeOfColumn(model, column) } as const;
    if (at !== -1 && this.#isRaw(column, type)) return at;
    if (this.#state.sets.length > 0) this.#copy(at, model, column);
    // Relations stand behind the fields in the built object, so added columns never become properties.
    this.selections.push({ name: `key_${this.selections.length}`, expression: columnNode(model, column, alias) });
    this.results.push(type);
    return this.selections.length - 1;
  }

  /** Whether a column of the result holds what the driver gave, or as good as that. */
  #isRaw({ definition }: ColumnInfo, type: ResultType & { readonly kind: "column" }): boolean {
    if (definition.serialize !== undefined) return false;
    return this.#adapter.codecFor(type.place).checks === true || this.#adapter.decoderFor(type) === undefined;
  }

  /** Adds the rows of a relation as one column more. */
  addRows(list: RowListNode): number {
    this.selections.push({ name: `rows_${this.selections.length}`, expression: list });
    this.results.push(list.type);
    return this.selections.length - 1;
  }

  /** The queries that a set operation adds must give as many columns, and no new one: it could tell equal rows apart. */
  #copy(at: number, model: ModelInfo, column: ColumnInfo): void {
    if (at !== -1) return void this.#copied.push(at);
    throw new InvalidQueryError(
      `Relations are loaded for the rows of a set operation by columns that it selects: select "${column.property}" too.`,
      { model: model.table, column: column.property },
    );
  }

  /** The statement with the added columns. */
  added(statement: SelectStatement): SelectStatement {
    const setOperations = statement.setOperations.map((one) => ({
      ...one,
      query: withCopies(one.query, this.#copied),
    }));
    return { ...statement, selections: this.selections, setOperations };
  }
}

function withCopies(query: SelectStatement, copied: readonly number[]): SelectStatement {
  if (copied.length === 0) return query;
  return {
    ...query,
    selections: [...query.selections, ...copied.flatMap((at) => query.selections[at] ?? [])],
    setOperations: query.setOperations.map((one) => ({ ...one, query: withCopies(one.query, copied) })),
  };
}
