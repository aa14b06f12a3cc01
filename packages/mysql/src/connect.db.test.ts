import { createServer } from "node:net";
import { inspect } from "node:util";
import { ConnectionError, createDatabase, createSchema, PoolTimeoutError } from "@mortise/core";
import type { PoolOptions } from "@mortise/sql";
import { expect, it } from "vitest";
import { expectRefusal } from "../../testkit/src/refusals/refusal.ts";
import { mysql } from "./index.ts";
import { onServers } from "./servers.fixture.ts";

const secret = "s3cret-word";

onServers((server) => {
  const connecting = async (change: (url: URL) => unknown, pool: PoolOptions = {}) => {
    const url = new URL(server.url);
    change(url);
    await using db = createDatabase(createSchema({}), mysql({ uri: url.href, pool }));
    await db.ping();
  };
  const expectRefused = async (change: (url: URL) => unknown, says: string | RegExp, pool?: PoolOptions) => {
    const error = await expectRefusal({
      type: ConnectionError,
      code: "CONNECTION",
      act: () => connecting(change, pool),
      says,
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
  };

  it("to a server with a wrong password", () =>
    expectRefused(
      (url) => (url.password = secret),
      /^The server at \S+:\d+ refuses the user "\w+": look at user and password, and from where the user may connect\.$/,
    ));
  it("to a database that is not there", () =>
    expectRefused(
      (url) => (url.pathname = "/nowhere"),
      /^The (database nowhere does not exist on the server|server at \S+:\d+ gives the user "\w+" no rights on the database "nowhere")\.$/,
    ));
  it("to a port where nobody listens", () =>
    expectRefused(
      (url) => Object.assign(url, { port: "1", password: secret }),
      "The server refused the connection: it does not run there, or host and port are wrong.",
    ));
  it("to a host that does not exist", () =>
    expectRefused(
      (url) => Object.assign(url, { hostname: "nowhere.invalid", password: secret }),
      "The host of the server is not known: look at the option host.",
    ));
  it("to a port where nobody answers", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined)).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    const start = performance.now();
    await expectRefused(
      (url) => Object.assign(url, { port: String(port), password: secret }),
      "The database did not answer within 300 ms: are host and port right, and does a firewall stand between?",
      { createTimeoutMillis: 300 },
    );
    expect(performance.now() - start).toBeLessThan(1300);
    silent.close();
  });
  it("that takes longer than the pool waits", async () => {
    const adapter = mysql({ uri: server.url, pool: { max: 1, acquireTimeoutMillis: 300 } });
    await using db = createDatabase(createSchema({}), adapter);
    await using held = await db.begin();
    await held.raw("select 1");
    await expectRefusal({
      type: PoolTimeoutError,
      code: "POOL_TIMEOUT",
      act: () => db.raw("select 1"),
      says: /^No connection became free within 300 ms: all 1 of the pool are in use\./,
    });
  });
});
