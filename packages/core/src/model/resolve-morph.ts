import { SchemaError } from "../errors/errors.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ModelInfo } from "./model-info.ts";
import type { MorphInfo, RelationInfo } from "./relation.ts";
import { resolveRelation } from "./resolve-relation.ts";

/** Settles a `morphTo`: a relation to each of its targets, told apart by a stored type or by keys of their own. */
export function resolveMorph(name: string, source: ModelInfo, definition: RelationDefinition): MorphInfo {
  const { options, targets } = definition;
  const arc = new Map<string, unknown>(Object.entries(options["arc"] ?? {}));
  const constraint = arcConstraint(name, source, definition);
  const branches = [...targets].map(([branch, target]): RelationInfo => {
    const own = { ...options, idColumn: arc.get(branch) ?? options["idColumn"], constraint };
    return Object.freeze({ ...resolveRelation(name, source, target, { ...definition, options: own }), branch });
  });
  checkTypes(name, source, branches);
  if (arc.size > 0) checkArc(name, source, branches);
  const typeColumn = branches[0]?.constants[0]?.column;
  return Object.freeze({ name, source, branches, typeColumn, nullable: options["nullable"] === true });
}

/** What the foreign keys of an arc do; they are there whether options are given or not. */
function arcConstraint(name: string, source: ModelInfo, { options }: RelationDefinition): unknown {
  const { arc, constraint } = options;
  if (arc === undefined && constraint !== undefined) {
    throw new SchemaError(
      `The relation "${name}" of model "${source.table}" stores which model it leads to, so that no foreign key can hold it to one. ` +
        "Leave `constraint` out, or use an arc.",
      { model: source.table },
    );
  }
  if (arc === undefined || constraint === undefined) return arc === undefined ? undefined : true;
  const given = typeof constraint === "object" && constraint !== null ? Object.entries(constraint) : [];
  const stray = given.find(([key, value]) => key !== "deferrable" && (key !== "onDelete" || isSetting(value)));
  if (stray === undefined) return constraint;
  throw new SchemaError(
    `"constraint" of the arc "${name}" of model "${source.table}" is true, or has onDelete (cascade, restrict, no action) and ` +
      "deferrable: a key that is set to null would leave the row without its target.",
    { model: source.table },
  );
}

function isSetting(action: unknown): boolean {
  return action === "set null" || action === "set default";
}

/** Keys of which all but one are null must be able to be null, and must not share columns. */
function checkArc(name: string, source: ModelInfo, branches: readonly RelationInfo[]): void {
  const columns = branches.flatMap(({ from }) => from);
  const wrong =
    columns.find(({ definition }) => !definition.nullable) ??
    columns.find((column, at) => columns.indexOf(column) !== at);
  if (wrong === undefined) return;
  throw new SchemaError(
    `Column "${wrong.property}" of model "${source.table}" is a key of the arc "${name}", so that it must be nullable and ` +
      "belong to one target only.",
    { model: source.table, column: wrong.property },
  );
}

/** Two targets that are stored alike could not be told apart. */
function checkTypes(name: string, source: ModelInfo, branches: readonly RelationInfo[]): void {
  const seen = new Map<string, string>();
  for (const { constants, target, branch = "" } of branches) {
    for (const { value } of constants) {
      const other = seen.get(value);
      if (other !== undefined) {
        throw new SchemaError(
          `The targets "${other}" and "${branch}" of the relation "${name}" of model "${source.table}" are both stored as ` +
            `${JSON.stringify(value)}. Give model "${target.table}" another options.morphName.`,
          { model: source.table },
        );
      }
      seen.set(value, branch);
    }
  }
}
