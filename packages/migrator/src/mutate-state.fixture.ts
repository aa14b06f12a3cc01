import fc from "fast-check";
import type { ColumnState, SchemaState, TableState } from "@mortise/core/state";

/** One small change of a schema, as a person would make it in a model. Nothing is removed: what a schema does not name is kept. */
export function arbitraryMutation(state: SchemaState): fc.Arbitrary<SchemaState> {
  const mutants = state.tables.flatMap((table) =>
    tableMutants(table).map((mutant) => ({
      ...state,
      tables: state.tables.map((one) => (one === table ? mutant : one)),
    })),
  );
  return fc.constantFrom(...mutants);
}

function tableMutants(table: TableState): readonly TableState[] {
  const last = table.columns.at(-1);
  return [
    ...each(table.columns, columnMutants).map((columns) => ({ ...table, columns })),
    ...each(table.checks, (check) => [{ ...check, expression: check.expression.replace(/<>/, ">=") }]).map(
      (checks) => ({
        ...table,
        checks,
      }),
    ),
    ...each(table.indexes, (index) => [
      { ...index, unique: !index.unique },
      { ...index, where: index.where === undefined ? "1 = 1" : index.where.replace("NOT NULL", "NULL") },
      {
        ...index,
        columns: index.columns.map((part) => ({
          ...part,
          order: part.order === "asc" ? ("desc" as const) : ("asc" as const),
        })),
      },
      {
        ...index,
        columns: index.columns.map((part) => (part.column === undefined ? part : { ...part, collation: "rtrim" })),
      },
      {
        ...index,
        columns: index.columns.map((part) =>
          part.expression === undefined ? part : { ...part, expression: part.expression.replace("0", "1") },
        ),
      },
    ]).map((indexes) => ({ ...table, indexes })),
    ...each(table.foreignKeys, (key) => [
      { ...key, onDelete: key.onDelete === "cascade" ? ("restrict" as const) : ("cascade" as const) },
      { ...key, onUpdate: key.onUpdate === "set null" ? ("no action" as const) : ("set null" as const) },
      { ...key, deferrable: !key.deferrable },
      { ...key, references: { ...key.references, columns: ["other"] } },
    ]).map((foreignKeys) => ({ ...table, foreignKeys })),
    ...(last === undefined
      ? []
      : [{ ...table, uniques: [...table.uniques, { name: "new one", columns: [last.name] }] }]),
    ...(table.primaryKey === undefined
      ? []
      : [{ ...table, options: { ...table.options, withoutRowid: !table.options.withoutRowid } }]),
    ...each(table.primaryKey?.columns ?? [], () => [last?.name ?? ""]).map((columns) => ({
      ...table,
      primaryKey: { columns: [...new Set(columns)], name: undefined },
    })),
  ];
}

function columnMutants(column: ColumnState): readonly ColumnState[] {
  const { generated } = column;
  return [
    { ...column, nullable: !column.nullable },
    { ...column, type: { kind: "specific", sqlType: "varchar(21)" }, default: undefined },
    { ...column, collation: column.collation?.toLowerCase() === "nocase" ? "rtrim" : "nocase" },
    { ...column, autoIncrement: !column.autoIncrement },
    ...(generated === undefined
      ? [{ ...column, default: { kind: "expression" as const, expression: "2 + 3" } }]
      : [
          { ...column, generated: { ...generated, stored: !generated.stored } },
          { ...column, generated: { ...generated, expression: `${generated.expression} + 1` } },
        ]),
  ];
}

/** Every list in which one element is replaced by one of its mutants. */
function each<T>(list: readonly T[], mutants: (element: T) => readonly T[]): readonly (readonly T[])[] {
  return list.flatMap((element) =>
    mutants(element).map((mutant) => list.map((one) => (one === element ? mutant : one))),
  );
}
