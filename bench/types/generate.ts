/** How large a generated project is. */
export interface Size {
  readonly models: number;
  readonly queries: number;
  /** How many of the models the queries go over; all of them unless said otherwise. */
  readonly queried?: number;
  /** Whether each model has ten relations of all kinds instead of two. */
  readonly related?: boolean;
}

const columns = [
  "id: col.increment()",
  ...[1, 2, 3, 4, 5].map((n) => `t${n}: col.string({ nullable: false })`),
  ...[1, 2, 3].map((n) => `i${n}: col.integer()`),
  ...[1, 2].map((n) => `b${n}: col.boolean({ nullable: false, default: false })`),
  ...[1, 2].map((n) => `d${n}: col.datetime({ nullable: false, autoCreate: true })`),
  "j: col.json<{ a: string }>()",
  "parentId: col.integer()",
].join(", ");

/** Columns that queries on one model pick by turns, so that no two of them are the same to the compiler. */
const picks = ["t2", "t3", "t4", "t5", "i1", "i2", "i3", "b1", "b2", "d1", "d2", "j"];

/**
 * The text of a project with a ring of models, each with 15 columns, a parent and children; and of queries that filter, pick a few
 * columns, and load the parent and the children two deep. Every query uses its rows, and each project holds one mistake that the
 * types must refuse.
 */
export function generateProject({ models, queries, queried = models, related = false }: Size): string {
  return [
    'import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";',
    'import type { Adapter } from "@mortise/core/adapter";',
    ...lines(models, (at) => model(at)),
    ...lines(models, (at) => relations(at, models, related)),
    schema(models),
    "declare const adapter: Adapter<never>;",
    "export const db = createDatabase(schema, adapter);",
    ...lines(queries, (at) => query(at, queried)),
    "// @ts-expect-error -- no model of the ring has this column",
    'export const mistake = () => db.from(schema.m0).where("nope", 1);',
    "",
  ].join("\n");
}

function lines(count: number, line: (at: number) => string): string[] {
  return Array.from({ length: count }, (_, at) => line(at));
}

function model(at: number): string {
  return `const M${at} = defineModel("m${at}", { columns: { ${columns} } });`;
}

function relations(at: number, models: number, related: boolean): string {
  const other = (steps: number) => `M${(at + models + steps) % models}`;
  const parent = `parent: belongsTo(${other(-1)}, { foreignKey: "parentId" })`;
  const children = `children: hasMany(${other(1)}, { foreignKey: "parentId" })`;
  if (!related)
    return `const R${at} = defineRelations(M${at}, ({ belongsTo, hasMany }) => ({ ${parent}, ${children} }));`;
  const between = `{ through: ${other(1)}, firstKey: "parentId", secondKey: "parentId" }`;
  const pivot = `through: ${other(3)}, rightForeignKey: "i1"`;
  const typed = 'typeColumn: "t1", idColumn: "i3"';
  const eight = [
    `first: hasOne(${other(1)}, { foreignKey: "parentId" })`,
    `linked: manyToMany(${other(2)}, { ${pivot}, leftForeignKey: "i2", pivot: ["t1"] })`,
    `grandchildren: hasManyThrough(${other(2)}, ${between})`,
    `grandchild: hasOneThrough(${other(2)}, ${between})`,
    `notes: morphMany(${other(4)}, { ${typed} })`,
    `note: morphOne(${other(4)}, { ${typed} })`,
    `about: morphTo({ ${typed}, targets: { one: ${other(5)}, two: ${other(6)} } })`,
    `tagged: morphToMany(${other(2)}, { ${pivot}, ${typed} })`,
  ];
  return `const R${at} = defineRelations(M${at}, (is) => { const { belongsTo, hasMany, hasOne, manyToMany, hasManyThrough, hasOneThrough, morphMany, morphOne, morphTo, morphToMany } = is; return ({ ${[parent, children, ...eight].join(", ")} }); });`;
}

function schema(models: number): string {
  const entries = (prefix: string) => lines(models, (at) => `m${at}: ${prefix}${at}`).join(", ");
  return `export const schema = createSchema({ ${entries("M")} }, { ${entries("R")} });`;
}

function query(at: number, queried: number): string {
  const turn = Math.floor(at / queried);
  const own = picks[turn % picks.length];
  const child = picks[Math.floor(turn / picks.length) % picks.length];
  return `export async function q${at}() {
  const rows = await db.from(schema.m${at % queried})
    .where("t1", "x").where("i1", ">", 3).select("id", "t1", "${own}")
    .load("parent").load("children", (q) => q.select("id", "${child}").load("children")).limit(5).many();
  const first = rows[0]!;
  return [first.${own}, first.children[0]!.${child}, first.children[0]!.children[0]!.t2.length, first.parent?.t3.length];
}`;
}
