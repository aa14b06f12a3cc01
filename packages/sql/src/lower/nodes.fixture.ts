import { col, createSchema, defineModel, schemaOf } from "@mortise/core";
import type {
  AggregateNode,
  ColumnInfo,
  ColumnNode,
  ComparisonNode,
  ComparisonOperator,
  Expression,
  ListNode,
  ModelInfo,
  ParameterNode,
  SelectStatement,
  Source,
  ValuePlace,
} from "@mortise/core/adapter";

/** Makes operation nodes by hand, as the builders of core do from queries. */
export function modelInfo(table: string, columns: Parameters<typeof defineModel>[1]["columns"]): ModelInfo {
  const schema = createSchema({ [table]: defineModel(table, { columns }) });
  const [entry] = schemaOf(schema).entries;
  if (entry === undefined) throw new Error("A schema of one model has one entry.");
  return entry.info;
}

export { col };

export function columnOf(model: ModelInfo, property: string): ColumnInfo {
  const column = model.columns.get(property);
  if (column === undefined) throw new Error(`${model.table} has no column ${property}.`);
  return column;
}

export function column(model: ModelInfo, property: string, table: string = model.table): ColumnNode {
  return { kind: "column", table, model, column: columnOf(model, property) };
}

export function placeOf(model: ModelInfo, property: string): ValuePlace {
  const { definition } = columnOf(model, property);
  const { type, nullable, prepare } = definition;
  return { type, nullable, model: model.table, column: property, prepare };
}

export function parameter(slot: number, place?: ValuePlace): ParameterNode {
  return { kind: "parameter", slot, place };
}

export function list(slot: number, place: ValuePlace): ListNode {
  return { kind: "list", slot, place };
}

export function compare(left: Expression, operator: ComparisonOperator, right: Expression): ComparisonNode {
  return { kind: "comparison", left, operator, right };
}

export function aggregate(name: AggregateNode["name"], operand?: Expression, distinct = false): AggregateNode {
  return { kind: "aggregate", name, operand, distinct };
}

export function source(model: ModelInfo, alias: string = model.table): Source & { kind: "model" } {
  return { kind: "model", model, alias };
}

/** `select` with every clause empty that is not given. */
export function select(from: Source, clauses: Partial<SelectStatement> = {}): SelectStatement {
  return {
    kind: "select",
    with: [],
    from,
    joins: [],
    selections: [],
    distinct: false,
    distinctOn: [],
    where: undefined,
    groupBy: [],
    having: undefined,
    setOperations: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    lock: undefined,
    ...clauses,
  };
}

export function selecting(model: ModelInfo, ...properties: readonly string[]): SelectStatement["selections"] {
  return properties.map((name) => ({ name, expression: column(model, name) }));
}
