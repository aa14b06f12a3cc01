import { SchemaError } from "../errors/errors.ts";
import { arcOf, checkRelation } from "./check-relation.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ModelInfo } from "./model-info.ts";
import { isDefinition } from "./resolve-relation.ts";

type Definitions = Readonly<Record<string, RelationDefinition>>;

/** The relations of a model, in which an arc that names no targets has those of the `belongsTo` relations by its keys. */
export function withArcTargets(source: ModelInfo, relations: Definitions): Definitions {
  const settled = Object.entries(relations).map(([name, relation]): readonly [string, RelationDefinition] => {
    if (!isDefinition(relation) || !namesNoTargets(relation)) return [name, relation];
    const arc = [...arcOf(relation.options)];
    const targets = new Map(arc.map(([branch, key]) => [branch, targetBy(source, relations, branch, key)]));
    const whole: RelationDefinition = { ...relation, targets };
    checkRelation(source, whole);
    return [name, Object.freeze(whole)];
  });
  return Object.fromEntries(settled);
}

/** Its targets are in the relations beside it, which are not known when it is made. */
export function namesNoTargets({ kind, options }: Pick<RelationDefinition, "kind" | "options">): boolean {
  return kind === "morphTo" && options["arc"] !== undefined && options["targets"] === undefined;
}

function targetBy(source: ModelInfo, relations: Definitions, branch: string, key: unknown): ModelInfo {
  const columns = [key].flat().join();
  const sibling = Object.values(relations)
    .filter(isDefinition)
    .find(({ kind, options }) => kind === "belongsTo" && [options["foreignKey"]].flat().join() === columns);
  const [target] = sibling?.targets.values() ?? [];
  if (target !== undefined) return target;
  throw new SchemaError(
    `The arc of model "${source.table}" does not say which model "${branch}" is. Give it \`targets\`, ` +
      "or declare a belongsTo with the same foreignKey beside it.",
    { model: source.table },
  );
}
