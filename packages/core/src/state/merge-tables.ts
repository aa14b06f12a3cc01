import { SchemaError } from "../errors/errors.ts";
import { canonicalText, isSame, physicalType } from "./canonical.ts";
import type { ColumnState, ForeignKeyState, TableOptions, TableState } from "./schema-state.ts";

/** A table with the model it comes from, as messages name it. */
export interface SourcedTable {
  readonly source: string;
  readonly table: TableState;
}

/**
 * One table out of all models that share it. A column that two of them have must be the same in both;
 * what they disagree on is a `SchemaError` that names both.
 */
export function mergeTables(sources: readonly [SourcedTable, ...SourcedTable[]]): TableState {
  const [first, ...others] = sources;
  const merged = others.reduce((into, other) => ({ source: first.source, table: mergePair(into, other) }), first);
  return { ...merged.table, foreignKeys: mergeForeignKeys(merged.table) };
}

function mergePair(left: SourcedTable, right: SourcedTable): TableState {
  const [a, b] = [left.table, right.table];
  return {
    ...a,
    columns: mergeColumns(left, right),
    primaryKey: agreed(left, right, "the primary key", a.primaryKey, b.primaryKey),
    uniques: distinct([...a.uniques, ...b.uniques]),
    indexes: distinct([...a.indexes, ...b.indexes]),
    foreignKeys: [...a.foreignKeys, ...b.foreignKeys],
    checks: distinct([...a.checks, ...b.checks]),
    options: mergeOptions(left, right),
    comment: agreed(left, right, "the comment", a.comment, b.comment),
    renamedFrom: agreed(left, right, "renamedFrom", a.renamedFrom, b.renamedFrom),
  };
}

function mergeColumns(left: SourcedTable, right: SourcedTable): readonly ColumnState[] {
  const columns = new Map(left.table.columns.map((column) => [column.name, column]));
  for (const column of right.table.columns) {
    const known = columns.get(column.name);
    columns.set(column.name, known === undefined ? column : mergeColumn(left, right, known, column));
  }
  return [...columns.values()];
}

/** A model that knows a column without its type leaves it to the model that knows more. */
function mergeColumn(left: SourcedTable, right: SourcedTable, a: ColumnState, b: ColumnState): ColumnState {
  if (!b.managed) return a;
  if (!a.managed) return b;
  if (isSame(physicalColumn(a), physicalColumn(b))) return a;
  const differing = Object.keys(a).filter(
    (key) => !isSame(field(physicalColumn(a), key), field(physicalColumn(b), key)),
  );
  throw new SchemaError(
    `The models ${left.source} and ${right.source} share the table "${left.table.name}" and disagree on ` +
      `${differing.join(" and ")} of its column "${a.name}". Declare the column alike in both.`,
    { model: left.table.name, column: a.name },
  );
}

function physicalColumn(column: ColumnState): object {
  return { ...column, type: column.type && physicalType(column.type) };
}

function field(value: object, key: string): unknown {
  return Reflect.get(value, key);
}

function mergeOptions(left: SourcedTable, right: SourcedTable): TableOptions {
  const [a, b] = [left.table.options, right.table.options];
  return {
    strict: agreed(left, right, "the option strict", a.strict, b.strict),
    withoutRowid: a.withoutRowid || b.withoutRowid,
    engine: agreed(left, right, "the option engine", a.engine, b.engine),
    charset: agreed(left, right, "the option charset", a.charset, b.charset),
    collation: agreed(left, right, "the option collation", a.collation, b.collation),
  };
}

/** What both say, or the one that says something. */
function agreed<T>(
  left: SourcedTable,
  right: SourcedTable,
  what: string,
  a: T | undefined,
  b: T | undefined,
): T | undefined {
  if (a === undefined || b === undefined || isSame(a, b)) return a ?? b;
  throw new SchemaError(
    `The models ${left.source} and ${right.source} share the table "${left.table.name}" and disagree on ${what}.`,
    { model: left.table.name },
  );
}

/** A relation's `constraint` and a model's `foreignKeys` may name the same key; they must then say the same of it. */
function mergeForeignKeys(table: TableState): readonly ForeignKeyState[] {
  const found = new Map<string, ForeignKeyState>();
  for (const key of table.foreignKeys) {
    const id = canonicalText([key.columns, key.references]);
    const known = found.get(id);
    if (known !== undefined && !isSame({ ...known, name: undefined }, { ...key, name: undefined })) {
      throw new SchemaError(
        `The foreign key of table "${table.name}" over ${key.columns.join(", ")} to "${key.references.table}" is declared ` +
          "twice with different actions. Declare it once, as constraint of the relation or in foreignKeys.",
        { model: table.name },
      );
    }
    if (known === undefined) found.set(id, key);
  }
  return [...found.values()];
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [canonicalText(value), value])).values()];
}
