import { ModelDefinitionError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import { checkColumn } from "./check-column.ts";
import type {
  CaseConvention,
  CheckInfo,
  ColumnInfo,
  ForeignKeyInfo,
  IndexInfo,
  ModelHooks,
  ModelInfo,
  ModelOptions,
  ReferenceAction,
  UniqueInfo,
} from "./model-info.ts";
import { indexParts } from "./index-part.ts";
import { isReferenceAction, referenceActions } from "./reference-action.ts";
import { applyConvention, isName } from "./naming.ts";

/** A definition as it arrives, before anything in it is trusted. */
type Given = Readonly<Record<string, unknown>>;

const keys = ["columns", "primaryKey", "indexes", "uniques", "checks", "foreignKeys", "hooks", "options"];
const hookNames = ["beforeFetch", "afterFetch", "beforeInsert", "beforeInsertMany", "beforeUpdate", "beforeDelete"];
const optionDefaults = {
  modelCaseConvention: "camel",
  databaseCaseConvention: "snake",
  softDeleteColumn: undefined,
  softDeleteValue: undefined,
  connection: undefined,
  schema: undefined,
  comment: undefined,
  engine: undefined,
  charset: undefined,
  collation: undefined,
  strict: undefined,
  withoutRowid: false,
  morphName: undefined,
  renamedFrom: undefined,
};
const conventions = ["camel", "snake", "pascal", "preserve"];

/** Checks a definition and settles every name in it. The one place where a model's mistakes are found. */
export function buildModelInfo(table: string, definition: object): ModelInfo {
  if (!isName(table)) {
    throw new ModelDefinitionError(`A model needs a table name, and ${shown(table)} is none.`);
  }
  const given: Given = { ...definition };
  refuseUnknown(table, "a model definition", Object.keys(given), keys);
  const options = modelOptions(table, given["options"]);
  const columns = modelColumns(table, given["columns"], options.databaseCaseConvention);
  const names = new Names(table, columns);
  return Object.freeze({
    table,
    columns,
    byDatabaseName: new Map([...columns.values()].map((column) => [column.databaseName, column])),
    ...primaryKeyOf(table, columns, given["primaryKey"], names),
    softDelete: softDelete(table, columns, options, names),
    indexes: list(table, given["indexes"], "indexes").map((index) => indexInfo(names, index)),
    uniques: uniqueInfos(names, list(table, given["uniques"], "uniques")),
    checks: list(table, given["checks"], "checks").map((check) => checkInfo(table, check)),
    foreignKeys: list(table, given["foreignKeys"], "foreignKeys").map((key) => foreignKeyInfo(names, key)),
    hooks: modelHooks(table, given["hooks"]),
    options,
  });
}

/** Looks up the column names that indexes, keys and options use. */
class Names {
  readonly table: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;

  constructor(table: string, columns: ReadonlyMap<string, ColumnInfo>) {
    this.table = table;
    this.columns = columns;
  }

  list(value: unknown, key: string): readonly string[] {
    const names = typeof value === "string" ? [value] : value;
    if (!Array.isArray(names) || names.length === 0) {
      throw new ModelDefinitionError(`"${key}" of model "${this.table}" needs a list of column names.`, {
        model: this.table,
      });
    }
    return Object.freeze(names.map((name) => this.one(name, key)));
  }

  one(name: unknown, key: string): string {
    if (typeof name === "string" && this.columns.has(name)) return name;
    throw new ModelDefinitionError(
      `"${key}" of model "${this.table}" names the column ${shown(name)}, which the model does not have. ` +
        `It has: ${[...this.columns.keys()].join(", ")}.`,
      { model: this.table },
    );
  }
}

function refuseUnknown(table: string, what: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ModelDefinitionError(
    `Model "${table}" has the key "${unknown}", which ${what} does not take. It takes: ${known.join(", ")}.`,
    { model: table },
  );
}

function record(table: string, value: unknown, key: string): Given {
  if (value === undefined) return {};
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new ModelDefinitionError(`"${key}" of model "${table}" must be an object.`, { model: table });
}

function list(table: string, value: unknown, key: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new ModelDefinitionError(`"${key}" of model "${table}" must be a list.`, { model: table });
}

function modelOptions(table: string, value: unknown): ModelOptions {
  const given = record(table, value, "options");
  refuseUnknown(table, '"options"', Object.keys(given), Object.keys(optionDefaults));
  const options = { ...optionDefaults, ...given };
  for (const key of ["modelCaseConvention", "databaseCaseConvention"] as const) {
    const convention: unknown = options[key];
    if (typeof convention !== "function" && !conventions.includes(String(convention))) {
      throw new ModelDefinitionError(
        `"${key}" of model "${table}" must be one of ${conventions.join(", ")} or a function.`,
        { model: table },
      );
    }
  }
  if (options.morphName !== undefined && !isName(options.morphName)) {
    throw new ModelDefinitionError(`"morphName" of model "${table}" must be a text that is stored for its rows.`, {
      model: table,
    });
  }
  return Object.freeze(options as ModelOptions);
}

function modelColumns(table: string, value: unknown, convention: CaseConvention): ReadonlyMap<string, ColumnInfo> {
  const given = record(table, value, "columns");
  const columns = new Map<string, ColumnInfo>();
  const byDatabaseName = new Map<string, string>();
  for (const property of Object.keys(given)) {
    const definition = checkColumn(table, property, given[property]);
    const databaseName = definition.databaseName ?? applyConvention(property, convention);
    if (!isName(databaseName)) {
      throw new ModelDefinitionError(
        `Column ${shown(property)} of model "${table}" has the database name ${shown(databaseName)}, which is none. ` +
          "A name is not empty and has neither NUL characters nor halves of characters.",
        { model: table, column: property },
      );
    }
    const other = byDatabaseName.get(databaseName);
    if (other !== undefined) {
      throw new ModelDefinitionError(
        `Columns "${other}" and "${property}" of model "${table}" both have the database name "${databaseName}". ` +
          "Give one of them a databaseName.",
        { model: table, column: property },
      );
    }
    byDatabaseName.set(databaseName, property);
    columns.set(property, Object.freeze({ property, databaseName, index: columns.size, definition }));
  }
  if (columns.size === 0) throw new ModelDefinitionError(`Model "${table}" has no columns.`, { model: table });
  return columns;
}

/** A key, or a key with a name: `{ columns: ["orderId", "lineNo"], name: "pk_lines" }`. */
function primaryKeyOf(
  table: string,
  columns: ReadonlyMap<string, ColumnInfo>,
  value: unknown,
  names: Names,
): Pick<ModelInfo, "primaryKey" | "primaryKeyName"> {
  const isNamed = typeof value === "object" && value !== null && !Array.isArray(value);
  const given = isNamed ? record(table, value, "primaryKey") : { columns: value };
  refuseUnknown(table, "a primary key", Object.keys(given), ["columns", "name"]);
  return {
    primaryKey: primaryKey(table, columns, given["columns"], names),
    primaryKeyName: optionalText(table, isNamed ? Reflect.get(given, "name") : undefined, "primaryKey.name"),
  };
}

function primaryKey(
  table: string,
  columns: ReadonlyMap<string, ColumnInfo>,
  value: unknown,
  names: Names,
): readonly ColumnInfo[] {
  const marked = [...columns.values()].filter((column) => column.definition.primaryKey);
  if (value === undefined && marked.length <= 1) return marked;
  if (value === undefined) {
    const properties = marked.map((column) => `"${column.property}"`).join(" and ");
    throw new ModelDefinitionError(
      `Columns ${properties} of model "${table}" are both primary keys. ` +
        "For one key of several columns say primaryKey: [...] in the definition.",
      { model: table },
    );
  }
  const key = names.list(value, "primaryKey").map((name) => columns.get(name)!);
  const stray = marked.find((column) => !key.includes(column));
  if (stray === undefined) return Object.freeze(key);
  throw new ModelDefinitionError(
    `Column "${stray.property}" of model "${table}" is marked as primary key but is not in primaryKey.`,
    { model: table, column: stray.property },
  );
}

function softDelete(
  table: string,
  columns: ReadonlyMap<string, ColumnInfo>,
  options: ModelOptions,
  names: Names,
): ColumnInfo | undefined {
  const marked = [...columns.values()].filter((column) => column.definition.softDelete);
  if (marked.length > 1) {
    throw new ModelDefinitionError(`Model "${table}" has more than one softDeletes column.`, { model: table });
  }
  if (options.softDeleteColumn !== undefined)
    return columns.get(names.one(options.softDeleteColumn, "softDeleteColumn"));
  return marked[0] ?? columns.get("deletedAt");
}

function indexInfo(names: Names, value: unknown): IndexInfo {
  const given: Given = Array.isArray(value) ? { columns: value } : record(names.table, value, "indexes");
  const known = ["columns", "name", "unique", "where", "type", "include", "order", "nullsNotDistinct"];
  refuseUnknown(names.table, "an index", Object.keys(given), known);
  const order = record(names.table, given["order"], "indexes.order");
  for (const [name, direction] of Object.entries(order)) {
    names.one(name, "indexes.order");
    if (direction === "asc" || direction === "desc") continue;
    throw new ModelDefinitionError(`"indexes.order" of model "${names.table}" takes "asc" or "desc" for each column.`, {
      model: names.table,
    });
  }
  const parts = indexParts(given["columns"], order, (name) => names.one(name, "indexes"), names.table);
  return Object.freeze({
    columns: Object.freeze(parts.flatMap(({ column }) => column ?? [])),
    parts,
    name: optionalText(names.table, given["name"], "indexes.name"),
    unique: given["unique"] === true,
    where: optionalText(names.table, given["where"], "indexes.where"),
    type: optionalText(names.table, given["type"], "indexes.type"),
    include: given["include"] === undefined ? [] : names.list(given["include"], "indexes.include"),
    order: Object.freeze(order as Record<string, "asc" | "desc">),
    nullsNotDistinct: given["nullsNotDistinct"] === true,
  });
}

function uniqueInfos(names: Names, values: readonly unknown[]): readonly UniqueInfo[] {
  const uniques = new Map<string, UniqueInfo>();
  for (const value of values) {
    const given: Given = Array.isArray(value) ? { columns: value } : record(names.table, value, "uniques");
    refuseUnknown(names.table, "a unique key", Object.keys(given), ["columns", "name"]);
    const columns = names.list(given["columns"], "uniques");
    const name = optionalText(names.table, given["name"], "uniques.name");
    const key = JSON.stringify(columns);
    uniques.set(key, Object.freeze({ columns, name: name ?? uniques.get(key)?.name }));
  }
  return [...uniques.values()];
}

function checkInfo(table: string, value: unknown): CheckInfo {
  const given: Given = typeof value === "string" ? { expression: value } : record(table, value, "checks");
  refuseUnknown(table, "a check", Object.keys(given), ["expression", "name"]);
  const expression = optionalText(table, given["expression"], "checks.expression");
  if (expression === undefined || expression.trim() === "") {
    throw new ModelDefinitionError(`A check of model "${table}" has no expression.`, { model: table });
  }
  return Object.freeze({ expression, name: optionalText(table, given["name"], "checks.name") });
}

function foreignKeyInfo(names: Names, value: unknown): ForeignKeyInfo {
  const given = record(names.table, value, "foreignKeys");
  const known = ["columns", "references", "onDelete", "onUpdate", "name", "deferrable"];
  refuseUnknown(names.table, "a foreign key", Object.keys(given), known);
  const columns = names.list(given["columns"], "foreignKeys");
  const references = record(names.table, given["references"], "foreignKeys.references");
  const target = list(names.table, references["columns"], "foreignKeys.references.columns").map(String);
  if (typeof references["table"] !== "string" || target.length !== columns.length) {
    throw new ModelDefinitionError(
      `A foreign key of model "${names.table}" over ${columns.join(", ")} needs references: { table, columns } ` +
        "with as many columns.",
      { model: names.table },
    );
  }
  return Object.freeze({
    columns,
    references: Object.freeze({ table: references["table"], columns: Object.freeze(target) }),
    onDelete: action(names.table, given["onDelete"], "onDelete"),
    onUpdate: action(names.table, given["onUpdate"], "onUpdate"),
    name: optionalText(names.table, given["name"], "foreignKeys.name"),
    deferrable: given["deferrable"] === true,
  });
}

function action(table: string, value: unknown, key: string): ReferenceAction | undefined {
  if (value === undefined || isReferenceAction(value)) return value;
  throw new ModelDefinitionError(
    `"${key}" of a foreign key of model "${table}" is one of ${referenceActions.join(", ")}.`,
    {
      model: table,
    },
  );
}

function modelHooks(table: string, value: unknown): ModelHooks {
  const hooks = record(table, value, "hooks");
  refuseUnknown(table, '"hooks"', Object.keys(hooks), hookNames);
  for (const [name, hook] of Object.entries(hooks)) {
    if (hook === undefined || typeof hook === "function") continue;
    throw new ModelDefinitionError(`The hook "${name}" of model "${table}" must be a function.`, { model: table });
  }
  return Object.freeze(hooks as ModelHooks);
}

function optionalText(table: string, value: unknown, key: string): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new ModelDefinitionError(`"${key}" of model "${table}" must be a text.`, { model: table });
}
