import type { WriteAnswer } from "../raw-connection.ts";
import { columnCountIn, moreFollow, nothingWritten, statusAtEnd, writtenIn } from "./answer.ts";
import type { ReadRow } from "./binary-row.ts";
import { ColumnReader } from "./column-list.ts";
import type { Column } from "./column.ts";
import type { Message } from "./message.ts";
import type { Prepared } from "./prepare-command.ts";
import { isEnd, isError, type Command, type Packet, type Wire } from "./wire.ts";

/** Takes rows as they come. */
export interface RowSink {
  push(row: unknown[]): unknown;
}

/** Told once: of an error, which is `null` for none, and of the columns of rows or of what a write did. */
export type OnExecuted = (cause: unknown, columns: readonly Column[] | undefined, written: WriteAnswer) => void;

/** Begins the answer of a server that wants to read a file of the client's. */
const localFile = 0xfb;

/**
 * Runs a prepared statement. The driver's own way makes dozens of objects for one, and reads the description of columns again that it has
 * read before. Of several results, as of a procedure, the first that has rows is given.
 */
export class ExecuteCommand implements Command {
  readonly #prepared: Prepared;
  readonly #message: Message;
  readonly #rows: RowSink;
  readonly #done: OnExecuted;
  #written = nothingWritten;
  #columnReader: ColumnReader | undefined;
  #readRow: ReadRow | undefined;
  /** The columns of the first result with rows, when it is over. */
  #columns: readonly Column[] | undefined;

  constructor(prepared: Prepared, message: Message, rows: RowSink, done: OnExecuted) {
    this.#prepared = prepared;
    this.#message = message;
    this.#rows = rows;
    this.#done = done;
  }

  onResult(cause: unknown): void {
    this.#done(cause, undefined, nothingWritten);
  }

  execute(packet: Packet | undefined, wire: Wire): boolean {
    if (packet === undefined) {
      wire._resetSequenceId();
      wire.writePacket(this.#message);
      return false;
    }
    if (isError(packet)) {
      this.onResult(packet.asError("utf8"));
      return true;
    }
    if (this.#readRow !== undefined) return this.#takeRow(packet, this.#readRow);
    if (this.#columnReader !== undefined) return this.#takeColumn(packet, this.#columnReader);
    return this.#takeAnswer(packet);
  }

  #takeAnswer(packet: Packet): boolean {
    const kind = packet.buffer[packet.offset];
    // The driver gives a connection up whose command throws.
    if (kind === localFile) throw new Error("The server asked for a file of this machine, which nobody offered.");
    if (kind === 0) {
      const { written, status } = writtenIn(packet);
      this.#written = written;
      return this.#endResult(status);
    }
    this.#columnReader = new ColumnReader(columnCountIn(packet), this.#prepared.columns);
    return false;
  }

  #takeColumn(packet: Packet, reader: ColumnReader): boolean {
    if (isEnd(packet)) {
      const list = reader.end();
      this.#prepared.columns = list;
      this.#columnReader = undefined;
      this.#readRow = list.readRow;
    } else reader.take(packet);
    return false;
  }

  #takeRow(packet: Packet, readRow: ReadRow): boolean {
    if (isEnd(packet)) {
      this.#readRow = undefined;
      this.#columns ??= this.#prepared.columns?.columns;
      return this.#endResult(statusAtEnd(packet));
    }
    if (this.#columns === undefined) this.#rows.push(readRow(packet));
    return false;
  }

  #endResult(status: number): boolean {
    if (moreFollow(status)) return false;
    this.#done(null, this.#columns, this.#written);
    return true;
  }
}
