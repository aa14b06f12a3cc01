import type { LoadedConfig } from "../config/load-config.ts";
import { inside } from "../config/inside.ts";
import type { MigrationSettings } from "../config/define-config.ts";

/** The folder that new migrations go into. */
export function newMigrationsFolder({ directory = "migrations" }: MigrationSettings, { folder }: LoadedConfig): string {
  const first = typeof directory === "string" ? directory : (directory[0] ?? "migrations");
  return inside(folder, first);
}
