import { queryMessage } from "./message.ts";
import { isError, type Command, type Packet, type Wire } from "./wire.ts";

/** Runs a text that gives no rows: the beginning of a transaction, its end, a savepoint. */
export class ControlCommand implements Command {
  readonly #sql: string;
  readonly #done: (cause: unknown) => void;

  /** `done` is told once; `null` is no error. */
  constructor(sql: string, done: (cause: unknown) => void) {
    this.#sql = sql;
    this.#done = done;
  }

  onResult(cause: unknown): void {
    this.#done(cause);
  }

  execute(packet: Packet | undefined, wire: Wire): boolean {
    if (packet === undefined) {
      wire._resetSequenceId();
      wire.writePacket(queryMessage(this.#sql));
      return false;
    }
    this.#done(isError(packet) ? packet.asError("utf8") : null);
    return true;
  }
}
