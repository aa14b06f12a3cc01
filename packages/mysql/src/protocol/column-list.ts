import { rowReader, type ReadRow } from "./binary-row.ts";
import { columnOf, type Column } from "./column.ts";
import type { Packet } from "./wire.ts";

/** The columns of a statement's rows, and how such rows are read. */
export interface ColumnList {
  /** Each column in the server's own words, by which the next answer is known to have the same. */
  readonly definitions: readonly Buffer[];
  readonly columns: readonly Column[];
  readonly readRow: ReadRow;
}

function columnList(definitions: readonly Buffer[]): ColumnList {
  const columns = definitions.map(columnOf);
  return { definitions, columns, readRow: rowReader(columns) };
}

/** Reads the columns of an answer, of which most are those of the last one. */
export class ColumnReader {
  readonly #last: ColumnList | undefined;
  /** What the server says, where it is not what it said last. */
  #definitions: Buffer[] | undefined;
  #taken = 0;

  constructor(count: number, last: ColumnList | undefined) {
    this.#last = last;
    if (last?.columns.length !== count) this.#definitions = [];
  }

  take({ buffer, offset, end }: Packet): void {
    const known = this.#last?.definitions[this.#taken];
    if (this.#definitions === undefined && known?.compare(buffer, offset, end) !== 0) {
      this.#definitions = this.#last?.definitions.slice(0, this.#taken) ?? [];
    }
    // A copy: the driver reads the next message into the same place.
    this.#definitions?.push(Buffer.from(buffer.subarray(offset, end)));
    this.#taken += 1;
  }

  end(): ColumnList {
    if (this.#definitions === undefined && this.#last !== undefined) return this.#last;
    return columnList(this.#definitions ?? []);
  }
}
