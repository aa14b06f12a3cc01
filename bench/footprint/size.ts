/**
 * What a library weighs: installed packages and bytes without the driver, and a bundle of a program with one model, minified and packed:
 * `pnpm bench size`. The bundler comes with the peers.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { arePeersInstalled } from "../subjects/names.ts";
import { aligned } from "../run/table.ts";
import { closureOf, drivers } from "./closure.ts";
import { packedFolder } from "./packed.ts";
import { preparePrograms, type Prepared } from "./prepare.ts";

if (!arePeersInstalled()) throw new TypeError("The bundler comes with the peers: pnpm --dir bench/peers install");

/** As much of the bundler as is used here; its types are installed with it, which is not always. */
interface Bundler {
  readonly buildSync: (options: object) => Bundle;
}

interface Bundle {
  readonly outputFiles: readonly { readonly path: string; readonly contents: Uint8Array }[];
  readonly metafile: { readonly outputs: Readonly<Record<string, Output>> };
}

interface Output {
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

const bundler: Bundler = createRequire(fileURLToPath(new URL("../peers/package.json", import.meta.url)))("esbuild");

/** What is installed besides the library to use it on SQLite. */
const companions: Readonly<Record<string, readonly string[]>> = { prisma: ["@prisma/adapter-better-sqlite3"] };

const programs = preparePrograms(1, undefined).filter(({ library }) => library !== undefined);
/** What of core is bundled alone. */
const parts = {
  "@mortise/core alone, everything": "*",
  "@mortise/core alone, as an application": "{ col, createDatabase, createSchema, defineModel, defineRelations }",
  "@mortise/core alone, definitions only": "{ col, createSchema, defineModel, defineRelations }",
} as const;

console.log(
  aligned([
    ["library", "packages", "installed MB", "bundle KB", "gzip KB", "at start KB", "gzip KB"],
    ...programs.map(rowOf),
    ...Object.entries(parts).map(([title, exported]) => [title, "", "", ...bundleOf(writePart(exported))]),
  ]),
);

function rowOf(program: Prepared): readonly string[] {
  const { name, library = "", folder, path } = program;
  const { packages, bytes } = closureOf([library, ...(companions[name] ?? [])], folder);
  return [name, String(packages), (bytes / 1e6).toFixed(1), ...bundleOf(path)];
}

function writePart(exported: string): string {
  const path = join(packedFolder, "core.mjs");
  writeFileSync(path, `export ${exported} from "@mortise/core";\n`);
  return path;
}

/** Everything that the program may load, and of that what it loads when it starts. */
function bundleOf(path: string): readonly string[] {
  const bundle = bundler.buildSync({
    entryPoints: [path],
    absWorkingDir: packedFolder,
    outdir: packedFolder,
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    external: [...drivers],
    logLevel: "error",
  });
  const name = relative(packedFolder, path);
  return [...weightOf(reached(bundle, name, "sooner or later")), ...weightOf(reached(bundle, name, "at start"))];
}

/** The files that imports reach from the program; what is imported later is an entry point to the bundler too, even if nothing leads there. */
function reached(
  { outputFiles, metafile: { outputs } }: Bundle,
  program: string,
  when: "at start" | "sooner or later",
): Bundle["outputFiles"] {
  const entry = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === program);
  const open = entry === undefined ? [] : [entry];
  const found = new Set(open);
  for (const path of open) {
    for (const { kind, path: next } of outputs[path]!.imports) {
      if ((when === "at start" && kind === "dynamic-import") || outputs[next] === undefined || found.has(next))
        continue;
      found.add(next);
      open.push(next);
    }
  }
  const paths = new Set([...found].map((path) => join(packedFolder, path)));
  return outputFiles.filter(({ path }) => paths.has(path));
}

function weightOf(files: Bundle["outputFiles"]): readonly [kilobytes: string, gzip: string] {
  const sum = (size: (contents: Uint8Array) => number) => files.reduce((all, { contents }) => all + size(contents), 0);
  return [(sum(({ length }) => length) / 1000).toFixed(0), (sum((text) => gzipSync(text).length) / 1000).toFixed(1)];
}
