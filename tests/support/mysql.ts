import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { endOf, freePort, identity, serverFolder, skipped } from "./local-server.ts";

/**
 * Where the environment names no server, the tests run on the MariaDB of this machine, in a folder of their own and as long as they
 * last. Without one they are skipped with one visible line; where every database is required, they fail.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env["TEST_MYSQL_URL"] !== undefined || process.env["TEST_MARIADB_URL"] !== undefined) return undefined;
  const server = findProgram("mariadbd");
  const installer = findProgram("mariadb-install-db");
  if (server === undefined || installer === undefined) {
    return skipped("No MySQL or MariaDB: set TEST_MYSQL_URL or TEST_MARIADB_URL, or install mariadb-server.");
  }
  try {
    return await startServer(server, installer, await freePort());
  } catch (error) {
    return skipped(`The MariaDB of ${server} does not start (${String(error)}).`);
  }
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function startServer(server: string, installer: string, port: number): Promise<() => void> {
  const folder = serverFolder("mariadb");
  const data = join(folder, "data");
  const rights = join(folder, "rights.sql");
  let running: ChildProcess | undefined;
  const end = endOf(folder, () => void running?.kill("SIGKILL"));
  try {
    const made = spawnSync(installer, ["--no-defaults", `--datadir=${data}`, "--skip-test-db"], {
      ...identity,
      cwd: folder,
    });
    if (made.status !== 0) throw new Error(`${installer}: ${String(made.stderr)}${String(made.error ?? "")}`);
    writeFileSync(rights, "create database test;\ncreate user test identified by 'test';\ngrant all on *.* to test;\n");
    const options = [`--datadir=${data}`, `--port=${port}`, `--socket=${join(folder, "socket")}`];
    const safe = ["--bind-address=127.0.0.1", "--skip-name-resolve", `--init-file=${rights}`];
    const quick = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--skip-log-bin"];
    running = spawn(server, ["--no-defaults", ...options, ...safe, ...quick], {
      ...identity,
      cwd: folder,
      stdio: "ignore",
    });
    await answers(port, running);
  } catch (error) {
    end();
    throw error;
  }
  process.env["TEST_MARIADB_URL"] = `mysql://test:test@127.0.0.1:${port}/test`;
  console.warn(
    `MariaDB of ${server}: refusals and migrations only; the long suites, conformance first of all, need TEST_MARIADB_URL.`,
  );
  return end;
}

async function answers(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`);
    if (await listens(port)) return;
    await setTimeout(100);
  }
  throw new Error("it does not answer");
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("data", () => settle(true));
    socket.once("error", () => settle(false));
    socket.once("close", () => settle(false));
  });
}
