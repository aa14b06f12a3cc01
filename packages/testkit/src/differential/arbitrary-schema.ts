import fc from "fast-check";
import { poolOf } from "./arbitrary-value.ts";
import { DELETED_AT, kinds, type ColumnSpec, type Kind, type ModelSpec, type RelationSpec } from "./program.ts";

/** Names that are plain, that are keywords, and that the library itself gives to tables and columns of its making. */
const tableNames = ["posts", "users", "order", "ranked", "listed", "counted", "rows", "group"];
const columnNames = [
  "name",
  "value",
  "order",
  "groupKey",
  "rankInParent",
  "select",
  "c0",
  "address2Line",
  "count",
  "x",
];

const columnKind = fc.constantFrom(...kinds);
const nullable = fc.integer({ min: 0, max: 9 }).map((n) => n < 4);
const uniqueKinds: ReadonlySet<Kind> = new Set(["integer", "bigInteger", "string", "date", "uuid"]);
const keyKind = fc.constantFrom<Kind>("integer", "integer", "integer", "uuid", "string", "bigInteger");

/** The key of the row at a place in a table. Keys of text differ in case and blanks alone. */
export function keyAt(kind: Kind, at: number): number | bigint | string {
  switch (kind) {
    case "uuid":
      return `${((at * 7919) % 0xffff).toString(16).padStart(8, "0")}-0000-4000-8000-${String(at).padStart(12, "0")}`;
    case "bigInteger":
      return 2n ** 53n + BigInt(at);
    case "string":
      return ["k", "K", "k ", " k", "é"][at] ?? `k${at}`;
    default:
      return at + 1;
  }
}

/** One to four models and the relations between them. */
export const schemaArbitrary: fc.Arbitrary<readonly ModelSpec[]> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...tableNames), { minLength: 1, maxLength: 4 }),
    keys: fc.array(keyKind, { minLength: 4, maxLength: 4 }),
  })
  .chain(({ names, keys }) => {
    const bare = names.map((name, at) => bareModel(name, keys[at] ?? "integer"));
    return fc.tuple(...bare);
  })
  .chain((models) => fc.array(link(models.length), { maxLength: 4 }).map((links) => connect(models, links)));

function bareModel(name: string, key: Kind): fc.Arbitrary<ModelSpec> {
  return fc
    .record({
      columns: fc
        .uniqueArray(fc.constantFrom(...columnNames), { minLength: 1, maxLength: 6 })
        .chain((names) => fc.tuple(...names.map((one) => ordinaryColumn(one)))),
      softDelete: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
      unique: fc.integer({ min: 0, max: 1 }).map((n) => n === 0),
    })
    .map(({ columns, softDelete, unique }) => {
      const pool = Array.from({ length: 8 }, (_, at) => keyAt(key, at));
      const id: ColumnSpec = { name: "id", kind: key, nullable: false, scale: 0, pool };
      const keyed = columns.find(({ kind }) => uniqueKinds.has(kind));
      return {
        name,
        columns: [id, ...columns, ...(softDelete ? [deletedAt] : [])],
        uniques: unique && keyed !== undefined ? [[keyed.name]] : [],
        softDelete: softDelete ? deletedAt.name : undefined,
        relations: [],
      };
    });
}

const deletedAt: ColumnSpec = { name: "deletedAt", kind: "datetime", nullable: true, scale: 0, pool: [DELETED_AT] };

function ordinaryColumn(name: string): fc.Arbitrary<ColumnSpec> {
  return fc
    .record({ kind: columnKind, nullable, scale: fc.constantFrom(0, 2, 4) })
    .chain(({ kind, nullable: isNullable, scale }) =>
      poolOf(kind, scale).map((pool) => ({ name, kind, nullable: isNullable, scale, pool })),
    );
}

/** One thing that relates two models, before names are settled: a foreign key with both its sides, a pivot, or a step between. */
interface Link {
  readonly kind: keyof typeof makers;
  readonly source: number;
  readonly target: number;
  readonly through: number;
  readonly nullable: boolean;
}

function link(models: number): fc.Arbitrary<Link> {
  const model = fc.nat(models - 1);
  const kind = fc.constantFrom<Link["kind"]>(
    "toMany",
    "toMany",
    "toOne",
    "pivot",
    "throughMany",
    "throughOne",
    "morphMany",
    "morphOne",
    "morphPivot",
  );
  return fc.record({ kind, source: model, target: model, through: model, nullable });
}

/** A model whose columns and relations are not all there yet. */
interface Open extends ModelSpec {
  readonly columns: ColumnSpec[];
  readonly relations: RelationSpec[];
}

/** The models of a link, and its number, which its names end in. */
interface Ends {
  readonly source: Open;
  readonly target: Open;
  readonly through: Open;
  readonly at: number;
  readonly nullable: boolean;
}

