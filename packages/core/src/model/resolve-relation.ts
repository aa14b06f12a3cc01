import { SchemaError } from "../errors/errors.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ColumnInfo, ModelInfo } from "./model-info.ts";
import { morphConstant } from "./morph-constant.ts";
import { relationConstraint } from "./relation-constraint.ts";
import { checkList } from "./reference-list.ts";
import { requireColumn } from "./require-column.ts";
import type { ConstantInfo, RelationInfo, ThroughInfo } from "./relation.ts";

/** The definition of a relation, with a name that is free. */
export function requireDefinition(name: string, source: ModelInfo, definition: unknown): RelationDefinition {
  if (!isDefinition(definition)) {
    throw new SchemaError(`The relation "${name}" of model "${source.table}" was not made with a relation helper.`, {
      model: source.table,
    });
  }
  if (!source.columns.has(name)) return definition;
  throw new SchemaError(
    `The relation "${name}" of model "${source.table}" has the name of a column. Rename one of them.`,
    { model: source.table, column: name },
  );
}

/** Whether a value was made by a relation helper. */
export function isDefinition(value: unknown): value is RelationDefinition {
  return typeof value === "object" && value !== null && "kind" in value && "targets" in value && "cardinality" in value;
}

/** Settles every name of a relation to one model and checks that its keys fit together. */
export function resolveRelation(
  name: string,
  source: ModelInfo,
  target: ModelInfo,
  definition: RelationDefinition,
): RelationInfo {
  const { kind, cardinality, options } = definition;
  const relation: RelationInfo = {
    name,
    kind,
    cardinality,
    source,
    target,
    orderBy: order(target, options["orderBy"]),
    constraint: relationConstraint(name, source, options["constraint"]),
    branch: undefined,
    ...settleKeys(name, source, target, definition),
  };
  checkPairs(relation);
  checkList(relation);
  return Object.freeze(relation);
}

interface Keys {
  readonly from: readonly ColumnInfo[];
  readonly to: readonly ColumnInfo[];
  readonly listed: boolean;
  readonly through: ThroughInfo | undefined;
  readonly constants: readonly ConstantInfo[];
  readonly pointers: readonly ColumnInfo[];
}

/** What a kind of relation means: which columns are equal and which are constant. */
function settleKeys(name: string, source: ModelInfo, target: ModelInfo, definition: RelationDefinition): Keys {
  const { kind, options } = definition;
  const between = definition.through ?? target;
  const own = (option: string) => keyColumns(source, options[option]);
  const its = (option: string) => keyColumns(target, options[option]);
  const middle = (option: string) => keyColumns(between, options[option]);
  const direct = { through: undefined, constants: [], listed: false };
  const pivot = (left: readonly ColumnInfo[], right: readonly ColumnInfo[]) => ({
    from: own("localKey"),
    to: its("targetKey"),
    through: throughOf(between, left, right, options),
    listed: false,
    constants: [],
    pointers: [...left, ...right],
  });
  const constant = (at: ConstantInfo["at"], holder: ModelInfo, of: ModelInfo) => [
    morphConstant({ name, source, at, holder, of, column: options["typeColumn"] }),
  ];
  switch (kind) {
    case "hasOne":
    case "hasMany": {
      const to = its("foreignKey");
      return { ...direct, from: own("localKey"), to, pointers: to };
    }
    case "belongsTo": {
      const from = own("foreignKey");
      return { ...direct, from, to: its("ownerKey"), pointers: from };
    }
    case "manyToMany": {
      if (options["references"] === undefined) return pivot(middle("leftForeignKey"), middle("rightForeignKey"));
      const from = own("references");
      return { ...direct, listed: true, from, to: its("targetKey"), pointers: from };
    }
    case "hasOneThrough":
    case "hasManyThrough": {
      const through = throughOf(between, middle("firstKey"), middle("secondLocalKey"), {});
      const to = its("secondKey");
      return { ...direct, from: own("localKey"), to, through, pointers: [...through.left, ...to] };
    }
    case "morphOne":
    case "morphMany": {
      const to = its("idColumn");
      const constants = constant("target", target, source);
      return { ...direct, from: own("localKey"), to, constants, pointers: to };
    }
    case "morphTo": {
      const from = own("idColumn");
      const constants = options["arc"] === undefined ? constant("source", source, target) : [];
      return { ...direct, from, to: target.primaryKey, constants, pointers: from };
    }
    case "morphToMany": {
      const keys = pivot(middle("idColumn"), middle("rightForeignKey"));
      return { ...keys, constants: constant("through", between, source) };
    }
    case "morphedByMany": {
      const keys = pivot(middle("leftForeignKey"), middle("idColumn"));
      return { ...keys, constants: constant("through", between, target) };
    }
  }
}

/** The named columns, or the primary key. Names were checked by `defineRelations`. */
function keyColumns(model: ModelInfo, names: unknown): readonly ColumnInfo[] {
  if (names === undefined) return model.primaryKey;
  return [names].flat().map((name: unknown) => requireColumn(model, name));
}

function throughOf(
  model: ModelInfo,
  left: readonly ColumnInfo[],
  right: readonly ColumnInfo[],
  options: RelationDefinition["options"],
): ThroughInfo {
  return { model, left, right, shown: shownColumns(model, options), stamps: stamps(model, options) };
}

function shownColumns(pivot: ModelInfo, options: RelationDefinition["options"]): readonly ColumnInfo[] {
  const named = options["pivot"] === undefined ? [] : keyColumns(pivot, options["pivot"]);
  const stamped = stamps(pivot, options);
  return [...new Set([...named, ...(stamped === undefined ? [] : [stamped.created, stamped.updated])])];
}

function stamps(pivot: ModelInfo, options: RelationDefinition["options"]): ThroughInfo["stamps"] {
  if (options["timestamps"] !== true) return undefined;
  return { created: requireColumn(pivot, "createdAt"), updated: requireColumn(pivot, "updatedAt") };
}

function order(target: ModelInfo, value: unknown): RelationInfo["orderBy"] {
  if (value === undefined) return [];
  const [name, direction] = [value].flat();
  const column = typeof name === "string" ? target.columns.get(name) : undefined;
  if (column === undefined || (direction !== undefined && direction !== "asc" && direction !== "desc")) {
    throw new SchemaError(
      `"orderBy" of a relation to model "${target.table}" needs a column, or [column, "asc" or "desc"].`,
      { model: target.table },
    );
  }
  return [{ column, direction: direction ?? "asc" }];
}

/** The keys of both ends, and of the model between, must pair up. */
function checkPairs(relation: RelationInfo): void {
  const { through, from, to } = relation;
  const pairs: readonly (readonly [readonly ColumnInfo[], readonly ColumnInfo[]])[] =
    through === undefined
      ? [[from, to]]
      : [
          [from, through.left],
          [to, through.right],
        ];
  for (const [left, right] of pairs) {
    if (left.length > 0 && left.length === right.length) continue;
    throw new SchemaError(
      `The keys of the relation "${relation.name}" of model "${relation.source.table}" do not pair up: ` +
        `(${properties(left)}) against (${properties(right)}). Name both sides, or give the models primary keys.`,
      { model: relation.source.table },
    );
  }
}

function properties(columns: readonly ColumnInfo[]): string {
  return columns.length === 0 ? "no primary key" : columns.map((column) => column.property).join(", ");
}
