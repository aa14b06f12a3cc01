/**
 * Generates what a peer generates before it can run: Prisma's clients, one for each engine.
 *
 * `pnpm --dir bench/peers install && pnpm --dir bench/peers run setup`
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const prisma = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build/index.js");

for (const engine of ["sqlite", "postgres", "mysql"]) {
  const { status } = spawnSync(process.execPath, [prisma, "generate", "--schema", `prisma/${engine}.prisma`], {
    cwd: folder,
    stdio: "inherit",
    // Only migrations need its engine, which it would download.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
  });
  if (status !== 0) process.exit(status ?? 1);
}
