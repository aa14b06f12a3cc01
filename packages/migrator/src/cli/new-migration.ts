import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configError } from "../config/config-error.ts";
import { inside } from "../config/inside.ts";
import type { LoadedConfig } from "../config/load-config.ts";
import type { MigrationSettings } from "../config/define-config.ts";
import { slugOf, stampOf } from "../files/migration-name.ts";
import { newMigrationsFolder } from "./folders.ts";
import { migrationSource, sqlSources, type Intent } from "./migration-intent.ts";
import type { NewFile } from "./new-file.ts";

/** The files of a new migration: a module, a pair of SQL files, or what the configuration's template makes. */
export async function newMigration(
  name: string,
  intent: Intent,
  settings: MigrationSettings,
  loaded: LoadedConfig,
  lines?: readonly string[],
): Promise<readonly NewFile[]> {
  const { extension = "ts", stub } = settings;
  const stem = join(newMigrationsFolder(settings, loaded), `${stampOf(new Date())}_${slugOf(name)}`);
  if (stub !== undefined) {
    return [{ path: `${stem}.${extension}`, text: await fromTemplate(inside(loaded.folder, stub), name, intent) }];
  }
  if (extension !== "sql") return [{ path: `${stem}.${extension}`, text: migrationSource(intent, lines) }];
  const [up, down] = sqlSources(intent);
  return [
    { path: `${stem}.up.sql`, text: up },
    { path: `${stem}.down.sql`, text: down },
  ];
}

async function fromTemplate(path: string, name: string, intent: Intent): Promise<string> {
  if (!existsSync(path))
    throw configError(`The template ${path} does not exist. The configuration names it as "migrations.stub".`);
  const table = intent.kind === "blank" ? "" : intent.table;
  const text = await readFile(path, "utf8");
  return text.replaceAll("{{name}}", () => name).replaceAll("{{table}}", () => table);
}
