import { SchemaError } from "../errors/errors.ts";
import { requireColumn } from "./require-column.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ColumnInfo, ModelInfo } from "./model-info.ts";
import { isReferenceAction, referenceActions } from "./reference-action.ts";
import type { ConstraintOptions, RelationInfo } from "./relation.ts";

/** Settles every name of a relation and checks that its keys fit together. */
export function resolveRelation(name: string, source: ModelInfo, definition: unknown): RelationInfo {
  if (!isDefinition(definition)) {
    throw new SchemaError(`The relation "${name}" of model "${source.table}" was not made with a relation helper.`, {
      model: source.table,
    });
  }
  if (source.columns.has(name)) {
    throw new SchemaError(
      `The relation "${name}" of model "${source.table}" has the name of a column. Rename one of them.`,
      {
        model: source.table,
        column: name,
      },
    );
  }
  const relation = settle(name, source, definition);
  checkPairs(relation);
  return Object.freeze(relation);
}

function isDefinition(value: unknown): value is RelationDefinition {
  return typeof value === "object" && value !== null && "kind" in value && "target" in value && "cardinality" in value;
}

function settle(name: string, source: ModelInfo, definition: RelationDefinition): RelationInfo {
  const { kind, target, options, cardinality, through } = definition;
  const own = { name, kind, cardinality, source, target, pivot: undefined, constraint: undefined, orderBy: [] };
  const foreignKey = options["foreignKey"];
  switch (kind) {
    case "hasOne":
    case "hasMany": {
      const from = keyColumns(source, options["localKey"]);
      return { ...own, from, to: keyColumns(target, foreignKey), orderBy: order(target, options["orderBy"]) };
    }
    case "belongsTo": {
      const to = keyColumns(target, options["ownerKey"]);
      return {
        ...own,
        from: keyColumns(source, foreignKey),
        to,
        constraint: constraint(name, source, options["constraint"]),
      };
    }
    case "manyToMany": {
      const model = through ?? target;
      const pivot = {
        model,
        left: keyColumns(model, options["leftForeignKey"]),
        right: keyColumns(model, options["rightForeignKey"]),
        shown: options["pivot"] === undefined ? [] : keyColumns(model, options["pivot"]),
      };
      return {
        ...own,
        from: keyColumns(source, options["localKey"]),
        to: keyColumns(target, options["targetKey"]),
        pivot,
      };
    }
  }
}

/** The named columns, or the primary key. Names were checked by `defineRelations`. */
function keyColumns(model: ModelInfo, names: unknown): readonly ColumnInfo[] {
  if (names === undefined) return model.primaryKey;
  return [names].flat().map((name: unknown) => requireColumn(model, name));
}

function order(target: ModelInfo, value: unknown): RelationInfo["orderBy"] {
  if (value === undefined) return [];
  const [name, direction] = [value].flat();
  const column = typeof name === "string" ? target.columns.get(name) : undefined;
  if (column === undefined || (direction !== undefined && direction !== "asc" && direction !== "desc")) {
    throw new SchemaError(
      `"orderBy" of a relation to model "${target.table}" needs a column, or [column, "asc" or "desc"].`,
      {
        model: target.table,
      },
    );
  }
  return [{ column, direction: direction ?? "asc" }];
}

function constraint(relation: string, source: ModelInfo, value: unknown): ConstraintOptions | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return {};
  if (isConstraint(value)) return value;
  throw new SchemaError(
    `"constraint" of the relation "${relation}" of model "${source.table}" is true, or has onDelete and onUpdate ` +
      `(${referenceActions.join(", ")}), name and deferrable.`,
    { model: source.table },
  );
}

const constraintOptions: Readonly<Record<string, (value: unknown) => boolean>> = {
  onDelete: isReferenceAction,
  onUpdate: isReferenceAction,
  name: (value) => typeof value === "string",
  deferrable: (value) => typeof value === "boolean",
};

function isConstraint(value: unknown): value is ConstraintOptions {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(([name, one]) => {
    const fits = Object.hasOwn(constraintOptions, name) ? constraintOptions[name] : undefined;
    return fits !== undefined && (one === undefined || fits(one));
  });
}

function checkPairs(relation: RelationInfo): void {
  const { pivot } = relation;
  const pairs: readonly (readonly [readonly ColumnInfo[], readonly ColumnInfo[]])[] =
    pivot === undefined
      ? [[relation.from, relation.to]]
      : [
          [relation.from, pivot.left],
          [relation.to, pivot.right],
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
