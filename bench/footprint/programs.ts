/** What stands in a program beside the library: so many models in a chain of parents, and the first query. */
export interface ProgramText {
  /** The modules that it imports, of which one is the library. */
  readonly library: string | undefined;
  readonly text: (models: number, file: string) => string;
}

const columns = { texts: ["t1", "t2", "t3", "t4", "t5"], integers: ["i1", "i2", "i3"], flags: ["b1", "b2"] } as const;

/** The tables `m0`, `m1` ... as SQLite has them, with one row each. */
export function tablesSql(models: number): string {
  const { texts, integers, flags } = columns;
  const own = [
    ...texts.map((name) => `${name} text not null`),
    ...[...integers, ...flags].map((name) => `${name} integer`),
  ];
  return lines(models, (at) => {
    const values = ["1", ...texts.map(() => "'first'"), ...integers.map(() => "1"), ...flags.map(() => "1"), "null"];
    return `create table m${at} (id integer primary key, ${own.join(", ")}, parent_id integer); insert into m${at} values (${values.join(", ")});`;
  }).join("\n");
}

function lines(count: number, line: (at: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, at) => line(at));
}

function fields(text: string, integer: string, flag: string): string {
  const { texts, integers, flags } = columns;
  const all = [
    ...texts.map((name) => `${name}: ${text.replaceAll("NAME", name)}`),
    ...integers.map((name) => `${name}: ${integer.replaceAll("NAME", name)}`),
    ...flags.map((name) => `${name}: ${flag.replaceAll("NAME", name)}`),
  ];
  return all.join(", ");
}

/** Ends a program: the row must be there, and the peak of memory is told. */
const end = `if (row?.t1 !== "first") throw new Error("The first query found nothing.");
if (process.send === undefined) process.stdout.write(String(process.resourceUsage().maxRSS));`;

function drizzleText(library: string, relations: (models: number) => string) {
  return (models: number, file: string) =>
    [
      `import Database from "better-sqlite3";`,
      `import { eq, ${library === "drizzle-orm" ? "relations" : "defineRelations"} } from "${library}";`,
      `import { drizzle } from "${library}/better-sqlite3";`,
      `import { integer, sqliteTable, text } from "${library}/sqlite-core";`,
      ...lines(
        models,
        (at) =>
          `const m${at} = sqliteTable("m${at}", { id: integer().primaryKey(), ${fields("text().notNull()", "integer()", `integer({ mode: "boolean" })`)}, parentId: integer("parent_id") });`,
      ),
      relations(models),
      `const row = (await db.select().from(m0).where(eq(m0.id, 1)))[0];`.replace(
        "db",
        `drizzle({ client: new Database(${JSON.stringify(file)}), ...options })`,
      ),
      end,
    ].join("\n");
}

const schemaOf = (models: number) => lines(models, (at) => `m${at}`).join(", ");

