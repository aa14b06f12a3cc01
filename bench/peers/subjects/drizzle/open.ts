import type { Calls } from "../../../workloads/workload.ts";
import { drizzleCalls, type Drizzle } from "./calls.ts";
import { kits } from "./kits.ts";
import { preparedCalls } from "./prepared-calls.ts";
import { relationalQueries, relationalQueriesV1, relationsOf, relationsV1 } from "./relations.ts";
import { tablesOf } from "./tables.ts";

/** The modules of one version for one engine. */
export interface Modules {
  readonly lib: any;
  /** `drizzle-orm/<engine>-core`. */
  readonly core: any;
  /** The function `drizzle` of the driver's module. */
  readonly drizzle: any;
}

export interface Asked {
  readonly engine: "sqlite" | "postgres" | "mysql";
  readonly version: "0.45" | "1.0";
  readonly prepared: boolean;
}

/** Drizzle on a client of a driver. */
export function callsOn(client: unknown, { lib, core, drizzle }: Modules, { engine, version, prepared }: Asked): Calls {
  const tables = tablesOf(kits[engine]!(core));
  const own = { tables, lib, returning: engine !== "mysql", synchronous: engine === "sqlite" };
  const opened: Drizzle =
    version === "0.45" ? open045(client, drizzle, own, engine, prepared) : open10(client, drizzle, own, prepared);
  return prepared ? preparedCalls(opened) : drizzleCalls(opened);
}

type Own = Pick<Drizzle, "tables" | "lib" | "returning" | "synchronous">;

function open045(client: unknown, drizzle: any, own: Own, engine: string, prepared: boolean): Drizzle {
  const schema = { ...own.tables, ...relationsOf(own.lib.relations, own.tables) };
  const db = drizzle({ client, schema, ...(engine === "mysql" && { mode: "default" }) });
  return { ...own, db, relations: relationalQueries(db, own.tables, own.lib, prepared) };
}

function open10(client: unknown, drizzle: any, own: Own, prepared: boolean): Drizzle {
  const db = drizzle({ client, relations: relationsV1(own.lib.defineRelations, own.tables) });
  return { ...own, db, relations: relationalQueriesV1(db, own.lib, prepared) };
}
