import { SchemaError } from "../errors/errors.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ModelInfo } from "./model-info.ts";
import type { MorphInfo, RelationInfo } from "./relation.ts";
import { resolveRelation } from "./resolve-relation.ts";

/** Settles a `morphTo`: a relation to each of its targets, told apart by a stored type. */
export function resolveMorph(name: string, source: ModelInfo, definition: RelationDefinition): MorphInfo {
  const branches = [...definition.targets].map(([branch, target]): RelationInfo =>
    Object.freeze({ ...resolveRelation(name, source, target, definition), branch }),
  );
  checkTypes(name, source, branches);
  const typeColumn = branches[0]?.constants[0]?.column;
  return Object.freeze({ name, source, branches, typeColumn, nullable: definition.cardinality === "maybe" });
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