/** The same program in each library. */
export const programs: Readonly<Record<string, ProgramText>> = {
  node: { library: undefined, text: () => `const row = { t1: "first" };\n${end}` },
  raw: {
    library: undefined,
    text: (_, file) =>
      [
        `import Database from "better-sqlite3";`,
        `const row = new Database(${JSON.stringify(file)}).prepare("select * from m0 where id = ?").get(1);`,
        end,
      ].join("\n"),
  },
  mortise: {
    library: "@mortise/sqlite",
    text: (models, file) =>
      [
        `import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";`,
        `import { sqlite } from "@mortise/sqlite";`,
        ...lines(
          models,
          (at) =>
            `const M${at} = defineModel("m${at}", { columns: { id: col.increment(), ${fields("col.text({ nullable: false })", "col.integer()", "col.boolean()")}, parentId: col.integer() } });`,
        ),
        ...lines(models, (at) =>
          at === 0
            ? `const R0 = defineRelations(M0, () => ({}));`
            : `const R${at} = defineRelations(M${at}, ({ belongsTo }) => ({ parent: belongsTo(M${at - 1}, { foreignKey: "parentId" }) }));`,
        ),
        `const schema = createSchema({ ${lines(models, (at) => `m${at}: M${at}`).join(", ")} }, { ${lines(models, (at) => `m${at}: R${at}`).join(", ")} });`,
        `const db = createDatabase(schema, sqlite({ filename: ${JSON.stringify(file)} }));`,
        `const row = await db.from(schema.m0).find(1);`,
        end,
      ].join("\n"),
  },
  kysely: {
    library: "kysely",
    text: (_, file) =>
      [
        `import Database from "better-sqlite3";`,
        `import { Kysely, SqliteDialect } from "kysely";`,
        `const db = new Kysely({ dialect: new SqliteDialect({ database: new Database(${JSON.stringify(file)}) }) });`,
        `const row = await db.selectFrom("m0").selectAll().where("id", "=", 1).executeTakeFirst();`,
        end,
      ].join("\n"),
  },
  drizzle: {
    library: "drizzle-orm",
    text: drizzleText("drizzle-orm", (models) =>
      [
        ...lines(models, (at) =>
          at === 0
            ? ""
            : `const r${at} = relations(m${at}, ({ one }) => ({ parent: one(m${at - 1}, { fields: [m${at}.parentId], references: [m${at - 1}.id] }) }));`,
        ),
        `const options = { schema: { ${schemaOf(models)}${lines(models - 1, (at) => `, r${at + 1}`).join("")} } };`,
      ].join("\n"),
    ),
  },
  "drizzle-v1": {
    library: "drizzle-orm-v1",
    text: drizzleText(
      "drizzle-orm-v1",
      (models) =>
        `const options = { relations: defineRelations({ ${schemaOf(models)} }, (r) => ({ ${lines(models - 1, (at) => `m${at + 1}: { parent: r.one.m${at}({ from: r.m${at + 1}.parentId, to: r.m${at}.id }) }`).join(", ")} })) };`,
    ),
  },
  prisma: {
    library: "@prisma/client",
    text: (models, file) =>
      [
        `import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";`,
        `import client from "./prisma-${models}/index.js";`,
        `const db = new client.PrismaClient({ adapter: new PrismaBetterSqlite3({ url: ${JSON.stringify(`file:${file}`)} }) });`,
        `const row = await db.m0.findUnique({ where: { id: 1 } });`,
        end,
        "process.exit();",
      ].join("\n"),
  },
  "mikro-orm": {
    library: "@mikro-orm/sqlite",
    text: (models, file) =>
      [
        `import { MikroORM, defineEntity, p } from "@mikro-orm/sqlite";`,
        ...lines(
          models,
          (at) =>
            `const M${at} = defineEntity({ name: "M${at}", tableName: "m${at}", properties: { id: p.integer().primary(), ${fields("p.text()", "p.integer().nullable()", "p.boolean().nullable()")}${at === 0 ? "" : `, parent: () => p.manyToOne(M${at - 1}).nullable()`} } });`,
        ),
        `const orm = await MikroORM.init({ dbName: ${JSON.stringify(file)}, entities: [${lines(models, (at) => `M${at}`).join(", ")}] });`,
        `const row = await orm.em.fork().findOne(M0, 1);`,
        end,
        "process.exit();",
      ].join("\n"),
  },
  typeorm: {
    library: "typeorm",
    text: (models, file) =>
      [
        `import { DataSource, EntitySchema } from "typeorm";`,
        ...lines(
          models,
          (at) =>
            `const M${at} = new EntitySchema({ name: "m${at}", columns: { id: { type: Number, primary: true }, ${fields(`{ type: "text" }`, `{ type: "int", nullable: true }`, `{ type: "boolean", nullable: true }`)} }${at === 0 ? "" : `, relations: { parent: { type: "many-to-one", target: "m${at - 1}", joinColumn: { name: "parent_id" } } }`} });`,
        ),
        `const source = new DataSource({ type: "better-sqlite3", database: ${JSON.stringify(file)}, entities: [${lines(models, (at) => `M${at}`).join(", ")}] });`,
        `await source.initialize();`,
        `const row = await source.getRepository("m0").findOneBy({ id: 1 });`,
        end,
      ].join("\n"),
  },
};

/** The schema that Prisma generates the client of the program from. */
export function prismaSchema(models: number, output: string): string {
  return [
    `generator client {\n  provider = "prisma-client-js"\n  output = ${JSON.stringify(output)}\n}`,
    `datasource db {\n  provider = "sqlite"\n}`,
    ...lines(models, (at) => {
      const { texts, integers, flags } = columns;
      const own = [
        "id Int @id",
        ...texts.map((name) => `${name} String`),
        ...integers.map((name) => `${name} Int?`),
        ...flags.map((name) => `${name} Boolean?`),
        `parentId Int? @map("parent_id")`,
        ...(at === 0 ? [] : [`parent m${at - 1}? @relation(fields: [parentId], references: [id])`]),
        ...(at === models - 1 ? [] : [`children m${at + 1}[]`]),
      ];
      return `model m${at} {\n  ${own.join("\n  ")}\n}`;
    }),
  ].join("\n\n");
}
