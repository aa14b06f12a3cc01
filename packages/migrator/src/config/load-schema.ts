import { existsSync } from "node:fs";
import { schemaOf, type AnySchema } from "@mortise/core";
import { configError } from "./config-error.ts";
import { inside } from "./inside.ts";
import type { SchemaSource } from "./define-config.ts";
import { loadFile } from "./load-config.ts";
import { nearest } from "./nearest.ts";

/** The schema that the configuration speaks of. */
export async function loadSchema(source: SchemaSource, folder: string): Promise<AnySchema> {
  if (typeof source === "string") return fromFile(inside(folder, source));
  if (typeof source !== "function") return requireSchema(source, "The schema of the configuration");
  const given = await source();
  return requireSchema(isSchema(given) ? given : exported(given), "What the function of the configuration gives");
}

async function fromFile(file: string): Promise<AnySchema> {
  if (!existsSync(file))
    throw configError(`The schema file ${file} does not exist. The configuration names it as "schema".`);
  const loaded = await loadFile(file);
  const given = exported(loaded);
  if (given !== undefined) return requireSchema(given, `What ${file} exports as "schema"`);
  const names = Object.keys(loaded);
  const near = nearest("schema", names);
  const hint = near === undefined ? "" : ` It exports "${near}".`;
  throw configError(`${file} exports no schema.${hint} It needs: export const schema = createSchema({ … }).`);
}

/** `export const schema`, or the default export. */
function exported(loaded: unknown): unknown {
  if (typeof loaded !== "object" || loaded === null) return undefined;
  if ("schema" in loaded && loaded.schema !== undefined) return loaded.schema;
  return "default" in loaded ? loaded.default : undefined;
}

function requireSchema(given: unknown, what: string): AnySchema {
  if (isSchema(given)) return given;
  const stranger = hasForeignMark(given)
    ? " It was made by another copy of @mortise/core: install one version alone."
    : "";
  throw configError(`${what} is not a schema.${stranger} Make one with createSchema(models, relations).`);
}

function isSchema(given: unknown): given is AnySchema {
  if (typeof given !== "object" || given === null) return false;
  try {
    schemaOf(given);
    return true;
  } catch {
    return false;
  }
}

function hasForeignMark(given: unknown): boolean {
  if (typeof given !== "object" || given === null) return false;
  return Object.getOwnPropertySymbols(given).some(({ description }) => description === "mortise.schema");
}
