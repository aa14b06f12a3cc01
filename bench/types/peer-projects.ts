/**
 * The project of `generate.ts` in other libraries: a ring of models with 15 columns, a parent and children; queries that filter, pick a few
 * columns, and load the parent and the children two deep. Each holds one mistake that the types must refuse.
 */
import type { Size } from "./generate.ts";

const texts = ["t1", "t2", "t3", "t4", "t5"];
const integers = ["i1", "i2", "i3"];
const flags = ["b1", "b2"];
const instants = ["d1", "d2"];

/** Columns that queries on one model pick by turns, as in `generate.ts`. */
const picks = ["t2", "t3", "t4", "t5", "i1", "i2", "i3", "b1", "b2", "d1", "d2", "j"];

const mistake = "// @ts-expect-error -- no model of the ring has this column\n";

/** A project in one library: its text, and the schema that a client is generated from. */
export interface PeerProject {
  readonly text: (size: Size) => string;
  readonly prismaSchema?: (models: number, output: string) => string;
}

interface Place {
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly second: number;
  readonly own: string;
  readonly child: string;
}

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join("\n");
}

function list(count: number, entry: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => entry(at)).join(", ");
}

/** One function for each query, which uses what it read. */
function queries({ models, queries: count }: Size, query: (place: Place) => string, more = ""): string {
  return lines(count, (at) => {
    const turn = Math.floor(at / models);
    const model = at % models;
    const own = picks[turn % picks.length]!;
    const child = picks[Math.floor(turn / picks.length) % picks.length]!;
    const place = {
      at: model,
      before: (model + models - 1) % models,
      after: (model + 1) % models,
      second: (model + 2) % models,
      own,
      child,
    };
    return `export async function q${at}() { const rows = await ${query(place)};
  const first = rows[0]!;
  return [first.${own}, first.children${more}[0]!.${child}, first.children${more}[0]!.children${more}[0]!.t2.length, first.parent?.t3.length]; }`;
  });
}

function columns(text: string, integer: string, flag: string, instant: string, document: string): string {
  const entries = [
    ...texts.map((name) => `${name}: ${text}`),
    ...integers.map((name) => `${name}: ${integer}`),
    ...flags.map((name) => `${name}: ${flag}`),
    ...instants.map((name) => `${name}: ${instant}`),
    `j: ${document}`,
  ];
  return entries.join(", ");
}

const drizzleColumns = `id: integer().primaryKey().generatedAlwaysAsIdentity(), ${columns(
  "text().notNull()",
  "integer()",
  "boolean().notNull().default(false)",
  "timestamp().notNull().defaultNow()",
  "jsonb().$type<{ a: string }>()",
)}, parentId: integer()`;

const drizzle: PeerProject = {
  text: (size) =>
    [
      'import { and, eq, gt, relations } from "drizzle-orm";',
      'import { drizzle } from "drizzle-orm/node-postgres";',
      'import { boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";',
      lines(size.models, (at) => `export const m${at} = pgTable("m${at}", { ${drizzleColumns} });`),
      lines(size.models, (at) => {
        const before = (at + size.models - 1) % size.models;
        const after = (at + 1) % size.models;
        return `export const r${at} = relations(m${at}, ({ one, many }) => ({ parent: one(m${before}, { fields: [m${at}.parentId], references: [m${before}.id], relationName: "r${at}" }), children: many(m${after}, { relationName: "r${after}" }) }));`;
      }),
      `const schema = { ${list(size.models, (at) => `m${at}, r${at}`)} };`,
      'const db = drizzle("", { schema });',
      queries(
        size,
        ({ at, own, child }) =>
          `db.query.m${at}.findMany({ columns: { id: true, t1: true, ${own}: true }, where: and(eq(m${at}.t1, "x"), gt(m${at}.i1, 3)), with: { parent: true, children: { columns: { id: true, ${child}: true }, with: { children: true } } }, limit: 5 })`,
      ),
      `${mistake}export const mistake = () => db.query.m0.findMany({ where: eq(m0.nope, 1) });\n`,
    ].join("\n"),
};

const drizzleV1: PeerProject = {
  text: (size) =>
    [
      'import { defineRelations } from "drizzle-orm-v1";',
      'import { drizzle } from "drizzle-orm-v1/node-postgres";',
      'import { boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm-v1/pg-core";',
      lines(size.models, (at) => `export const m${at} = pgTable("m${at}", { ${drizzleColumns} });`),
      `export const relations = defineRelations({ ${list(size.models, (at) => `m${at}`)} }, (r) => ({ ${list(
        size.models,
        (at) => {
          const before = (at + size.models - 1) % size.models;
          const after = (at + 1) % size.models;
          return `m${at}: { parent: r.one.m${before}({ from: r.m${at}.parentId, to: r.m${before}.id }), children: r.many.m${after}({ from: r.m${at}.id, to: r.m${after}.parentId }) }`;
        },
      )} }));`,
      'const db = drizzle("", { relations });',
      queries(
        size,
        ({ at, own, child }) =>
          `db.query.m${at}.findMany({ columns: { id: true, t1: true, ${own}: true }, where: { t1: "x", i1: { gt: 3 } }, with: { parent: true, children: { columns: { id: true, ${child}: true }, with: { children: true } } }, limit: 5 })`,
      ),
      `${mistake}export const mistake = () => db.query.m0.findMany({ where: { nope: 1 } });\n`,
    ].join("\n"),
};

