import { SchemaError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import type { RelationDefinition } from "./define-relations.ts";
import type { ModelInfo } from "./model-info.ts";
import { optionNames, ruleOf } from "./relation-kind.ts";

/** The keys of an arc by the name of their target. */
export function arcOf({ arc }: RelationDefinition["options"]): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(typeof arc === "object" && arc !== null ? Object.entries(arc) : []);
}

/** Checks the options of a relation: their names, and that the columns they name are there. */
export function checkRelation(source: ModelInfo, definition: RelationDefinition): void {
  checkOptionNames(source, definition);
  checkColumns(source, definition);
  checkTargets(source, definition);
  checkNeeds(source, definition);
}

function checkOptionNames(source: ModelInfo, { kind, options }: RelationDefinition): void {
  const known = optionNames(ruleOf(kind, options));
  const stray = Object.keys(options).find((name) => !known.includes(name));
  if (stray === undefined) return;
  throw new SchemaError(
    `The relation ${kind} of model "${source.table}" has the option "${stray}", which it does not take. ` +
      `It takes: ${known.join(", ")}.`,
    { model: source.table },
  );
}

function checkColumns(source: ModelInfo, { kind, options, targets, through }: RelationDefinition): void {
  const [target] = targets.values();
  const sides = { source, target, through };
  for (const [option, side] of Object.entries(ruleOf(kind, options).columns)) {
    const model = sides[side];
    if (model === undefined || options[option] === undefined) continue;
    requireColumns(source, kind, option, model, options[option]);
  }
  if (options["timestamps"] === true && through !== undefined) {
    requireColumns(source, kind, "timestamps", through, ["createdAt", "updatedAt"]);
  }
}

function requireColumns(source: ModelInfo, kind: string, option: string, model: ModelInfo, names: unknown): void {
  for (const name of [names].flat()) {
    if (typeof name === "string" && model.columns.has(name)) continue;
    throw new SchemaError(
      `"${option}" of the relation ${kind} of model "${source.table}" names the column ${shown(name)}, ` +
        `which model "${model.table}" does not have. It has: ${[...model.columns.keys()].join(", ")}.`,
      { model: source.table },
    );
  }
}

/** Rows of a `morphTo` show the name of their target as `type`. */
function checkTargets(source: ModelInfo, { kind, options, targets }: RelationDefinition): void {
  if (kind !== "morphTo") return;
  for (const [name, target] of targets) {
    if (!target.columns.has("type")) continue;
    throw new SchemaError(
      `The target "${name}" of the relation morphTo of model "${source.table}" has a column "type", where its rows show ` +
        `which target they are. Give the column of model "${target.table}" another name with \`databaseName: "type"\`.`,
      { model: source.table },
    );
  }
  if (options["arc"] === undefined) return;
  const arc = arcOf(options);
  for (const [name, columns] of arc) requireColumns(source, kind, `arc.${name}`, source, columns);
  const names = [...arc.keys()];
  if (names.length > 1 && names.length === targets.size && names.every((name) => targets.has(name))) return;
  throw new SchemaError(
    `"arc" of the relation morphTo of model "${source.table}" needs a column for each of its targets, and there must be ` +
      `two or more: ${[...targets.keys()].join(", ")}.`,
    { model: source.table },
  );
}

function checkNeeds(source: ModelInfo, { kind, options, targets }: RelationDefinition): void {
  const { needs, morph } = ruleOf(kind, options);
  const missing = needs.find((option) => options[option] === undefined);
  const stores = morph !== undefined && options["arc"] === undefined;
  const named = options["typeColumn"] !== undefined && options["idColumn"] !== undefined;
  const needed = missing ?? (targets.size === 0 ? "targets" : stores && !named ? "name" : undefined);
  if (needed === undefined) return;
  throw new SchemaError(`The relation ${kind} of model "${source.table}" needs "${needed}".`, { model: source.table });
}
