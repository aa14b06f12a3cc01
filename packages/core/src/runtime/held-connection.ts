import type { AdapterHandle, Awaitable, Connection } from "../adapter/adapter.ts";
import { TransactionError } from "../errors/errors.ts";
import type { DatabaseCore } from "./database-core.ts";
import { adapterHandle } from "./door.ts";
import { TransactionHandle } from "./queryable-handle.ts";
import { Session } from "./session.ts";
import type { Held } from "./transaction-scope.ts";

/** What a schema adapter may ask of a handle. What runs while it holds a connection uses that one, as it may be the only one. */
export function holdingHandle(core: DatabaseCore, session: Session): AdapterHandle<unknown> {
  const handle = adapterHandle(core, session);
  return {
    models: handle.models,
    withConnection: (body) => handle.withConnection((connection) => holding(core, connection, body)),
  };
}

async function holding<T>(
  core: DatabaseCore,
  connection: Connection<unknown>,
  body: (connection: Connection<unknown>) => Awaitable<T>,
): Promise<T> {
  try {
    if (core.around() !== undefined) return await body(connection);
    return await inside(core, connection, { inTransaction: false, before: undefined }, () => body(connection));
  } finally {
    core.insertFacts.clear();
  }
}

/** Runs a body with a handle on the connection that is held around the caller. */
export function onHeldConnection<T>(core: DatabaseCore, held: Held, body: (handle: object) => Promise<T>): Promise<T> {
  const connection = core.around()?.connection;
  if (connection === undefined) throw new TransactionError("No connection is held here.");
  return inside(core, connection, held, (scope) => body(new TransactionHandle(core, new Session(core, scope), scope)));
}

async function inside<T>(
  core: DatabaseCore,
  connection: Connection<unknown>,
  held: Held,
  body: (scope: ReturnType<DatabaseCore["begin"]>) => Awaitable<T>,
): Promise<T> {
  const scope = core.begin(connection, undefined, held);
  try {
    return await core.context.run(scope, () => body(scope));
  } finally {
    core.end(scope, "committed");
  }
}
