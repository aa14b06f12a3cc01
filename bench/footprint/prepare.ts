import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { arePeersInstalled } from "../subjects/names.ts";
import { packMortise, packedFolder } from "./packed.ts";
import { prismaSchema, programs, tablesSql } from "./programs.ts";

const peers = fileURLToPath(new URL("../peers", import.meta.url));
const ours = ["node", "raw", "mortise"];

/** A program that stands where its library is found. */
export interface Prepared {
  readonly name: string;
  readonly library: string | undefined;
  readonly folder: string;
  readonly path: string;
}

/** Writes the programs of so many models, and the database that they open. */
export function preparePrograms(models: number, names: readonly string[] | undefined): readonly Prepared[] {
  packMortise();
  const file = join(packedFolder, `start-${models}.db`);
  const database = new Database(file);
  database.exec(tablesSql(models));
  database.close();
  const able = Object.keys(programs).filter((name) => ours.includes(name) || arePeersInstalled());
  return able.filter((name) => names?.includes(name) ?? true).map((name) => prepare(name, models, file));
}

function prepare(name: string, models: number, file: string): Prepared {
  const { library, text } = programs[name]!;
  const folder = ours.includes(name) ? packedFolder : join(peers, "generated/footprint");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${models}.mjs`);
  writeFileSync(path, text(models, file));
  if (name === "prisma") {
    const schema = join(folder, `prisma-${models}.prisma`);
    writeFileSync(schema, prismaSchema(models, join(folder, `prisma-${models}`)));
    generatePrisma(schema);
  }
  return { name, library, folder, path };
}

/** Generates the client that a schema says. */
export function generatePrisma(schema: string): void {
  const command = join(peers, "node_modules/prisma/build/index.js");
  const { status, stderr } = spawnSync(process.execPath, [command, "generate", "--schema", schema], {
    cwd: peers,
    encoding: "utf8",
    // Only migrations need its engine, which it would download.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
  });
  if (status !== 0) throw new Error(`Prisma did not generate its client:\n${stderr}`);
}
