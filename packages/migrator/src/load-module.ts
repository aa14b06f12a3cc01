import { existsSync, readFileSync } from "node:fs";
import { createRequire, registerHooks, type LoadHookSync, type ResolveHookSync } from "node:module";
import { resolve as absolute } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Amaro from "amaro";
import { MigrationError } from "@mortise/core/adapter";

/** What a module exports. */
export type LoadedModule = Readonly<Record<string, unknown>>;

/**
 * Loads a TypeScript or JavaScript file of the application as it lies there, without a build step.
 *
 * `const { default: config } = await loadModule("mortise.config.ts")`
 *
 * Node takes the types away. Beyond what Node does, an import may leave out the extension or say `.js` for a `.ts` file, and enums and
 * parameter properties are translated. Nothing is type-checked. A file is loaded once for each `version`: give a checksum where it
 * may have changed since. What goes wrong is a `MigrationError` that names the file.
 */
export async function loadModule(path: string, version?: string): Promise<LoadedModule> {
  installHooks();
  const url = pathToFileURL(absolute(path));
  if (version !== undefined) url.searchParams.set("version", version);
  try {
    return exportsOf(await import(url.href));
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`The file ${JSON.stringify(path)} cannot be loaded. ${said}`, { cause });
  }
}

/** A CommonJS file that another tool compiled has its default export one level down. */
function exportsOf(loaded: unknown): LoadedModule {
  if (!isModule(loaded)) return {};
  const inner = loaded["default"];
  return isModule(inner) && inner["__esModule"] === true ? inner : loaded;
}

function isModule(value: unknown): value is LoadedModule {
  return typeof value === "object" && value !== null;
}

let isInstalled = false;

/** Once for the process: what Node finds and reads by itself stays as it is. */
function installHooks(): void {
  if (isInstalled) return;
  if (typeof registerHooks !== "function") {
    throw new MigrationError(
      `Node.js ${process.versions.node} does not load TypeScript. Use Node.js 22.18 or a newer one.`,
    );
  }
  registerHooks({ resolve: resolveLoosely, load: loadTypeScript });
  isInstalled = true;
}

/** Looks once more for what was not found: with another extension, and for Mortise beside the migrator that runs. */
const resolveLoosely: ResolveHookSync = (specifier, context, next) => {
  try {
    return next(specifier, context);
  } catch (error) {
    if (specifier === "@mortise/migrator") return next(specifier, { ...context, parentURL: import.meta.url });
    const found = context.parentURL?.startsWith("file:") === true ? besides(specifier, context.parentURL) : undefined;
    if (found === undefined) throw error;
    return next(found, context);
  }
};

function besides(specifier: string, parent: string): string | undefined {
  if (!/^\.{1,2}\//.test(specifier)) return undefined;
  const written = specifier.replace(/\.([cm]?)js$/, ".$1ts");
  const endings = ["", ".ts", ".js", ".mts", ".mjs", "/index.ts", "/index.js"];
  const wanted = endings.map((ending) => new URL(written + ending, parent));
  return wanted.find((url) => /\.[cm]?[jt]s$/.test(url.pathname) && existsSync(fileURLToPath(url)))?.href;
}

/** Node only blanks types out; syntax that makes code, such as an enum, is translated here. A `.ts` file is a module everywhere. */
const loadTypeScript: LoadHookSync = (url, context, next) => {
  const { protocol, pathname } = new URL(url);
  const extension = /\.[cm]?ts$/.exec(pathname)?.[0];
  if (protocol !== "file:" || extension === undefined || pathname.includes("/node_modules/")) return next(url, context);
  const source = javaScriptOf(readFileSync(fileURLToPath(url), "utf8"));
  if (source === undefined) return next(url, context);
  return { format: extension === ".cts" ? "commonjs" : "module", source, shortCircuit: true };
};

/** Loaded when the first file needs it. */
const require: NodeJS.Require = createRequire(import.meta.url);

/** Nothing where the text is no TypeScript: Node then says where the fault is. */
function javaScriptOf(text: string): string | undefined {
  const { transformSync }: typeof Amaro = require("amaro");
  for (const mode of ["strip-only", "transform"] as const) {
    try {
      return transformSync(text, { mode }).code;
    } catch {
      continue;
    }
  }
  return undefined;
}
