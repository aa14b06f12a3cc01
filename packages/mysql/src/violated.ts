import { derivedName, type ModelInfo } from "@mortise/core/adapter";

/** The names that a message quotes, in any language: `Duplicate entry 'a' for key 'users.email'` has two. */
export function quotedNames(message: string): readonly string[] {
  return [...message.matchAll(/'((?:[^']|'')*)'/g)].map((found) => found[1] ?? "");
}

/** The columns of a unique key: by its name, since no field of the error carries them. */
export function uniqueColumns(
  key: string,
  model: ModelInfo | undefined,
): { readonly constraint: string; readonly columns: readonly string[] } {
  const prefix = model === undefined ? "" : `${model.table}.`;
  const constraint = key.startsWith(prefix) ? key.slice(prefix.length) : (key.split(".").at(-1) ?? key);
  if (model === undefined) return { constraint, columns: [] };
  const properties = (columns: readonly string[]) =>
    columns.map((name) => model.byDatabaseName.get(name)?.property ?? name);
  if (constraint.toUpperCase() === "PRIMARY")
    return { constraint, columns: model.primaryKey.map((one) => one.property) };
  return { constraint, columns: properties(namedKeys(model).get(constraint.toLowerCase()) ?? []) };
}

const keysOfModels = new WeakMap<ModelInfo, ReadonlyMap<string, readonly string[]>>();

/** The unique keys of a model by the names that its tables carry, as database columns. */
function namedKeys(model: ModelInfo): ReadonlyMap<string, readonly string[]> {
  const known = keysOfModels.get(model);
  if (known !== undefined) return known;
  const keys = new Map<string, readonly string[]>();
  const add = (properties: readonly string[], name: string | undefined) => {
    const columns = properties.map((property) => model.columns.get(property)?.databaseName ?? property);
    keys.set((name ?? derivedName(model.table, columns, "unique")).toLowerCase(), columns);
  };
  for (const column of model.columns.values()) if (column.definition.unique) add([column.property], undefined);
  for (const { columns, name } of model.uniques) add(columns, name);
  for (const { columns, name, unique } of model.indexes) if (unique) add(columns, name);
  keysOfModels.set(model, keys);
  return keys;
}

export function notNullColumns(name: string | undefined, model: ModelInfo | undefined): readonly string[] {
  return name === undefined ? [] : [model?.byDatabaseName.get(name)?.property ?? name];
}

/** What the definition of a foreign key says, which the server puts into its error as SQL. */
export function qualifiedNames(
  message: string,
  model: ModelInfo | undefined,
): {
  readonly constraint: string | undefined;
  readonly owner: string | undefined;
  readonly columns: readonly string[];
} {
  const name = "`((?:[^`]|``)*)`";
  const found = new RegExp(`${name}\\.${name}, CONSTRAINT ${name} FOREIGN KEY \\(([^)]*)\\)`).exec(message);
  if (found === null) return { constraint: undefined, owner: undefined, columns: [] };
  const [, , owner = "", constraint = "", list = ""] = found;
  const columns = [...list.matchAll(new RegExp(name, "g"))].map((one) => unquoted(one[1] ?? ""));
  const isOwn = model !== undefined && unquoted(owner) === model.table;
  return {
    constraint: unquoted(constraint),
    owner: unquoted(owner),
    columns: isOwn ? columns.map((one) => model.byDatabaseName.get(one)?.property ?? one) : columns,
  };
}

function unquoted(name: string): string {
  return name.replaceAll("``", "`");
}

/** `users.email and users.phone` */
export function nameOf(table: string, columns: readonly string[]): string {
  if (columns.length === 0) return table === "" ? "A column" : `A column of ${table}`;
  return columns.map((column) => (table === "" ? column : `${table}.${column}`)).join(" and ");
}