/** Gives each link its foreign keys and relations. A link from a model to itself is a self-relation. */
function connect(bare: readonly ModelSpec[], links: readonly Link[]): readonly ModelSpec[] {
  const models = bare.map((model): Open => ({
    ...model,
    columns: [...model.columns],
    relations: [...model.relations],
  }));
  for (const [at, one] of links.entries()) {
    const [source, target, through] = [models[one.source], models[one.target], models[one.through]];
    if (source === undefined || target === undefined || through === undefined) continue;
    makers[one.kind]({ source, target, through, at, nullable: one.nullable });
  }
  return models;
}

const makers = {
  toMany: (ends: Ends) => relateByKey(ends, "hasMany", "children"),
  toOne: (ends: Ends) => relateByKey(ends, "hasOne", "child"),
  pivot: relateByPivot,
  throughMany: (ends: Ends) => relateThrough(ends, "hasManyThrough", "far"),
  throughOne: (ends: Ends) => relateThrough(ends, "hasOneThrough", "near"),
  morphMany: (ends: Ends) => relateByType(ends, "morphMany", "notes"),
  morphOne: (ends: Ends) => relateByType(ends, "morphOne", "note"),
  morphPivot: relateByTypedPivot,
};

const plain = { pivot: undefined, constant: undefined };
const byKey = { from: "id", to: "id" };

function addKey(model: Open, target: Open, name: string, isNullable: boolean): void {
  const [id] = target.columns;
  if (id !== undefined) model.columns.push({ ...id, name, nullable: isNullable });
}

/** A stored type. Rows of the models that it may name are told apart by it alone. */
function addType(model: Open, owners: readonly Open[], name: string): void {
  const pool = [...new Set([...owners.map((owner) => owner.name), "nobody"])];
  model.columns.push({ name, kind: "string", nullable: false, scale: 0, pool });
}

function relateByKey({ source, target, at, nullable: isNullable }: Ends, kind: "hasMany" | "hasOne", name: string) {
  const key = `parentId${at}`;
  addKey(target, source, key, isNullable);
  source.relations.push({ ...plain, kind, name: `${name}${at}`, target: target.name, from: "id", to: key });
  target.relations.push({
    ...plain,
    kind: "belongsTo",
    name: `parent${at}`,
    target: source.name,
    from: key,
    to: "id",
  });
}

function relateByPivot({ source, target, through, at, nullable: isNullable }: Ends): void {
  const [left, right] = [`leftId${at}`, `rightId${at}`];
  addKey(through, source, left, isNullable);
  addKey(through, target, right, isNullable);
  const sides = { ...plain, ...byKey, kind: "manyToMany" } as const;
  const model = through.name;
  source.relations.push({ ...sides, name: `linked${at}`, target: target.name, pivot: { model, left, right } });
  const back = { model, left: right, right: left };
  target.relations.push({ ...sides, name: `linkedBy${at}`, target: source.name, pivot: back });
}

function relateThrough(ends: Ends, kind: "hasManyThrough" | "hasOneThrough", name: string): void {
  const { source, target, through, at, nullable: isNullable } = ends;
  const [left, to] = [`viaId${at}`, `overId${at}`];
  addKey(through, source, left, isNullable);
  addKey(target, through, to, isNullable);
  const pivot = { model: through.name, left, right: "id" };
  source.relations.push({ ...plain, kind, name: `${name}${at}`, target: target.name, from: "id", to, pivot });
}

function relateByType(ends: Ends, kind: "morphMany" | "morphOne", name: string): void {
  const { source, target, through, at, nullable: isNullable } = ends;
  const [column, to] = [`ownerType${at}`, `ownerId${at}`];
  const owners = isAlike(source, through) ? [source, through] : [source];
  addType(target, owners, column);
  addKey(target, source, to, isNullable);
  for (const owner of new Set(owners)) {
    const constant = { column, value: owner.name };
    owner.relations.push({ ...plain, kind, name: `${name}${at}`, target: target.name, from: "id", to, constant });
  }
}

/** Models whose keys are of one kind may own the same rows. */
function isAlike(one: Open, other: Open): boolean {
  return one.columns[0]?.kind === other.columns[0]?.kind;
}

function relateByTypedPivot({ source, target, through, at, nullable: isNullable }: Ends): void {
  const [left, right, column] = [`itemId${at}`, `tagId${at}`, `itemType${at}`];
  addType(through, [source], column);
  addKey(through, source, left, isNullable);
  addKey(through, target, right, isNullable);
  const sides = { ...byKey, constant: { column, value: source.name } };
  const model = through.name;
  const pivot = { model, left, right };
  source.relations.push({ ...sides, kind: "morphToMany", name: `tags${at}`, target: target.name, pivot });
  const back = { model, left: right, right: left };
  target.relations.push({ ...sides, kind: "morphedByMany", name: `items${at}`, target: source.name, pivot: back });
}
