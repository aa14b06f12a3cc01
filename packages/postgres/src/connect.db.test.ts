import { createServer } from "node:net";
import { inspect } from "node:util";
import { ConnectionError, createDatabase, createSchema } from "@mortise/core";
import { describe, expect, it } from "vitest";
import { expectRefusal } from "../../testkit/src/refusals/refusal.ts";
import { postgres } from "./index.ts";

const secret = "s3cret-word";

/** Whoever listens on a port of this machine: what he answers to the first and to each further message. */
async function listen(...answers: readonly (readonly [kind: string, body: string])[]) {
  const server = createServer((socket) => {
    let at = 0;
    socket.on("error", () => undefined);
    socket.on("data", () => {
      const answer = answers[at];
      at += 1;
      if (answer !== undefined) socket.write(message(...answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, [Symbol.dispose]: () => void server.close() };
}

/** A message of the protocol: its kind, its length, its body. */
function message(kind: string, body: string): Buffer {
  const bytes = Buffer.from(`${kind}....${body}`, "latin1");
  bytes.writeInt32BE(bytes.length - 1, 1);
  return bytes;
}

const askForPassword = ["R", "\0\0\0\u0003"] as const;
const refusing = (code: string, says: string) => ["E", `SFATAL\0C${code}\0M${says}\0\0`] as const;

async function expectRefused(port: number, says: string): Promise<void> {
  const error = await expectRefusal({
    type: ConnectionError,
    code: "CONNECTION",
    says,
    act: async () => {
      const adapter = postgres({
        host: "127.0.0.1",
        port,
        user: "ada",
        password: secret,
        database: "blog",
        pool: { createTimeoutMillis: 300 },
      });
      await using db = createDatabase(createSchema({}), adapter);
      await db.ping();
    },
  });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
}

// The servers of the tests let everybody in, so that these answers are written out as a server sends them.
describe("a connection", () => {
  it.each([
    ["28P01", 'password authentication failed for user "ada"', 'refuses the password of the user "ada".'],
    [
      "28000",
      "no pg_hba.conf entry",
      'does not let the user "ada" in: it does not know the name, or pg_hba.conf keeps it out.',
    ],
    ["53300", "too many clients", "has no connection left; lower pool.max or raise max_connections."],
    ["57P03", "starting up", "is starting up or shutting down; try again in a moment."],
  ])("that the server refuses with %s says what to do", async (code, told, says) => {
    using server = await listen(askForPassword, refusing(code, told));
    await expectRefused(server.port, `PostgreSQL at 127.0.0.1:${server.port} ${says}`);
  });
  it("to a port where nobody answers ends in time", async () => {
    using server = await listen();
    const start = performance.now();
    await expectRefused(
      server.port,
      "The database did not answer within 300 ms: are host and port right, and does a firewall stand between?",
    );
    expect(performance.now() - start).toBeLessThan(1300);
  });
});
