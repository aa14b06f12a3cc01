import type { AnySchema } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";

/** A schema, the path of the file that exports one as `schema`, or a function that imports that file. */
export type SchemaSource = AnySchema | string | (() => unknown);

/** An adapter, or a function that gives one, which is called for the connection that a command uses and for no other. */
export type AdapterSource = Adapter | (() => Adapter | Promise<Adapter>);

/** Where migrations lie, and how new ones look. */
export interface MigrationSettings {
  /** The folder, or several, of which new migrations go into the first; `migrations` unless said. */
  readonly directory?: string | readonly string[];
  /** The table that remembers which are made; `mortise_migrations` unless said. */
  readonly tableName?: string;
  /** The namespace of that table: a schema of PostgreSQL, a database of MySQL. The connection's own unless said. */
  readonly schemaName?: string;
  /** What new migrations are: `"ts"` (unless said), `"js"`, or `"sql"` pairs. */
  readonly extension?: MigrationExtension;
  /** The endings of files that count: `[".ts", ".sql"]`. All that can be loaded unless said. */
  readonly loadExtensions?: readonly string[];
  /** Makes all of one folder before the next one, instead of one order by name. */
  readonly sortDirsSeparately?: boolean;
  /** The path of a template for `make:migration`, in which `{{name}}` and `{{table}}` are filled in. */
  readonly stub?: string;
  /** How long, in milliseconds, a run waits for another migrator, and for each lock on a table. */
  readonly lockTimeout?: number;
  /** Makes changes in forms that let others read and write meanwhile, and writes new migrations so. */
  readonly online?: boolean;
}

export type MigrationExtension = "ts" | "js" | "sql";

/** Where files of one kind lie, and whether new ones are TypeScript. */
export interface FolderSettings {
  readonly directory?: string;
  readonly extension?: "ts" | "js";
}

/** A connection with settings of its own, which win over the common ones. */
export interface ConnectionSettings {
  readonly adapter: AdapterSource;
  readonly schema?: SchemaSource;
  readonly migrations?: MigrationSettings;
}

/** Who is told what: the standard error stream unless said. */
export interface LogSettings {
  readonly debug?: (message: string) => void;
  readonly warn?: (message: string) => void;
  readonly error?: (message: string) => void;
  /** Told when something that will go away is used. */
  readonly deprecate?: (message: string) => void;
}

/** What `mortise.config.ts` says. Paths begin at its folder. */
export interface MortiseConfig {
  readonly schema?: SchemaSource;
  /** The connection of commands that name none. */
  readonly default?: string;
  readonly connections: Readonly<Record<string, AdapterSource | ConnectionSettings>>;
  readonly migrations?: MigrationSettings;
  readonly models?: FolderSettings;
  /** Where seeders and factories lie, for the packages that run them. */
  readonly seeds?: FolderSettings;
  readonly factories?: FolderSettings;
  readonly log?: LogSettings;
  /** Tells every statement, and the stack of errors, as `--debug` does. */
  readonly debug?: boolean;
}

/**
 * The configuration of the `mortise` command, as the default export of `mortise.config.ts`, `.js` or `.mjs`.
 *
 * `export default defineConfig({ schema: "src/schema.ts", connections: { main: sqlite({ filename: "app.db" }) } })`
 *
 * Nothing connects here. A single connection is the default one; among several, `default` or `--connection` says which. A key that is not
 * known is an error that names the nearest one, when a command reads the file.
 */
export function defineConfig(config: MortiseConfig): MortiseConfig {
  return Object.freeze({ ...config });
}
