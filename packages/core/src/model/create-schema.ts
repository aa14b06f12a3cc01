import { SchemaError } from "../errors/errors.ts";
import type { ModelMap, Registry, RelationMap, RelationSets } from "../types/registry.ts";
import type { RelationDefinition, RelationSet } from "./define-relations.ts";
import { modelInfo, type AnyModel } from "./model.ts";
import type { ModelInfo } from "./model-info.ts";
import type { MorphInfo, RelationInfo, SchemaEntry, SchemaRegistry } from "./relation.ts";
import { resolveMorph } from "./resolve-morph.ts";
import { requireDefinition, resolveRelation } from "./resolve-relation.ts";

declare const REGISTRY: unique symbol;
const SCHEMA: unique symbol = Symbol("mortise.schema");

/** A composed schema: the models by key. Its registry of relations lives in the type. */
export type Schema<Models, R> = { readonly [K in keyof Models]: Models[K] } & { readonly [REGISTRY]: R };

/** Any schema, for functions that take one. */
export interface AnySchema {
  readonly [REGISTRY]: unknown;
}
/** The registry type of a schema. */
export type RegistryIn<S> = S extends { readonly [REGISTRY]: infer R } ? R : never;

/**
 * Composes models and relations into a schema: the one file that imports every model calls it.
 *
 * `createSchema({ users: User, posts: Post }, { users: UserRelations, posts: PostRelations })`
 *
 * Pure: the models stay as they are, calling it twice gives two equal schemas. Keys and names are checked here (`SchemaError`).
 */
export function createSchema<
  const Models extends ModelMap,
  const Rels extends RelationSets &
    RelationMap<Models> & {
      readonly [K in Exclude<keyof Rels, keyof Models>]: "No model of the schema has this key.";
    } = {},
>(models: Models, relations?: Rels): Schema<Models, Registry<Rels>> {
  const drafts = Object.entries(models).map(([key, model]) => entryDraft(key, model));
  const entries = new Map(drafts.map((draft) => [draft.key, draft]));
  for (const [key, set] of Object.entries(relations ?? {})) addRelations(entries, key, set);
  const registry = registryOf(drafts);
  const schema: Record<PropertyKey, unknown> = {};
  for (const entry of drafts) schema[entry.key] = entry.model;
  Object.defineProperty(schema, SCHEMA, { value: registry });
  return Object.freeze(schema) as Schema<Models, Registry<Rels>>;
}

/** What tools read of a schema: its entries with every name settled. Throws `SchemaError` for anything else. */
export function schemaOf(schema: object): SchemaRegistry {
  if (SCHEMA in schema) return schema[SCHEMA] as SchemaRegistry;
  throw new SchemaError("This is not a schema. Make one with createSchema(models, relations).");
}

interface EntryDraft extends SchemaEntry {
  readonly plain: unknown;
  readonly relations: Map<string, RelationInfo>;
  readonly morphs: Map<string, MorphInfo>;
}

function entryDraft(key: string, model: unknown): EntryDraft {
  const info = modelInfo(model);
  if (info === undefined || typeof model !== "function") {
    throw new SchemaError(`"${key}" of createSchema is not a model. Make models with defineModel.`);
  }
  return {
    key,
    info,
    plain: model,
    model: augmented(model as new () => object),
    relations: new Map(),
    morphs: new Map(),
  };
}

/** A class of the schema's own over the model's, so that a schema never changes a model and `instanceof` holds for both. */
function augmented(model: new () => object): new () => object {
  const own = class extends model {};
  Object.defineProperty(own, "name", { value: model.name });
  return own;
}

function addRelations(entries: ReadonlyMap<string, EntryDraft>, key: string, set: unknown): void {
  const entry = entries.get(key);
  if (entry === undefined) {
    throw new SchemaError(
      `createSchema was given relations for "${key}", but no model has that key. Models: ${[...entries.keys()].join(", ")}.`,
    );
  }
  if (!isRelationSet(set) || modelInfo(set.model) !== entry.info) {
    throw new SchemaError(
      `The relations for "${key}" were not defined on its model "${entry.info.table}". Use defineRelations on that model.`,
      { model: entry.info.table },
    );
  }
  for (const [name, definition] of Object.entries(set.relations)) {
    addRelation(entries, entry, name, requireDefinition(name, entry.info, definition));
  }
}

function addRelation(
  entries: ReadonlyMap<string, EntryDraft>,
  entry: EntryDraft,
  name: string,
  definition: RelationDefinition,
): void {
  const [target] = definition.targets.values();
  if (definition.kind === "morphTo" || target === undefined) {
    const morph = resolveMorph(name, entry.info, definition);
    for (const branch of morph.branches) requireInSchema(entries, branch);
    entry.morphs.set(name, morph);
    return;
  }
  const relation = resolveRelation(name, entry.info, target, definition);
  requireInSchema(entries, relation);
  entry.relations.set(name, relation);
}

function isRelationSet(set: unknown): set is RelationSet<AnyModel, object> {
  return typeof set === "object" && set !== null && "model" in set && "relations" in set;
}

function requireInSchema(entries: ReadonlyMap<string, EntryDraft>, relation: RelationInfo): void {
  const known = new Set([...entries.values()].map((entry) => entry.info));
  const missing: ModelInfo | undefined = [relation.target, relation.through?.model].find(
    (model) => model !== undefined && !known.has(model),
  );
  if (missing === undefined) return;
  throw new SchemaError(
    `The relation "${relation.name}" of model "${relation.source.table}" leads to model "${missing.table}", ` +
      "which is not part of this schema. Add it to createSchema.",
    { model: relation.source.table },
  );
}

function registryOf(entries: readonly EntryDraft[]): SchemaRegistry {
  const byModel = new Map<unknown, SchemaEntry>();
  const byInfo = new Map<ModelInfo, SchemaEntry>();
  for (const entry of entries) {
    byModel.set(entry.model, entry);
    byModel.set(entry.plain, entry);
    byInfo.set(entry.info, entry);
  }
  return Object.freeze({ entries: Object.freeze([...entries]), byModel, byInfo });
}
