import { createRequire } from "node:module";
import { ConnectionError } from "@mortise/core/adapter";
import type * as Mysql2 from "mysql2";

/** The parts of mysql2 that are used; its own pool and its promises are not. */
export type Driver = Pick<typeof Mysql2, "createConnection">;

const oldest = [3, 24] as const;

/** Loads mysql2, in a version that takes no object for SQL text. */
export function loadDriver(): Driver {
  const require = createRequire(import.meta.url);
  try {
    const { version } = requireVersion(require("mysql2/package.json"));
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
      throw new ConnectionError(`@mortise/mysql needs mysql2 ${oldest.join(".")} or newer, and this is ${version}.`);
    }
    return requireDriver(require("mysql2"));
  } catch (cause) {
    if (cause instanceof ConnectionError) throw cause;
    throw new ConnectionError(
      "The driver mysql2 cannot be loaded. It comes with @mortise/mysql: install the packages again on this machine.",
      { cause },
    );
  }
}

function requireVersion(manifest: unknown): { version: string } {
  const version = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return { version: typeof version === "string" ? version : "" };
}

/** `require` says nothing of what it loads; this is the one place that knows it is the driver. */
function requireDriver(loaded: unknown): Driver {
  if (typeof loaded !== "object" || loaded === null || !("createConnection" in loaded)) {
    throw new TypeError("mysql2 exports no createConnection.");
  }
  return loaded as Driver;
}
