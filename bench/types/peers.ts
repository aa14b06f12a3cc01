/**
 * What types cost in other libraries: `pnpm bench types [--models 10,100] [--queries 200] [--only mortise,kysely]`, with TypeScript 7 and 5.9.
 *
 * Mortise is compiled against its built declarations, as an application does. A library whose project does not compile is measured with its
 * errors counted.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generatePrisma } from "../footprint/prepare.ts";
import { packMortise } from "../footprint/packed.ts";
import { aligned } from "../run/table.ts";
import { arePeersInstalled } from "../subjects/names.ts";
import { generateProject, type Size } from "./generate.ts";
import { diagnosticsOf } from "./measure.ts";
import { peerProjects } from "./peer-projects.ts";

if (!arePeersInstalled()) throw new TypeError("The other libraries are not installed: pnpm --dir bench/peers install");

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    models: { type: "string", default: "10,50,100,300,500" },
    queries: { type: "string", default: "200" },
    only: { type: "string", default: ["mortise", ...Object.keys(peerProjects)].join(",") },
  },
});
const peers = fileURLToPath(new URL("../peers", import.meta.url));
const compilers = {
  "7": [
    join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc"),
    "--singleThreaded",
  ],
  "5.9": [join(peers, "node_modules/typescript-5.9/bin/tsc")],
} as const;
const options = {
  target: "es2023",
  lib: ["es2024"],
  module: "nodenext",
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

const rows = values.only.split(",").flatMap((library) =>
  values.models.split(",").flatMap((models) => {
    const size = { models: Number(models), queries: Number(values.queries) };
    const folder = writeProject(library, size);
    const measured = Object.keys(compilers).map((version) => rowOf(library, size, folder, version));
    rmSync(folder, { recursive: true });
    return measured;
  }),
);
console.log(
  aligned([["library", "TypeScript", "models", "instantiations", "check s", "total s", "MB", "errors"], ...rows]),
);

/** A folder from which the library is found, with the project in it. */
function writeProject(library: string, size: Size): string {
  const project = peerProjects[library];
  const folder = join(project === undefined ? packMortise() : join(peers, "generated"), `types-${library}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["project.ts"] }));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "project.ts"), project === undefined ? generateProject(size) : project.text(size));
  if (project?.prismaSchema !== undefined) {
    const schema = join(folder, "schema.prisma");
    writeFileSync(schema, project.prismaSchema(size.models, join(folder, "client")));
    generatePrisma(schema);
  }
  return folder;
}

function rowOf(library: string, { models }: Size, folder: string, version: string): readonly string[] {
  const parameters = [
    "--max-old-space-size=8000",
    ...compilers[version as keyof typeof compilers],
    "-p",
    folder,
    "--extendedDiagnostics",
    "--pretty",
    "false",
  ];
  const { stdout } = spawnSync(process.execPath, parameters, { encoding: "utf8", maxBuffer: 2 ** 28 });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  if (errors.length > 0) process.stderr.write(`${library}, ${models} models, TypeScript ${version}: ${errors[0]}\n`);
  const { instantiations, seconds, total, megabytes } = diagnosticsOf(stdout);
  const figures = [String(instantiations), seconds.toFixed(2), total.toFixed(2), String(megabytes)];
  return [library, version, String(models), ...figures, String(errors.length)];
}
