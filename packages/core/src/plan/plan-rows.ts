import type { Adapter, PlannedQuery, ResultType } from "../adapter/adapter.ts";
import { InvalidQueryError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import { parentColumns } from "../model/parent-columns.ts";
import type { RelationInfo } from "../model/relation.ts";
import type { Selection, SelectStatement } from "../operation/statement.ts";
import type { PlanContext, QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { buildSelect, type Field } from "./build-select.ts";
import { givesAtMostOneRow } from "./at-most-one-row.ts";
import { checkCapabilities } from "./check-capabilities.ts";
import { rowShape, type RowShape } from "./row-shape.ts";

/** What every plan has: a query compiled once, executed many times. */
export interface Plan {
  readonly query: PlannedQuery;
  readonly compiled: unknown;
}

/** A plan that reads rows: how to build them, and where the keys stand that its relations are loaded by. */
export interface RowsPlan extends Plan {
  readonly shape: RowShape;
  /** For each load of the query, the positions in the undecoded row of the parent's key, and behind them of its constants. */
  readonly loadKeys: readonly (readonly number[])[];
  /** Positions of further columns that the caller asked for, undecoded. */
  readonly extra: readonly number[];
}

/** A column that is read beside the result without being part of it: a key to match rows by. */
export interface ExtraColumn {
  readonly model: ModelInfo;
  readonly alias: string;
  readonly column: ColumnInfo;
}

/** Changes the statement after its columns are settled: ranks rows per parent, for one. */
export type Wrap = (statement: SelectStatement) => SelectStatement;

/** A read that also wants columns to match rows by; `mark` keeps its plan apart from the plain one's. */
export interface Variant {
  readonly mark: string;
  readonly extra: readonly ExtraColumn[];
  readonly wrap?: Wrap;
}

/** Plans a query that reads rows. */
export function planRows(
  adapter: Adapter,
  state: QueryState,
  context: PlanContext,
  extra: readonly ExtraColumn[] = [],
  wrap: Wrap = (statement) => statement,
): RowsPlan {
  checkCapabilities(adapter, state);
  const { statement, fields } = buildSelect(state, context);
  const columns = new ColumnList(adapter, state, statement.selections, fields);
  const loadKeys = state.loads.map(({ relation }) =>
    parentColumns(relation).map((column) => columns.own(relation, column)),
  );
  const extraAt = extra.map((one) => columns.position(one));
  const whole = wrap(columns.added(statement));
  const query = plannedQuery(whole, columns.results, state.entry.info);
  const relations = [...new Set(state.loads.map((load) => load.relation.name))];
  return {
    query,
    compiled: adapter.compile(query),
    shape: rowShape(adapter, state.entry.model, fields, relations),
    loadKeys,
    extra: extraAt,
  };
}

export function plannedQuery(
  statement: PlannedQuery["statement"],
  results: readonly ResultType[],
  model: ModelInfo | undefined,
): PlannedQuery {
  const reads = statement.kind === "select" || statement.kind === "explain";
  const access = reads ? "read" : "write";
  return Object.freeze({ statement, results, model, access, single: givesAtMostOneRow(statement) });
}

/** The columns of a statement; keys are added where they are not there undecoded. */
class ColumnList {
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
