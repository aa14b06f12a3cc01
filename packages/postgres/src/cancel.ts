import type { Client } from "pg";
import type { PgDriver } from "./load-driver.ts";
import { backendKeyOf } from "./wire.ts";

/** How long the server may take to hear that it should stop. */
const patience = 600;

/**
 * Asks the server to stop what a session is doing, over a connection of its own that needs no password. The promise is `true` once the
 * server has passed the request on, so that it cannot hit a later statement, and `false` when nobody answered.
 */
export function cancelBackend(driver: PgDriver, client: Client): Promise<boolean> {
  const { processId, secret } = backendKeyOf(client);
  const connection = new driver.Connection({ ssl: client.ssl });
  return new Promise((resolve) => {
    const done = (heard: boolean): void => {
      clearTimeout(timer);
      connection.stream.destroy();
      resolve(heard);
    };
    const timer = setTimeout(() => done(false), patience);
    const cancel = (): unknown => call(connection, "cancel", processId, secret);
    connection.on("error", () => done(false));
    connection.on("end", () => done(true));
    connection.on("connect", () => (client.ssl ? call(connection, "requestSsl") : cancel()));
    connection.on("sslconnect", cancel);
    if (client.host.startsWith("/")) call(connection, "connect", `${client.host}/.s.PGSQL.${client.port}`);
    else call(connection, "connect", client.port, client.host);
  });
}

/** pg's published types leave out what its connections do at their beginning. */
function call(target: object, name: string, ...given: unknown[]): unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== "function") throw new TypeError(`This version of pg has no ${name}.`);
  return Reflect.apply(method, target, given);
}
