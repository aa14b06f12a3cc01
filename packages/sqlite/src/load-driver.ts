import { createRequire } from "node:module";
import { ConnectionError } from "@mortise/core/adapter";
import type BetterSqlite3 from "better-sqlite3";

type DriverConstructor = typeof BetterSqlite3;

const oldestNode = [22, 18] as const;

/**
 * Loads better-sqlite3. On a Node that is too old its native part would end the process, so that the version is looked at first.
 */
export function loadDriver(nodeVersion: string = process.versions.node): DriverConstructor {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new ConnectionError(
      `@mortise/sqlite needs Node.js ${oldestNode.join(".")} or newer, and this is ${nodeVersion}. Please update Node.js.`,
    );
  }
  try {
    return requireDriver(createRequire(import.meta.url)("better-sqlite3"));
  } catch (cause) {
    throw new ConnectionError(
      "The driver better-sqlite3 cannot be loaded. It comes with @mortise/sqlite: install the packages again on this machine.",
      { cause },
    );
  }
}

/** `require` says nothing of what it loads; this is the one place that knows it is the driver. */
function requireDriver(loaded: unknown): DriverConstructor {
  if (typeof loaded !== "function") throw new TypeError("better-sqlite3 exports no constructor.");
  return loaded as DriverConstructor;
}
