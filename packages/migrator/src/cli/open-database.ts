import { createDatabase, createSchema } from "@mortise/core";
import {
  adapterOf,
  chooseConnection,
  migrationsOf,
  schemaOfConnection,
  type ChosenConnection,
} from "../config/connection.ts";
import { configError } from "../config/config-error.ts";
import { loadConfig, type LoadedConfig } from "../config/load-config.ts";
import type { MigrationsOptions } from "../files/migrate.ts";
import type { Given } from "./command.ts";
import { withoutSecrets } from "./report-error.ts";
import type { Terminal } from "./terminal.ts";

/** The database of a command, with what the configuration says of it. */
export interface OpenDatabase {
  readonly db: object;
  readonly loaded: LoadedConfig;
  readonly connection: ChosenConnection;
  readonly migrations: MigrationsOptions;
  /** For what is worth a thought and no failure. */
  readonly warn: (text: string) => void;
}

/** Runs a body with the database that the command line and the configuration name, and closes it. */
export async function withDatabase<T>(
  given: Given,
  terminal: Terminal,
  needs: "schema" | "database",
  body: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  const loaded = await loadConfig(terminal.cwd, given.text("config"));
  terminal.enter(loaded.folder);
  const { config, file } = loaded;
  const connection = chooseConnection(loaded, given.text("connection"));
  const schema = await schemaOfConnection(connection, loaded);
  if (schema === undefined && needs === "schema") {
    throw configError(`${file} names no schema. Say where it is: schema: "src/schema.ts".`);
  }
  const db = createDatabase(schema ?? createSchema({}), await adapterOf(connection, file));
  const warn = config.log?.warn ?? ((text: string) => terminal.say(`${terminal.colours.warning("warning:")} ${text}`));
  if (config.debug === true || given.flag("debug")) {
    const debug = config.log?.debug ?? ((text: string) => terminal.say(terminal.colours.faint(text)));
    db.on("query", ({ sql }) => debug(withoutSecrets(sql)));
  }
  try {
    return await body({ db, loaded, connection, migrations: migrationsOf(connection, loaded), warn });
  } finally {
    await db.close();
  }
}
