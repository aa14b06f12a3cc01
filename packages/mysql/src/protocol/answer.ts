import type { WriteAnswer } from "../raw-connection.ts";
import type { Packet } from "./wire.ts";

/** What a statement did that changes nothing, or failed. */
export const nothingWritten: WriteAnswer = Object.freeze({ affectedRows: 0, insertId: 0 });

const moreResults = 8;

/** What a write did, and the server's status behind it. */
export function writtenIn({ buffer, offset }: Packet): { readonly written: WriteAnswer; readonly status: number } {
  const first = offset + 1;
  const second = first + sizeAt(buffer, first);
  const third = second + sizeAt(buffer, second);
  const written = { affectedRows: Number(wholeAt(buffer, first)), insertId: wholeAt(buffer, second) };
  return { written, status: buffer.readUInt16LE(third) };
}

/** How many columns the rows have that follow. */
export function columnCountIn({ buffer, offset }: Packet): number {
  return Number(wholeAt(buffer, offset));
}

/** The server's status behind the last row. */
export function statusAtEnd({ buffer, offset }: Packet): number {
  return buffer.readUInt16LE(offset + 3);
}

/** Whether another result follows, as after those of a procedure. */
export function moreFollow(status: number): boolean {
  return (status & moreResults) !== 0;
}

/** A whole number in the protocol's own form: in one byte, or behind a mark in two, three or eight. */
function wholeAt(buffer: Buffer, at: number): number | bigint {
  switch (buffer[at]) {
    case 0xfc:
      return buffer.readUInt16LE(at + 1);
    case 0xfd:
      return buffer.readUIntLE(at + 1, 3);
    case 0xfe: {
      const wide = buffer.readBigInt64LE(at + 1);
      const number = Number(wide);
      return Number.isSafeInteger(number) ? number : wide;
    }
    default:
      return buffer[at]!;
  }
}

function sizeAt(buffer: Buffer, at: number): number {
  switch (buffer[at]) {
    case 0xfc:
      return 3;
    case 0xfd:
      return 4;
    case 0xfe:
      return 9;
    default:
      return 1;
  }
}
