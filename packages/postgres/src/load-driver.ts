import { ConnectionError } from "@mortise/core/adapter";
import type { Client, Connection } from "pg";

/** What we use of the module pg. */
export interface PgDriver {
  readonly Client: typeof Client;
  readonly Connection: typeof Connection;
}

/** Loads pg at the first connection, so that an application that never connects does not. */
export async function loadDriver(): Promise<PgDriver> {
  try {
    return await import("pg");
  } catch (cause) {
    throw new ConnectionError(
      "The driver pg cannot be loaded. It comes with @mortise/postgres: install the packages again on this machine.",
      { cause },
    );
  }
}
