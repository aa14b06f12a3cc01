import { col, createSchema, defineModel, defineRelations, type AnyModel, type AnySchema } from "@mortise/core";
import { untrusted } from "../untrusted.ts";
import { DELETED_AT, type ColumnSpec, type Kind, type ModelSpec, type RelationSpec, type Value } from "./program.ts";

/** A schema made of a program's models, with the models by name. */
export interface BuiltSchema {
  readonly schema: AnySchema;
  readonly models: ReadonlyMap<string, object>;
}

export function buildSchema(specs: readonly ModelSpec[]): BuiltSchema {
  const models = Object.fromEntries(specs.map((spec) => [spec.name, buildModel(spec)]));
  const relations = Object.fromEntries(specs.map((spec) => [spec.name, buildRelations(models, spec)]));
  const schema = createSchema(models, untrusted(relations));
  return { schema, models: new Map(Object.entries(models)) };
}

type Built = ReturnType<typeof buildModel>;

function buildModel(spec: ModelSpec) {
  const columns = spec.columns.map((column, at) => [column.name, buildColumn(spec, column, at === 0)] as const);
  return defineModel(spec.name, {
    columns: Object.fromEntries(columns),
    uniques: spec.uniques,
    options: {
      ...(spec.softDelete === undefined ? {} : { softDeleteColumn: spec.softDelete }),
      softDeleteValue: () => new Date(DELETED_AT),
    },
  });
}

function buildColumn(spec: ModelSpec, column: ColumnSpec, isKey: boolean) {
  if (isKey) return column.kind === "integer" ? col.increment() : col.primary({ type: untrusted(column.kind) });
  if (column.name === spec.softDelete) return col.softDeletes();
  return makers[column.kind]({ nullable: untrusted(column.nullable) }, column);
}

type Options = { readonly nullable: false };
const makers: Readonly<Record<Kind, (options: Options, column: ColumnSpec) => AnyModel["columns"][string]>> = {
  integer: (options) => col.integer(options),
  bigInteger: (options) => col.bigInteger(options),
  double: (options) => col.double(options),
  decimal: (options, { scale }) => col.decimal({ ...options, precision: 30, scale, mode: "string" }),
  string: (options) => col.string(options),
  text: (options) => col.text(options),
  boolean: (options) => col.boolean(options),
  datetime: (options) => col.datetime(options),
  date: (options) => col.date({ ...options, as: "string" }),
  uuid: (options) => col.uuid(options),
  enum: (options, { pool }) => col.enum(pool.map(String), options),
  json: (options) => col.json(options),
};

function buildRelations(models: Readonly<Record<string, Built>>, spec: ModelSpec) {
  return defineRelations(modelNamed(models, spec.name), (helpers) => {
    return untrusted(Object.fromEntries(spec.relations.map((one) => [one.name, buildRelation(models, helpers, one)])));
  });
}

function modelNamed(models: Readonly<Record<string, Built>>, name: string): Built {
  const model = models[name];
  if (model === undefined) throw new TypeError(`The program has no model "${name}".`);
  return model;
}

function buildRelation(models: Readonly<Record<string, Built>>, helpers: object, spec: RelationSpec): unknown {
  const make: unknown = Reflect.get(helpers, spec.kind);
  if (typeof make !== "function") throw new TypeError(`There is no relation "${spec.kind}".`);
  const between = spec.pivot === undefined ? {} : { through: modelNamed(models, spec.pivot.model) };
  return Reflect.apply(make, helpers, [modelNamed(models, spec.target), { ...between, ...keysOf(spec) }]);
}

function keysOf({ kind, from, to, pivot, constant }: RelationSpec): object {
  const ends = { localKey: from, targetKey: to };
  const typeColumn = constant?.column;
  switch (kind) {
    case "belongsTo":
      return { foreignKey: from, ownerKey: to };
    case "hasOne":
    case "hasMany":
      return { foreignKey: to, localKey: from };
    case "manyToMany":
      return { leftForeignKey: pivot?.left, rightForeignKey: pivot?.right, ...ends };
    case "hasOneThrough":
    case "hasManyThrough":
      return { firstKey: pivot?.left, secondKey: to, localKey: from, secondLocalKey: pivot?.right };
    case "morphOne":
    case "morphMany":
      return { typeColumn, idColumn: to, localKey: from };
    case "morphToMany":
      return { typeColumn, idColumn: pivot?.left, rightForeignKey: pivot?.right, ...ends };
    case "morphedByMany":
      return { typeColumn, idColumn: pivot?.right, leftForeignKey: pivot?.left, ...ends };
  }
}

/** A value as callers give it to the library. */
export function givenValue(kind: Kind, value: Value): unknown {
  if (value === null) return null;
  if (kind === "datetime") return new Date(Number(value));
  return kind === "json" ? JSON.parse(String(value)) : value;
}

/** A row, or values to set, as callers give them. */
export function givenRow(model: ModelSpec, row: Readonly<Record<string, Value>>): object {
  const kindOf = (name: string) => model.columns.find((column) => column.name === name)?.kind ?? "text";
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, givenValue(kindOf(name), value)]));
}
