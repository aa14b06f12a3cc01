import { ConnectionError } from "@mortise/core/adapter";
import type { Submittable } from "pg";
import { isServerError } from "./server-error.ts";
import { wireOf, type Wire } from "./wire.ts";

/** A result column as the server describes it. */
export interface Field {
  readonly name: string;
  readonly typeId: number;
}

/** What came back for one round of messages. Values are texts, as the server wrote them. */
export interface Reply {
  readonly rows: unknown[][];
  /** `INSERT 0 5`; empty when the portal has more rows. */
  readonly tag: string;
  readonly fields: readonly Field[] | undefined;
}

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/**
 * One round of messages to the server that ends with a sync, and its answer. pg calls these methods; its own query objects would copy
 * and parse every row.
 */
export class Exchange implements Submittable {
  readonly reply: Promise<Reply>;
  readonly #send: (wire: Wire) => void;
  readonly #rows: unknown[][] = [];
  #tag = "";
  #fields: readonly Field[] | undefined;
  #resolve: (reply: Reply) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(send: (wire: Wire) => void) {
    this.#send = send;
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: unknown): void {
    const wire = wireOf(connection);
    wire.stream.cork();
    try {
      this.#send(wire);
    } catch (error) {
      // Nothing half said may stay on the wire: the server would wait for the rest.
      this.#reject(error);
      wire.stream.destroy();
    } finally {
      wire.stream.uncork();
    }
  }

  handleRowDescription(message: RowDescription): void {
    this.#fields = message.fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID }));
  }

  handleDataRow(message: { readonly fields: unknown[] }): void {
    this.#rows.push(message.fields);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.#tag = message.text;
  }

  handleReadyForQuery(): void {
    this.#resolve({ rows: this.#rows, tag: this.#tag, fields: this.#fields });
  }

  handleError(error: unknown): void {
    this.#reject(isServerError(error) ? error : lost(error));
  }

  handlePortalSuspended(): void {
    this.#tag = "";
  }

  handleEmptyQuery(): void {
    this.#tag = "";
  }

  handleCopyInResponse(connection: { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail("This program sends no data for COPY.");
  }

  handleCopyData(): void {
    // Data of COPY … TO STDOUT has no place in a result.
  }
}

function lost(cause: unknown): ConnectionError {
  return new ConnectionError("The connection to PostgreSQL was lost.", { cause });
}
