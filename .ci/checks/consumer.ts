import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the program of `.ci/consumer` imports besides Mortise. */
const companions = { kysely: "packages/sqlite/package.json", "@types/node": "package.json" } as const;

/**
 * Installs tarballs as an application does, checks its types with those of all libraries, and runs it.
 *
 * `tarballs` are paths by the names of their packages. Servers named by `TEST_POSTGRES_URL` and its like are asked too.
 */
export function checkConsumer(tarballs: ReadonlyMap<string, string>, folder: string): string[] {
  mkdirSync(folder);
  cpSync(".ci/consumer", folder, { recursive: true });
  const dependencies = {
    ...Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`])),
    ...Object.fromEntries(Object.entries(companions).map(([name, manifest]) => [name, versionIn(manifest, name)])),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies }));
  const steps: readonly (readonly [command: string, ...args: readonly string[]])[] = [
    ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
    ["tsc", "-p", "."],
    ["node", "main.ts"],
    ["node_modules/.bin/mortise", "--help"],
  ];
  for (const [command, ...args] of steps) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) return [`An application with the packed packages fails ${command}:\n${stdout}${stderr}`];
  }
  return [];
}

/** The version that a manifest of the repository asks for. */
function versionIn(path: string, name: string): string {
  const manifest: Readonly<Record<"dependencies" | "devDependencies", Readonly<Record<string, string>> | undefined>> =
    JSON.parse(readFileSync(path, "utf8"));
  const version = manifest.dependencies?.[name] ?? manifest.devDependencies?.[name];
  if (version === undefined) throw new Error(`${path} asks for no ${name}.`);
  return version;
}
