import { createDatabase, createSchema } from "@mortise/core";
import { MigrationError, UnsupportedError, type Adapter } from "@mortise/core/adapter";
import type { SchemaAdapter, SchemaState, TableState, UnmanagedState } from "@mortise/core/state";
import { isJournal } from "../diff/diff-states.ts";
import { withTools } from "../tools.ts";
import { modelSource } from "./model-code.ts";
import { nameModels } from "./name-models.ts";
import type { Naming } from "./pulled.ts";
import { relateModels, type RelatedModels } from "./relate-models.ts";
import { sayTables, type SeenDatabase } from "./say-tables.ts";
import { schemaSource } from "./schema-code.ts";
import { withTableCollation } from "./table-collation.ts";
import { writeFiles, type SourceText } from "./write-files.ts";

export interface PullOptions {
  /** The folder for the files; it is made when it is not there. */
  readonly out: string;
  /** Only these tables, by their names in the database. */
  readonly tables?: readonly string[];
  /** Schemas on PostgreSQL beside the connection's own. */
  readonly namespaces?: readonly string[];
  /** `"camel"` (the default) makes `userId` of `user_id`; `"keep"` names properties as the database names columns. */
  readonly naming?: Naming;
  /** Replace files that are there with another content. */
  readonly overwrite?: boolean;
}

/** Something of the database that the pulled models do not say. It stays as it is: nothing that Mortise does touches it. */
export interface UnsaidObject {
  readonly kind: string;
  /** `undefined` for what stands beside the tables. */
  readonly table: string | undefined;
  readonly name: string;
}

/** What `pull` wrote. */
export interface PullResult {
  /** The paths of the files. */
  readonly files: readonly string[];
  /** The models by table. */
  readonly models: readonly { readonly name: string; readonly table: string; readonly file: string }[];
  /** Views, triggers and the like: seen, and left out of the models. */
  readonly unmanaged: readonly UnsaidObject[];
}

/**
 * Writes models for the tables of a database: a file for each, and `schema.ts` with the relations that the foreign keys tell of.
 *
 * `await pull(sqlite({ filename: "blog.db" }), { out: "src/models" })`
 *
 * Takes an adapter, or a database handle. Reads only. Afterwards `diff` of the database with the written schema is empty. What models have no word
 * for is listed as `unmanaged`. See `push` and `generate` for the way back.
 */
export async function pull(database: object, options: PullOptions): Promise<PullResult> {
  checkOptions(options);
  if (!isAdapter(database)) return withTools(database, (schema) => pullFrom(schema, options));
  const db = createDatabase(createSchema({}), database);
  try {
    return await withTools(db, (schema) => pullFrom(schema, options));
  } finally {
    await db.close();
  }
}

async function pullFrom(schema: SchemaAdapter, options: PullOptions): Promise<PullResult> {
  const { out, naming = "camel", overwrite = false } = options;
  const seen = await seenBy(schema, options);
  const related = await modelsOf(schema, seen, naming);
  const sources = sourcesOf(related);
  const files = await writeFiles(out, sources, overwrite);
  return {
    files,
    models: related.models.map(({ name, table, file }) => ({ name, table: table.name, file: `${file}.ts` })),
    unmanaged: unmanagedOf(seen.normal, related),
  };
}

/** The tables that are wanted. */
async function seenBy(schema: SchemaAdapter, options: PullOptions): Promise<SeenDatabase> {
  const state = await schema.inspect({ namespaces: options.namespaces ?? [] });
  const inspected = { ...state, tables: wantedTables(state, options, schema.foldName) };
  return { inspected, normal: await schema.normalise(inspected) };
}

function wantedTables(
  state: SchemaState,
  { tables }: PullOptions,
  fold: SchemaAdapter["foldName"],
): readonly TableState[] {
  const known = state.tables.filter((table) => !isJournal(table));
  if (tables === undefined) return known;
  const missing = tables.find((name) => !known.some((table) => fold(table.name) === fold(name)));
  if (missing !== undefined) {
    throw new MigrationError(
      `The database has no table "${missing}" to pull. It has: ${known.map(({ name }) => name).join(", ")}.`,
    );
  }
  const wanted = new Set(tables.map(fold));
  return known.filter(({ name }) => wanted.has(fold(name)));
}

async function modelsOf(schema: SchemaAdapter, seen: SeenDatabase, naming: Naming): Promise<RelatedModels> {
  const { typesOf } = schema;
  if (typesOf === undefined) {
    throw new UnsupportedError({
      capability: "Writing models from a database",
      adapter: schema.name,
      alternative: "Write the models by hand.",
    });
  }
  const said = await sayTables(schema, typesOf, seen);
  return relateModels(nameModels(await withTableCollation(schema, seen.normal, said), naming));
}

function sourcesOf(related: RelatedModels): readonly SourceText[] {
  return [
    ...related.models.map((model) => ({ name: `${model.file}.ts`, text: modelSource(model) })),
    { name: "schema.ts", text: schemaSource(related) },
  ];
}

function unmanagedOf(state: SchemaState, { unsaid }: RelatedModels): readonly UnsaidObject[] {
  const inside = (table: TableState): readonly UnsaidObject[] => table.unmanaged.map(named(table.name));
  return [
    ...state.unmanaged.map(named(undefined)),
    ...state.tables.flatMap(inside),
    ...unsaid.map(({ model, key }) => ({
      kind: "foreign key to another namespace",
      table: model.table.name,
      name: key.name ?? key.columns.join(", "),
    })),
  ];
}

function named(table: string | undefined): (object: UnmanagedState) => UnsaidObject {
  return ({ kind, name }) => ({ kind, table, name });
}

function checkOptions(options: PullOptions): void {
  const known = ["out", "tables", "namespaces", "naming", "overwrite"];
  const stray = Object.keys(options).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw new MigrationError(`pull does not take the option "${stray}". It takes: ${known.join(", ")}.`);
  if (typeof options.out !== "string" || options.out === "")
    throw new MigrationError('pull needs the folder to write to: pull(db, { out: "src/models" }).');
  const { naming = "camel" } = options;
  if (naming === "camel" || naming === "keep") return;
  throw new MigrationError(`The option naming of pull is "camel" or "keep".`);
}

function isAdapter(database: object): database is Adapter {
  return "compile" in database && "connect" in database;
}
