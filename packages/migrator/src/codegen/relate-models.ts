import { isSame, qualifiedName, type ForeignKeyState } from "@mortise/core/state";
import { camelName, Names, singular, wordsOf } from "./names.ts";
import type { PulledModel, PulledRelation } from "./pulled.ts";

/** The models with the relations that their foreign keys tell of. */
export interface RelatedModels {
  readonly models: readonly PulledModel[];
  readonly relations: ReadonlyMap<PulledModel, readonly PulledRelation[]>;
  /** Foreign keys that lead to a table which is not among the models, in another namespace. */
  readonly unsaid: readonly { readonly model: PulledModel; readonly key: ForeignKeyState }[];
}

/** A foreign key between two models. */
interface Link {
  readonly source: PulledModel;
  readonly target: PulledModel;
  readonly key: ForeignKeyState;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * Relations from foreign keys: `belongsTo` with its constraint on the side of the key, `hasOne` on the other where the key is unique and
 * `hasMany` where it is not, and `manyToMany` over a table whose key is two foreign keys.
 */
export function relateModels(named: readonly PulledModel[]): RelatedModels {
  const byTable = new Map(named.map((model) => [qualifiedName(model.table), model]));
  const links = new Map(named.map((model) => [model, linksOf(model, byTable)]));
  const models = new Map(named.map((model) => [model, withForeignKeys(model, links.get(model) ?? [])]));
  const settled = (model: PulledModel): PulledModel => models.get(model) ?? model;
  const names = new Map(named.map((model) => [model, new Names(model.columns.map(({ property }) => property))]));
  const relations = new Map<PulledModel, PulledRelation[]>(named.map((model) => [settled(model), []]));
  const add = (
    model: PulledModel,
    wanted: readonly [string, ...string[]],
    relation: Omit<PulledRelation, "name">,
  ): string => {
    const name = names.get(model)?.claim(...wanted) ?? wanted[0];
    relations.get(settled(model))?.push({
      ...relation,
      name,
      target: settled(relation.target),
      through: relation.through && settled(relation.through),
    });
    return name;
  };
  const all = [...links.values()].flat();
  const roles = new Map(all.map((link) => [link, add(link.source, ownNames(link), belongsTo(link))]));
  for (const link of all)
    add(link.target, backNames(link, roles.get(link) ?? "", links.get(link.source) ?? []), hasSome(link));
  for (const [pivot, own] of links) {
    const [left, right] = own;
    if (left === undefined || right === undefined || own.length !== 2 || !isPivot(pivot, left, right)) continue;
    add(left.target, throughNames(right, pivot), manyToMany(pivot, left, right));
    if (left.target !== right.target) add(right.target, throughNames(left, pivot), manyToMany(pivot, right, left));
  }
  return {
    models: named.map(settled),
    relations,
    unsaid: named.flatMap((model) => foreignKeysTo(model, links).map((key) => ({ model, key }))),
  };
}

function linksOf(source: PulledModel, models: ReadonlyMap<string, PulledModel>): readonly Link[] {
  const links: Link[] = [];
  for (const key of source.table.foreignKeys) {
    const { table: name, namespace } = key.references;
    const target = models.get(qualifiedName({ name, namespace }));
    const isTwin = links.some(
      (one) => isSame(one.key.columns, key.columns) && isSame(one.key.references, key.references),
    );
    if (target === undefined || isTwin) continue;
    const from = properties(source, key.columns);
    const to = properties(target, key.references.columns);
    if (from.length === key.columns.length && to.length === from.length) links.push({ source, target, key, from, to });
  }
  return links;
}

function properties({ columns }: PulledModel, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => columns.find(({ state }) => state.name === name)?.property ?? []);
}

/** Keys to tables that are not models stay keys of the model, as far as one can say them: they lead to its own namespace. */
function withForeignKeys(model: PulledModel, links: readonly Link[]): PulledModel {
  const others = model.table.foreignKeys.filter(
    ({ references: { table, namespace } }) =>
      namespace === model.table.namespace &&
      !links.some(({ key }) => key.references.table === table && key.references.namespace === namespace),
  );
  return { ...model, foreignKeys: others };
}

