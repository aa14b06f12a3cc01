import type { Socket } from "node:net";

/** A value as it goes over the wire: text, bytes in binary, or null. */
export type WireValue = string | Buffer | null;

/** The messages that pg's connection can send; its published types are of an older version. */
export interface Wire {
  readonly stream: Socket;
  query(text: string): void;
  /** A type of 0 is the server's to find. */
  parse(message: { readonly text: string; readonly name: string; readonly types: readonly number[] }): void;
  bind(message: {
    readonly portal: string;
    readonly statement: string;
    readonly values: readonly WireValue[];
    readonly valueMapper: (value: WireValue) => WireValue;
  }): void;
  describe(message: { readonly type: "P"; readonly name: string }): void;
  execute(message: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: "S" | "P"; readonly name: string }): void;
  sync(): void;
}

/** The messages of a connection of pg, once they are found to be there. */
export function wireOf(connection: unknown): Wire {
  if (isWire(connection)) return connection;
  throw new TypeError("This version of pg sends its messages in another way than @mortise/postgres expects.");
}

const methods = ["query", "parse", "bind", "describe", "execute", "close", "sync"];

function isWire(value: unknown): value is Wire {
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((name) => typeof Reflect.get(value, name) === "function")
  );
}

/** The number of a session on the server and the secret by which it can be told to stop. */
export interface BackendKey {
  readonly processId: number;
  readonly secret: unknown;
}

/** What the server said about the session behind a client. */
export function backendKeyOf(client: object): BackendKey {
  return { processId: Number(Reflect.get(client, "processID")), secret: Reflect.get(client, "secretKey") };
}
