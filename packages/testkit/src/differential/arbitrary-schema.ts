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

/** One thing that relates two models, before names are settled: a foreign key with both its sides, or a pivot. */
interface Link {
  readonly kind: "toMany" | "toOne" | "pivot";
  readonly source: number;
  readonly target: number;
  readonly through: number;
  readonly nullable: boolean;
}

function link(models: number): fc.Arbitrary<Link> {
  const model = fc.nat(models - 1);
  const kind = fc.constantFrom<Link["kind"]>("toMany", "toMany", "toOne", "pivot");
  return fc.record({ kind, source: model, target: model, through: model, nullable });
}

/** Gives each link its foreign keys and relations. A link from a model to itself is a self-relation. */
function connect(bare: readonly ModelSpec[], links: readonly Link[]): readonly ModelSpec[] {
  const models = bare.map((model) => ({ ...model, columns: [...model.columns], relations: [...model.relations] }));
  type Open = (typeof models)[number];
  const relate = (model: Open, relation: RelationSpec) => model.relations.push(relation);
  const foreignKey = (model: Open, target: Open, name: string, isNullable: boolean) => {
    const [id] = target.columns;
    if (id !== undefined) model.columns.push({ ...id, name, nullable: isNullable });
  };
  for (const [at, one] of links.entries()) {
    const [source, target, through] = [models[one.source], models[one.target], models[one.through]];
    if (source === undefined || target === undefined || through === undefined) continue;
    if (one.kind === "pivot") {
      const pivot = { model: through.name, left: `leftId${at}`, right: `rightId${at}` };
      foreignKey(through, source, pivot.left, one.nullable);
      foreignKey(through, target, pivot.right, one.nullable);
      const sides = { kind: "manyToMany", from: "id", to: "id" } as const;
      relate(source, { ...sides, name: `linked${at}`, target: target.name, pivot });
      const back = { ...pivot, left: pivot.right, right: pivot.left };
      relate(target, { ...sides, name: `linkedBy${at}`, target: source.name, pivot: back });
      continue;
    }
    const key = `parentId${at}`;
    foreignKey(target, source, key, one.nullable);
    const kind = one.kind === "toMany" ? "hasMany" : "hasOne";
    const down = { kind, target: target.name, from: "id", to: key, pivot: undefined } as const;
    relate(source, { ...down, name: `${one.kind === "toMany" ? "children" : "child"}${at}` });
    relate(target, {
      kind: "belongsTo",
      target: source.name,
      from: key,
      to: "id",
      pivot: undefined,
      name: `parent${at}`,
    });
  }
  return models;
}
