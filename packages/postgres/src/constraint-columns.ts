import { derivedName, type ModelInfo } from "@mortise/core/adapter";

/** The properties behind a constraint's name, as the model names it or as Mortise and PostgreSQL derive it. */
export function constraintColumns(model: ModelInfo | undefined, constraint: string | undefined): readonly string[] {
  if (model === undefined || constraint === undefined) return [];
  const known = constraintsOf(model);
  return known.get(constraint) ?? [];
}

const remembered = new WeakMap<ModelInfo, ReadonlyMap<string, readonly string[]>>();

function constraintsOf(model: ModelInfo): ReadonlyMap<string, readonly string[]> {
  const known = remembered.get(model) ?? new Map(listConstraints(model));
  remembered.set(model, known);
  return known;
}

function* listConstraints(model: ModelInfo): Generator<readonly [string, readonly string[]]> {
  const { table } = model;
  const key = model.primaryKey.map((column) => column.property);
  yield [`${table}_pkey`, key];
  yield [derivedName(table, [], "primary"), key];
  for (const { property, databaseName } of model.columns.values()) {
    yield [derivedName(table, [databaseName], "unique"), [property]];
    yield [`${table}_${databaseName}_key`, [property]];
    yield [derivedName(table, [databaseName], "foreign"), [property]];
    yield [derivedName(table, [databaseName], "check"), [property]];
  }
  for (const { columns, name } of [...model.uniques, ...model.indexes.filter((index) => index.unique)]) {
    yield [name ?? derivedName(table, databaseNames(model, columns), "unique"), columns];
  }
  for (const { columns, name } of model.foreignKeys) {
    yield [name ?? derivedName(table, databaseNames(model, columns), "foreign"), columns];
  }
}

function databaseNames(model: ModelInfo, properties: readonly string[]): readonly string[] {
  return properties.map((property) => model.columns.get(property)?.databaseName ?? property);
}