function foreignKeysTo(
  model: PulledModel,
  links: ReadonlyMap<PulledModel, readonly Link[]>,
): readonly ForeignKeyState[] {
  const related = (links.get(model) ?? []).map(({ key }) => key);
  const same = (key: ForeignKeyState): boolean =>
    related.some((one) => isSame({ ...one, name: "" }, { ...key, name: "" }));
  return model.table.foreignKeys.filter((key) => !same(key) && key.references.namespace !== model.table.namespace);
}

function belongsTo({ source, target, key, from, to }: Link): Omit<PulledRelation, "name"> {
  const isKey = isSame(target.table.primaryKey?.columns, key.references.columns);
  return {
    kind: "belongsTo",
    target,
    keys: { foreignKey: from, ...(isKey ? {} : { ownerKey: to }) },
    through: undefined,
    foreignKey: key,
    optional: source.columns.some(({ property, state }) => from.includes(property) && state.nullable),
  };
}

function hasSome({ source, target, key, from, to }: Link): Omit<PulledRelation, "name"> {
  const isKey = isSame(target.table.primaryKey?.columns, key.references.columns);
  return {
    kind: isUnique(source, key.columns) ? "hasOne" : "hasMany",
    target: source,
    keys: { foreignKey: from, ...(isKey ? {} : { localKey: to }) },
    through: undefined,
    foreignKey: undefined,
    optional: true,
  };
}

function manyToMany(pivot: PulledModel, left: Link, right: Link): Omit<PulledRelation, "name"> {
  const isLocal = isSame(left.target.table.primaryKey?.columns, left.key.references.columns);
  const isTarget = isSame(right.target.table.primaryKey?.columns, right.key.references.columns);
  return {
    kind: "manyToMany",
    target: right.target,
    keys: {
      leftForeignKey: left.from,
      rightForeignKey: right.from,
      ...(isLocal ? {} : { localKey: left.to }),
      ...(isTarget ? {} : { targetKey: right.to }),
    },
    through: pivot,
    foreignKey: undefined,
    optional: false,
  };
}

function isUnique({ table }: PulledModel, columns: readonly string[]): boolean {
  const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns)];
  return keys.some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
}

/** A pivot is known by its primary key, or a unique one: it is both foreign keys and nothing else. */
function isPivot({ table }: PulledModel, left: Link, right: Link): boolean {
  const both = [...left.key.columns, ...right.key.columns];
  const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns)];
  const isApart = new Set(both).size === both.length;
  return isApart && keys.some((key) => key.length === both.length && key.every((column) => both.includes(column)));
}

/** `customer_id` -> `customer`, or the name of the target. */
function ownNames({ target, key, from }: Link): readonly [string, ...string[]] {
  const [only = "", another] = key.columns;
  const words = wordsOf(only);
  const isPointer = another === undefined && words.length > 1 && /^(id|key|uuid|code|no)$/.test(words.at(-1) ?? "");
  const role = camelName(isPointer ? words.slice(0, -1) : words, "parent");
  const own = one(target);
  return another === undefined ? [role, own, `${role}Row`] : [own, `${own}Of${capital(from[0] ?? "")}`];
}

/** `posts`; of two keys to one table the one that is not named after it says its role: `postsByEditor`. */
function backNames({ source, target, key }: Link, role: string, own: readonly Link[]): readonly [string, ...string[]] {
  const name = isUnique(source, key.columns) ? one(source) : source.key;
  const rivals = own.filter((link) => link.target === target);
  const byRole = `${name}By${capital(role)}`;
  return rivals.length > 1 && role !== one(target) ? [byRole] : [name, byRole];
}

function throughNames({ target, from }: Link, pivot: PulledModel): readonly [string, ...string[]] {
  return [target.key, `${target.key}Through${pivot.name}`, `${target.key}By${capital(from[0] ?? "")}`];
}

/** `orderLines` -> `orderLine` */
function one({ table }: PulledModel): string {
  const words = wordsOf(table.name);
  return camelName([...words.slice(0, -1), singular(words.at(-1) ?? "")], "row");
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
