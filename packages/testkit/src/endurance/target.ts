import { createDatabase, type Database, type DatabaseOptions, type RegistryIn } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { push } from "@mortise/migrator";
import { Account, Entry, enduranceSchema, Transfer } from "./models.ts";

/** An engine that is going to be worn out. All its adapters open one database. */
export interface EnduranceTarget {
  /** An adapter with a pool of at most so many connections. */
  adapter(max: number): Adapter;
  /** What only a server has. */
  readonly server?: EnduranceServer;
}

/** A server as its administrator sees it, as far as the one database goes. */
export interface EnduranceServer {
  /** Ends all sessions. */
  terminate(): Promise<unknown>;
  /** How many sessions there are. */
  sessions(): Promise<number>;
  /** How many statements run. */
  running(): Promise<number>;
  /** A condition that takes so many seconds for each row. */
  readonly sleeping: (seconds: number) => string;
}

export type EnduranceDatabase = Database<RegistryIn<typeof enduranceSchema>>;

/** A handle with a pool of so many connections, on empty tables. */
export async function openEndurance(
  target: EnduranceTarget,
  max: number,
  options: DatabaseOptions = {},
): Promise<EnduranceDatabase> {
  const db = createDatabase(enduranceSchema, target.adapter(max), options);
  await push(db);
  for (const model of [Account, Transfer, Entry]) await db.from(model).unfiltered().delete();
  return db;
}
