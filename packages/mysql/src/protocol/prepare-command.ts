import { columnOf, type Column } from "./column.ts";
import type { ColumnList } from "./column-list.ts";
import { closeMessage, prepareMessage } from "./message.ts";
import { isEnd, isError, type Command, type Packet, type Wire } from "./wire.ts";

/** A statement that the server keeps for one connection. */
export interface Prepared {
  readonly id: number;
  readonly parameters: readonly Column[];
  /** The columns of its last answer. */
  columns: ColumnList | undefined;
}

export type OnPrepared = (cause: unknown, prepared: Prepared | undefined) => void;

/** Has a statement prepared. */
export class PrepareCommand implements Command {
  readonly #sql: string;
  readonly #done: OnPrepared;
  readonly #parameters: Column[] = [];
  #id: number | undefined;
  #parametersLeft = 0;
  /** How many messages describe columns, with the one behind them. */
  #columnsLeft = 0;

  constructor(sql: string, done: OnPrepared) {
    this.#sql = sql;
    this.#done = done;
  }

  onResult(cause: unknown): void {
    this.#done(cause, undefined);
  }

  execute(packet: Packet | undefined, wire: Wire): boolean {
    if (packet === undefined) {
      wire._resetSequenceId();
      wire.writePacket(prepareMessage(this.#sql));
      return false;
    }
    if (isError(packet)) {
      this.#done(packet.asError("utf8"), undefined);
      return true;
    }
    if (this.#id === undefined) this.#readHeader(packet);
    else if (this.#parametersLeft > 0) this.#readParameter(packet);
    else this.#columnsLeft -= 1;
    if (this.#parametersLeft > 0 || this.#columnsLeft > 0) return false;
    this.#done(null, { id: this.#id!, parameters: this.#parameters, columns: undefined });
    return true;
  }

  #readHeader({ buffer, offset }: Packet): void {
    this.#id = buffer.readUInt32LE(offset + 1);
    const columns = buffer.readUInt16LE(offset + 5);
    const parameters = buffer.readUInt16LE(offset + 7);
    this.#columnsLeft = columns === 0 ? 0 : columns + 1;
    this.#parametersLeft = parameters === 0 ? 0 : parameters + 1;
  }

  /** A parameter, or the end of them, which may come before the number that was told. */
  #readParameter(packet: Packet): void {
    if (isEnd(packet)) this.#parametersLeft = 0;
    else {
      this.#parameters.push(columnOf(packet.buffer.subarray(packet.offset, packet.end)));
      this.#parametersLeft -= 1;
    }
  }
}

/** Has the server forget a statement. */
export class CloseCommand implements Command {
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
  }

  execute(_: Packet | undefined, wire: Wire): boolean {
    wire._resetSequenceId();
    wire.writePacket(closeMessage(this.#id));
    return true;
  }

  onResult(): void {
    // A lost connection has forgotten all of its statements.
  }
}
