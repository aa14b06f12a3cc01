import type { AnySchema } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import type { MigrationsOptions } from "../files/migrate.ts";
import { configError } from "./config-error.ts";
import type {
  AdapterSource,
  ConnectionSettings,
  MigrationSettings,
  MortiseConfig,
  SchemaSource,
} from "./define-config.ts";
import { inside } from "./inside.ts";
import { missingPackage, type LoadedConfig } from "./load-config.ts";
import { loadSchema } from "./load-schema.ts";
import { didYouMean } from "./nearest.ts";

/** A connection as a command uses it: what it says itself, else what is said for all. */
export interface ChosenConnection {
  readonly name: string;
  readonly adapter: AdapterSource;
  readonly schema: SchemaSource | undefined;
  readonly migrations: MigrationSettings;
}

/** The connection that a command names, the default one, or the only one there is. */
export function chooseConnection({ config, file }: LoadedConfig, asked: string | undefined): ChosenConnection {
  const names = Object.keys(config.connections);
  const name = asked ?? config.default ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    throw configError(
      `${file} has several connections and no default. Say --connection with one of: ${names.join(", ")}.`,
    );
  }
  const connection = Object.hasOwn(config.connections, name) ? config.connections[name] : undefined;
  if (connection === undefined) {
    throw configError(`${file} has no connection "${name}".${didYouMean(name, names)}`);
  }
  const own = isSettings(connection) ? connection : { adapter: connection };
  return {
    name,
    adapter: own.adapter,
    schema: own.schema ?? config.schema,
    migrations: { ...config.migrations, ...own.migrations },
  };
}

function isSettings(connection: MortiseConfig["connections"][string]): connection is ConnectionSettings {
  return typeof connection === "object" && "adapter" in connection;
}

/** The adapter of a connection. A function is called now, and its errors name the connection. */
export async function adapterOf({ name, adapter }: ChosenConnection, file: string): Promise<Adapter> {
  if (typeof adapter !== "function") return adapter;
  try {
    return await adapter();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw (
      missingPackage(error, file) ?? configError(`The connection "${name}" of ${file} cannot be made. ${said}`, error)
    );
  }
}

/** The schema of a connection; nothing where none is said. */
export async function schemaOfConnection(
  { schema }: ChosenConnection,
  { folder }: LoadedConfig,
): Promise<AnySchema | undefined> {
  return schema === undefined ? undefined : loadSchema(schema, folder);
}

/** Where the migrations of a connection lie, as the library takes it. */
export function migrationsOf({ migrations }: ChosenConnection, { folder }: LoadedConfig): MigrationsOptions {
  const {
    directory = "migrations",
    tableName,
    schemaName,
    loadExtensions,
    sortDirsSeparately,
    lockTimeout,
  } = migrations;
  const directories =
    typeof directory === "string" ? inside(folder, directory) : directory.map((one) => inside(folder, one));
  return { directory: directories, tableName, schemaName, loadExtensions, sortDirsSeparately, lockTimeout };
}
