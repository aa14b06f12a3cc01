import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadModule, type LoadedModule } from "../load-module.ts";
import { checkConfig } from "./check-config.ts";
import { configError } from "./config-error.ts";
import type { MortiseConfig } from "./define-config.ts";

/** A configuration with the folder at which its paths begin. */
export interface LoadedConfig {
  readonly config: MortiseConfig;
  /** The path of the file. */
  readonly file: string;
  readonly folder: string;
}

const names = ["mortise.config.ts", "mortise.config.js", "mortise.config.mjs"];

/** Finds the configuration in a folder or above it, or where `given` says, and reads it. A `.env` beside it fills the environment. */
export async function loadConfig(cwd: string, given: string | undefined): Promise<LoadedConfig> {
  const file = given === undefined ? findConfig(cwd) : resolve(cwd, given);
  if (file === undefined) {
    throw configError(`There is no ${names[0]} in ${cwd} or above it. Make one with: mortise setup.`);
  }
  if (!existsSync(file)) throw configError(`There is no configuration at ${file}.`);
  const folder = dirname(file);
  const env = join(folder, ".env");
  if (existsSync(env)) process.loadEnvFile(env);
  const { default: config } = await loadFile(file);
  checkConfig(config, file);
  return { config, file, folder };
}

/** The nearest configuration, so that commands work in every folder of a project. */
export function findConfig(cwd: string): string | undefined {
  const found = names.map((name) => join(cwd, name)).find((path) => existsSync(path));
  if (found !== undefined || dirname(cwd) === cwd) return found;
  return findConfig(dirname(cwd));
}

/** Loads a file of the application; a package that is not installed is named with the line that installs it. */
export async function loadFile(file: string): Promise<LoadedModule> {
  try {
    return await loadModule(file);
  } catch (error) {
    throw missingPackage(error, file) ?? error;
  }
}

/** The error that says which package is not there, when that is what went wrong. */
export function missingPackage(error: unknown, file: string): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const isMissing = "code" in error && (error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND");
  const [, name] = isMissing ? (/Cannot find (?:package|module) '([^'./][^']*)'/.exec(error.message) ?? []) : [];
  if (name === undefined) return missingPackage(error.cause, file);
  return configError(
    `${file} needs the package "${name}", which is not installed. Install it: npm install ${name}`,
    error,
  );
}
