import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Below `node_modules`, so that git ignores it. */
export const packedFolder: string = join(root, "node_modules/.cache/mortise-bench");

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly exports?: unknown };
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/**
 * Mortise as it is published, in a folder of its own: the built files under the names that the tarballs give them, and the dependencies
 * beside them. `pnpm build` goes before.
 */
export function packMortise(): string {
  rmSync(packedFolder, { recursive: true, force: true });
  for (const name of ["core", "sqlite"]) packOne(name);
  return packedFolder;
}

function packOne(name: string): void {
  const source = join(root, "packages", name);
  const target = join(packedFolder, "node_modules/@mortise", name);
  if (!existsSync(join(source, "dist"))) throw new TypeError(`packages/${name} is not built: pnpm build`);
  mkdirSync(target, { recursive: true });
  cpSync(join(source, "dist"), join(target, "dist"), { recursive: true });
  const manifest = manifestOf(source);
  writeFileSync(
    join(target, "package.json"),
    JSON.stringify({ ...manifest, exports: manifest.publishConfig?.exports }, null, 2),
  );
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const link = join(packedFolder, "node_modules", dependency);
    if (existsSync(link)) continue;
    const at = join(source, "node_modules", dependency);
    if (dependency.startsWith("@mortise/")) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(at), link);
  }
}
