import {
  encoderOf,
  NotNullViolationError,
  SqlDefault,
  type ColumnInfo,
  type DeleteStatement,
  type Expression,
  type InsertStatement,
  type ModelInfo,
  type TruncateStatement,
  type UpdateStatement,
  type ValuePlace,
} from "@mortise/core/adapter";
import { counterName, type Compiled, type Pipeline, type Target, type Template } from "../command.ts";
import { fieldOf } from "../field.ts";
import { Now } from "../now.ts";
import { codecFor } from "../types.ts";
import { allOf, namesOne, splitFilter } from "./filter.ts";
import { rootScope } from "./pipeline.ts";
import { refuse, type Scope } from "./scope.ts";
import { parameterSlot, value } from "./value.ts";

/** An insert as whole documents: what nobody gives is its default, or null. */
export function lowerInsert({ into, columns, rows, conflict, returning }: InsertStatement): Compiled {
  const { model } = into;
  const counted = [...model.columns.values()].find(({ definition }) => definition.increment);
  const absent = [...model.columns.values()].filter((column) => !columns.includes(column) && column !== counted);
  const defaults = Object.fromEntries(absent.flatMap((column) => defaultOf(model, column)));
  const documents = rows.map((row): Template => {
    const given = columns.map((column, at) => [fieldOf(model, column), inserted(model, column, row[at])]);
    return { ...Object.fromEntries(given), ...defaults };
  });
  return {
    kind: "insert",
    collection: model.table,
    documents,
    counter: counted && {
      field: fieldOf(model, counted),
      name: counterName(model, counted),
      given: columns.includes(counted),
    },
    conflict: conflict && {
      fields: conflict.columns.map((column) => fieldOf(model, column)),
      update: (conflict.update ?? []).map(({ column }) => fieldOf(model, column)),
    },
    returning: returning.map(({ expression }) =>
      expression.kind === "column" ? fieldOf(model, expression.column) : refuse("This returning", "Name columns."),
    ),
  };
}

function inserted(model: ModelInfo, column: ColumnInfo, node: Expression | undefined): unknown {
  if (node === undefined) return Object.fromEntries(defaultOf(model, column))[fieldOf(model, column)] ?? null;
  if (node.kind === "parameter") return parameterSlot(node);
  if (node.kind === "literal") return node.value;
  return refuse(`An expression for ${model.table}.${column.property}`, "Give the value.");
}

const now = /^(now\(\)|now|current_timestamp(\(\d?\))?)$/i;

/** The default of a field, which documents get from us. A key that is an object id is made by the driver. */
function defaultOf(model: ModelInfo, column: ColumnInfo): readonly (readonly [string, unknown])[] {
  const { default: given, prepare, type, nullable } = column.definition;
  const field = fieldOf(model, column);
  if (given === undefined || given === null) {
    if (field === "_id") return [];
    if (!nullable) throw missing(model, column);
    return [[field, null]];
  }
  if (given instanceof SqlDefault) {
    if (now.test(given.expression)) return [[field, new Now()]];
    return refuse(`The default of ${model.table}.${column.property}`, "Give a value, or defaultTo.");
  }
  const place: ValuePlace = { type, nullable, model: model.table, column: column.property, prepare };
  return [[field, encoderOf(place, codecFor)(given)]];
}

function missing(model: ModelInfo, { property }: ColumnInfo): NotNullViolationError {
  return new NotNullViolationError(`${model.table}.${property} may not be null.`, {
    table: model.table,
    columns: [property],
    model: model.table,
  });
}

export function lowerUpdate({ table, set, where }: UpdateStatement): Compiled {
  const { model, alias } = table;
  const scope = rootScope().with(alias, "$");
  for (const { column } of set) {
    if (fieldOf(model, column) === "_id")
      refuse(`An update of the key ${model.table}.${column.property}`, "Insert a new document and delete the old one.");
  }
  const isPlain = set.every(({ value: given }) => given.kind === "parameter" || given.kind === "literal");
  const values = set.map(({ column, value: given }) => {
    if (given.kind === "excluded") return refuse("A value of an upsert in an update", "Name the value.");
    const made = !isPlain
      ? value(given, scope)
      : given.kind === "parameter"
        ? parameterSlot(given)
        : value(given, scope);
    return [fieldOf(model, column), made] as const;
  });
  if (scope.pending.length > 0) refuse("A subquery as a new value", "Read it first.");
  const $set = Object.fromEntries(values);
  return {
    kind: "update",
    collection: model.table,
    target: targetOf(where, scope),
    one: namesOne(where, scope),
    changes: isPlain && set.every(({ value: given }) => given.kind === "parameter") ? { $set } : [{ $set }],
  };
}

export function lowerDelete({ from, where }: DeleteStatement): Compiled {
  const scope = rootScope().with(from.alias, "$");
  return { kind: "delete", collection: from.model.table, target: targetOf(where, scope) };
}

export function lowerTruncate({ table: { model } }: TruncateStatement): Compiled {
  const counted = [...model.columns.values()].find(({ definition }) => definition.increment);
  return { kind: "truncate", collection: model.table, counter: counted && counterName(model, counted) };
}

/** A filter, or a pipeline for the keys where a condition reads other collections. */
function targetOf(where: Expression | undefined, scope: Scope): Target {
  const { simple, rest } = splitFilter(where, scope);
  const conditions = rest.map((one) => scope.lower.truth(one, scope));
  const filter = allOf(conditions.length === 0 ? simple : [...simple, { $expr: { $and: conditions } }]);
  const lookups: Pipeline = scope.pending.splice(0);
  if (lookups.length === 0) return { by: "filter", filter };
  return { by: "keys", pipeline: [...lookups, { $match: filter }, { $project: { _id: 1 } }] };
}
