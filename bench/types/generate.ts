/** How large a generated project is. */
export interface Size {
  readonly models: number;
  readonly queries: number;
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

/**
 * The text of a project with a ring of models, each with 15 columns, a parent and children; and of queries that filter, pick two
 * columns, and load the parent and the children two deep. Each query is checked by a use of its rows and by one mistake.
 */
export function generateProject({ models, queries }: Size): string {
  return [
    'import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";',
    'import type { Adapter } from "@mortise/core/adapter";',
    ...count(models, model),
    ...count(models, (i) => relations(i, models)),
    schema(models),
    "declare const adapter: Adapter<never>;",
    "export const db = createDatabase(schema, adapter);",
    ...count(queries, (i) => query(i, models)),
  ].join("\n");
}

function count(n: number, line: (i: number) => string): string[] {
  return Array.from({ length: n }, (_, i) => line(i));
}

function model(i: number): string {
  return `const M${i} = defineModel("m${i}", { columns: { ${columns} } });`;
}

function relations(i: number, models: number): string {
  const parent = `parent: belongsTo(M${(i + models - 1) % models}, { foreignKey: "parentId" })`;
  const children = `children: hasMany(M${(i + 1) % models}, { foreignKey: "parentId" })`;
  return `const R${i} = defineRelations(M${i}, ({ belongsTo, hasMany }) => ({ ${parent}, ${children} }));`;
}

function schema(models: number): string {
  const list = (prefix: string) => count(models, (i) => `m${i}: ${prefix}${i}`).join(", ");
  return `const schema = createSchema({ ${list("M")} }, { ${list("R")} });`;
}

function query(i: number, models: number): string {
  return `export async function q${i}() {
  const rows = await db.from(schema.m${i % models})
    .where("t1", "x").where("i1", ">", 3).select("id", "t1")
    .load("parent").load("children", (q) => q.select("id").load("children")).limit(5).many();
  return rows[0]!.children[0]!.children[0]!.t2.length + rows[0]!.t1.length + (rows[0]!.parent?.t3.length ?? 0);
}`;
}
