import { chmodSync, chownSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Database servers refuse to run as root, which therefore starts them as nobody. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** As whom a server's programs run. */
export const identity: { readonly uid?: number; readonly gid?: number } = isRoot ? { uid: nobody, gid: nobody } : {};

/** An empty folder that the server may write to. */
export function serverFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `mortise-${name}-`));
  if (isRoot) {
    chmodSync(folder, 0o755);
    chownSync(folder, nobody, nobody);
  }
  return folder;
}

/** What ends a server and removes its folder: after the tests, or with the process when they are broken off. */
export function endOf(folder: string, stop: () => void): () => void {
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  process.once("exit", end);
  return end;
}

/** One visible line where an engine's tests are skipped; an error where every database is required. */
export function skipped(said: string): undefined {
  if (process.env["REQUIRE_ALL_DATABASES"] === "1") throw new Error(said);
  console.warn(`${said} Its tests are skipped.`);
  return undefined;
}

export function freePort(): Promise<number> {
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
