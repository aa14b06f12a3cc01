import { SqlDefault, type ColumnDefinition } from "../model/column.ts";
import type { ColumnInfo, ForeignKeyInfo, IndexInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaEntry } from "../model/relation.ts";
import { arcCheck } from "./arc-check.ts";
import { plainPart } from "../model/index-part.ts";
import { shortHash, derivedName } from "./names.ts";
import type {
  CheckState,
  ColumnState,
  DefaultState,
  ForeignKeyState,
  IndexState,
  TableState,
  UniqueState,
} from "./schema-state.ts";

/** The table that a model and the constraints of its relations ask for. Names that the model leaves open are derived. */
export function tableFromModel({ info, relations, morphs }: SchemaEntry): TableState {
  const { options } = info;
  const arcs = [...morphs.values()].filter(({ typeColumn }) => typeColumn === undefined);
  return {
    name: info.table,
    namespace: options.schema,
    columns: [...info.columns.values()].map((column) => columnState(column, info)),
    primaryKey: primaryKey(info),
    uniques: uniques(info),
    indexes: indexes(info),
    foreignKeys: foreignKeys(info, [...relations.values(), ...arcs.flatMap(({ branches }) => branches)]),
    checks: [...info.checks.map((check) => checkState(info.table, check)), ...arcs.map(arcCheck)],
    options: {
      strict: options.strict,
      withoutRowid: options.withoutRowid,
      engine: options.engine,
      charset: options.charset,
      collation: options.collation,
    },
    comment: options.comment,
    renamedFrom: options.renamedFrom,
    unmanaged: [],
  };
}

function columnState({ databaseName, definition }: ColumnInfo, info: ModelInfo): ColumnState {
  const isKey = info.primaryKey.some((column) => column.databaseName === databaseName);
  return {
    name: databaseName,
    type: definition.type,
    databaseType: undefined,
    nullable: definition.nullable && !isKey,
    default: defaultState(definition),
    autoIncrement: definition.increment,
    generated: definition.generatedAs,
    collation: definition.collation,
    comment: definition.comment,
    renamedFrom: definition.renamedFrom,
    managed: definition.managed,
  };
}

/** The default as a write would pass it on: through the column's `prepare`. `DEFAULT NULL` is what a column without one has. */
function defaultState({ default: value, prepare }: ColumnDefinition): DefaultState | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof SqlDefault) return { kind: "expression", expression: value.expression };
  return { kind: "value", value: prepare === undefined ? value : prepare(value) };
}

function primaryKey(info: ModelInfo): TableState["primaryKey"] {
  if (info.primaryKey.length === 0) return undefined;
  return { columns: info.primaryKey.map((column) => column.databaseName), name: info.primaryKeyName };
}

function uniques(info: ModelInfo): readonly UniqueState[] {
  const key = info.primaryKey.length === 1 ? info.primaryKey[0] : undefined;
  const marked = [...info.columns.values()].filter((column) => column.definition.unique && column !== key);
  const asked = [
    ...marked.map((column) => ({ columns: [column.databaseName], name: undefined })),
    ...info.uniques.map((unique) => ({ columns: databaseNames(info, unique.columns), name: unique.name })),
  ];
  const found = new Map<string, UniqueState>();
  for (const { columns, name } of asked) {
    const id = JSON.stringify(columns);
    const known = found.get(id);
    if (known !== undefined && name === undefined) continue;
    found.set(id, { columns, name: name ?? derivedName(info.table, columns, "unique") });
  }
  return [...found.values()];
}

function indexes(info: ModelInfo): readonly IndexState[] {
  const marked = [...info.columns.values()]
    .filter((column) => column.definition.index)
    .map((column) => indexState(info, plainIndex(column.property)));
  const asked = info.indexes.map((index) => indexState(info, index));
  const found = new Map<string, IndexState>();
  for (const index of [...marked, ...asked]) found.set(JSON.stringify(index), index);
  return [...found.values()];
}

function plainIndex(property: string): IndexInfo {
  return {
    columns: [property],
    parts: [plainPart(property)],
    name: undefined,
    unique: false,
    where: undefined,
    type: undefined,
    include: [],
    order: {},
    nullsNotDistinct: false,
  };
}

function indexState(info: ModelInfo, index: IndexInfo): IndexState {
  const named = index.parts.map(({ column }) => (column === undefined ? "expression" : databaseName(info, column)));
  return {
    name: index.name ?? derivedName(info.table, named, index.unique ? "unique" : "index"),
    unique: index.unique,
    columns: index.parts.map((part) => ({
      ...part,
      column: part.column === undefined ? undefined : databaseName(info, part.column),
    })),
    where: index.where,
    method: index.type,
    include: databaseNames(info, index.include),
    nullsNotDistinct: index.nullsNotDistinct,
  };
}

function foreignKeys(info: ModelInfo, relations: Iterable<RelationInfo>): readonly ForeignKeyState[] {
  const own = info.foreignKeys.map((key) => foreignKeyState(info, key));
  const related = [...relations].flatMap((relation) => constraintOf(info, relation) ?? []);
  return [...own, ...related];
}

function foreignKeyState(info: ModelInfo, key: ForeignKeyInfo): ForeignKeyState {
  const columns = databaseNames(info, key.columns);
  return {
    name: key.name ?? derivedName(info.table, columns, "foreign"),
    columns,
    references: { ...key.references, namespace: info.options.schema },
    onDelete: key.onDelete ?? "no action",
    onUpdate: key.onUpdate ?? "no action",
    deferrable: key.deferrable,
  };
}

function constraintOf(info: ModelInfo, relation: RelationInfo): ForeignKeyState | undefined {
  if (relation.constraint === undefined) return undefined;
  const { name, onDelete, onUpdate, deferrable } = relation.constraint;
  const columns = relation.from.map((column) => column.databaseName);
  return {
    name: name ?? derivedName(info.table, columns, "foreign"),
    columns,
    references: {
      table: relation.target.table,
      namespace: relation.target.options.schema,
      columns: relation.to.map((column) => column.databaseName),
    },
    onDelete: onDelete ?? "no action",
    onUpdate: onUpdate ?? "no action",
    deferrable: deferrable ?? false,
  };
}

/** An unnamed check is named after its text, so that a changed text is another check. */
function checkState(table: string, check: ModelInfo["checks"][number]): CheckState {
  const name = check.name ?? derivedName(table, [shortHash(check.expression)], "check");
  return { name, expression: check.expression };
}

function databaseNames(info: ModelInfo, properties: readonly string[]): readonly string[] {
  return properties.map((property) => databaseName(info, property));
}

/** The definition was checked when the model was made; a name it does not know is a column of the database already. */
function databaseName(info: ModelInfo, property: string): string {
  return info.columns.get(property)?.databaseName ?? property;
}
