import type { Adapter } from "../adapter/adapter.ts";
import { shown } from "../errors/shown.ts";
import { SchemaError } from "../errors/errors.ts";
import { schemaOf, type AnySchema, type RegistryIn } from "../model/create-schema.ts";
import type { Database } from "../types/database.ts";
import type { RegistryOn } from "../types/documents.ts";
import { checkSchema } from "./check-schema.ts";
import { DatabaseCore } from "./database-core.ts";
import { DatabaseHandle } from "./database-handle.ts";
import { openDoor } from "./door.ts";
import { holdingHandle, onHeldConnection } from "./held-connection.ts";
import { nPlusOneModes, type NPlusOne } from "./load-guard.ts";
import { rowMethods } from "./load-rows.ts";
import { withRowMethods } from "./row-methods.ts";
import { Session } from "./session.ts";
import { registerTools } from "./tools.ts";

export interface DatabaseOptions {
  /**
   * What the outer handle does inside a transaction's callback: `"join"` (the default) uses the transaction,
   * `"error"` refuses, so that every query names the callback's `tx`.
   */
  readonly ambient?: "join" | "error";
  /** Tells parameters to `on("query")` listeners; off by default, since parameters may be secrets. */
  readonly logParameters?: boolean;
  /** How many query shapes stay planned; 1,000 unless said otherwise. */
  readonly planCacheSize?: number;
  /** How relations are loaded where a query does not say: `"separate"`, `"json"` or `"lookup"`; else as the adapter measured it best. */
  readonly relationStrategy?: "separate" | "json" | "lookup";
  /**
   * What is done about a relation that is loaded row by row, by `$load`, `loadInto` with one row or reads of `db.related`:
   * `"warn"` writes to the console, `"error"` throws an `NPlusOneError` before anything is sent, `"batch"` joins the `$load`s
   * of one tick into one statement. It is row by row from the third row on of a list that was read together, or of one
   * transaction for rows that were read alone; of a list of two rows, from the second. `"off"` unless said otherwise.
   */
  readonly nPlusOne?: NPlusOne;
}

/** What an adapter adds to the handle, with the schema's type filled in. */
type Opened<Door, S> = Omit<Door & { readonly schema: S }, "schema">;
type OpenDatabase<S, Door> = Database<RegistryOn<RegistryIn<S>, Door>, Door> & Door;

/**
 * A database handle: a schema on an adapter. Nothing connects before the first query.
 *
 * `const db = createDatabase(schema, sqlite({ filename: "blog.db" }))`
 *
 * A column type or a name that the engine cannot hold is an `UnsupportedError` here, naming model and column.
 */
export function createDatabase<S extends AnySchema, Compiled, Door extends object>(
  schema: S,
  adapter: Adapter<Compiled, Door>,
  options?: DatabaseOptions,
): OpenDatabase<S, Opened<Door, S>>;
/** An adapter that is chosen while the program runs: what only some engines have is refused when it is called. */
export function createDatabase<S extends AnySchema>(
  schema: S,
  adapter: Adapter<unknown, object>,
  options?: DatabaseOptions,
): Database<RegistryIn<S>>;
export function createDatabase<S extends AnySchema, Compiled, Door extends object>(
  schema: S,
  adapter: Adapter<Compiled, Door>,
  options: DatabaseOptions = {},
): OpenDatabase<S, Opened<Door, S>> {
  const registry = schemaOf(schema);
  const erased = eraseCompiled(adapter);
  checkOptions(options, erased);
  checkSchema(registry, erased);
  const rows = withRowMethods(
    registry,
    rowMethods(() => core),
  );
  const core: DatabaseCore = new DatabaseCore(rows, erased, {
    ambient: options.ambient ?? "join",
    logParameters: options.logParameters ?? false,
    planCacheSize: options.planCacheSize ?? 1000,
    relationStrategy: options.relationStrategy,
    nPlusOne: options.nPlusOne ?? "off",
  });
  const session = new Session(core);
  const handle = new DatabaseHandle(core, session);
  openDoor(handle, core, session);
  registerTools(handle, {
    registry,
    adapterName: erased.name,
    capabilities: erased.capabilities,
    openSchema: async () => {
      await core.ready();
      return erased.openSchema(holdingHandle(core, session));
    },
    onHeldConnection: (held, body) => onHeldConnection(core, held, body),
  });
  return handle as unknown as OpenDatabase<S, Opened<Door, S>>;
}

/** Core hands an adapter only what that adapter compiled, so the type of compiled queries may be forgotten. */
function eraseCompiled(adapter: object): Adapter {
  return adapter as Adapter;
}

function checkOptions(options: DatabaseOptions, { name: adapter, capabilities }: Adapter): void {
  const known = ["ambient", "logParameters", "planCacheSize", "relationStrategy", "nPlusOne"];
  const stray = Object.keys(options).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw new SchemaError(`createDatabase does not take the option "${stray}". It takes: ${known.join(", ")}.`);
  const size = options.planCacheSize ?? 1;
  if (!Number.isSafeInteger(size) || size < 1)
    throw new SchemaError("planCacheSize must be a whole number, 1 or more.");
  if (options.nPlusOne !== undefined && !nPlusOneModes.includes(options.nPlusOne))
    throw new SchemaError(`nPlusOne is one of: ${nPlusOneModes.join(", ")}.`);
  const { relationStrategy: strategy } = options;
  if (strategy === undefined || capabilities.relations.includes(strategy)) return;
  throw new SchemaError(
    `relationStrategy is ${shown(strategy)}, and ${adapter} loads relations by: ${capabilities.relations.join(", ")}.`,
  );
}
