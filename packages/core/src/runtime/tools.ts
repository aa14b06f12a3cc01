import type { Capabilities } from "../adapter/capabilities.ts";
import type { SchemaAdapter } from "../adapter/schema-adapter.ts";
import { SchemaError } from "../errors/errors.ts";
import type { SchemaRegistry } from "../model/relation.ts";
import type { Held } from "./transaction-scope.ts";

/** What tools such as the migrator read of a database handle. */
export interface DatabaseTools {
  readonly registry: SchemaRegistry;
  readonly adapterName: string;
  readonly capabilities: Capabilities;
  /** Loads the migration side of the adapter on this handle's connections. */
  openSchema(): Promise<SchemaAdapter>;
  /**
   * Runs a body whose queries go over the connection that the schema adapter holds around the caller, by the handle that it is given
   * and by the outer one.
   */
  onHeldConnection<T>(held: Held, body: (handle: object) => Promise<T>): Promise<T>;
}

const toolsByHandle = new WeakMap<object, DatabaseTools>();

export function registerTools(handle: object, tools: DatabaseTools): void {
  toolsByHandle.set(handle, tools);
}

/** The tools' side of a database handle made by `createDatabase`. */
export function toolsOf(handle: object): DatabaseTools {
  const tools = toolsByHandle.get(handle);
  if (tools !== undefined) return tools;
  throw new SchemaError("This is not a database handle. Make one with createDatabase(schema, adapter).");
}