const kysely: PeerProject = {
  text: (size) =>
    [
      'import type { Generated, Kysely } from "kysely";',
      'import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";',
      lines(
        size.models,
        (at) =>
          `export interface T${at} { id: Generated<number>, ${columns("string", "number | null", "Generated<boolean>", "Generated<Date>", "{ a: string } | null")}, parentId: number | null }`,
      ),
      `export interface DB { ${list(size.models, (at) => `m${at}: T${at}`)} }`,
      "declare const db: Kysely<DB>;",
      queries(size, ({ at, before, after, second, own, child }) => {
        const pick = (table: string, name: string) => `"${table}.${name}"`;
        const distinct = [...new Set(["id", "t1", own])].map((name) => pick(`m${at}`, name)).join(", ");
        const parent = `jsonObjectFrom(by.selectFrom("m${before} as p").selectAll("p").whereRef("p.id", "=", "m${at}.parentId")).as("parent")`;
        const grandchildren = `jsonArrayFrom(of.selectFrom("m${second} as g").selectAll("g").whereRef("g.parentId", "=", "c.id")).as("children")`;
        const children = `jsonArrayFrom(by.selectFrom("m${after} as c").select(["c.id", "c.${child}"]).select((of) => ${grandchildren}).whereRef("c.parentId", "=", "m${at}.id")).as("children")`;
        return `db.selectFrom("m${at}").select([${distinct}]).where("m${at}.t1", "=", "x").where("m${at}.i1", ">", 3).select((by) => [${parent}, ${children}]).limit(5).execute()`;
      }),
      `${mistake}export const mistake = () => db.selectFrom("m0").where("nope", "=", 1);\n`,
    ].join("\n"),
};

const mikroOrm: PeerProject = {
  text: (size) =>
    [
      'import { defineEntity, p } from "@mikro-orm/core";',
      'import type { EntityManager } from "@mikro-orm/postgresql";',
      lines(
        size.models,
        (at) =>
          `export const M${at} = defineEntity({ name: "M${at}", properties: { id: p.integer().primary(), ${columns("p.text()", "p.integer().nullable()", "p.boolean().default(false)", "p.datetime().onCreate(() => new Date())", "p.json<{ a: string }>().nullable()")}, parent: () => p.manyToOne(M${(at + size.models - 1) % size.models}).nullable(), children: () => p.oneToMany(M${(at + 1) % size.models}).mappedBy("parent") } });`,
      ),
      "declare const em: EntityManager;",
      queries(
        size,
        ({ at, own, child }) =>
          `em.find(M${at}, { t1: "x", i1: { $gt: 3 } }, { fields: ["id", "t1", "${own}", "parent.*", "children.id", "children.${child}", "children.children.*"], limit: 5 })`,
      ),
      `${mistake}export const mistake = () => em.find(M0, { nope: 1 });\n`,
    ].join("\n"),
};

const prisma: PeerProject = {
  text: (size) =>
    [
      'import { PrismaClient } from "./client/index.js";',
      "declare const db: PrismaClient;",
      queries(
        size,
        ({ at, own, child }) =>
          `db.m${at}.findMany({ where: { t1: "x", i1: { gt: 3 } }, select: { id: true, t1: true, ${own}: true, parent: true, children: { select: { id: true, ${child}: true, children: true } } }, take: 5 })`,
      ),
      `${mistake}export const mistake = () => db.m0.findMany({ where: { nope: 1 } });\n`,
    ].join("\n"),
  prismaSchema: (models, output) =>
    [
      `generator client {\n  provider = "prisma-client-js"\n  output = ${JSON.stringify(output)}\n}`,
      `datasource db {\n  provider = "postgresql"\n}`,
      lines(models, (at) => {
        const before = (at + models - 1) % models;
        const after = (at + 1) % models;
        const own = [
          "id Int @id @default(autoincrement())",
          ...texts.map((name) => `${name} String`),
          ...integers.map((name) => `${name} Int?`),
          ...flags.map((name) => `${name} Boolean @default(false)`),
          ...instants.map((name) => `${name} DateTime @default(now())`),
          "j Json?",
          "parentId Int?",
          `parent m${before}? @relation("r${at}", fields: [parentId], references: [id])`,
          `children m${after}[] @relation("r${after}")`,
        ];
        return `model m${at} {\n  ${own.join("\n  ")}\n}`;
      }),
    ].join("\n\n"),
};

export const peerProjects: Readonly<Record<string, PeerProject>> = {
  drizzle,
  "drizzle-v1": drizzleV1,
  prisma,
  "mikro-orm": mikroOrm,
  kysely,
};
