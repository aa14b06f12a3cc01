import type { Column } from "./column.ts";
import { Message } from "./message.ts";

const execute = 0x17;
const noCursor = 0;
const tiny = 1;
const short = 2;
const long = 3;
const double = 5;
const nothing = 6;
const longlong = 8;
const blob = 252;
const text = 253;

/**
 * The message that runs a prepared statement (COM_STMT_EXECUTE of the client/server protocol). A whole number goes as the integer that the
 * server expects, where it says so and it fits, else as a double; bytes as a blob, everything else as text.
 */
export function executeMessage(statement: number, values: readonly unknown[], parameters: readonly Column[]): Message {
  const count = values.length;
  let size = 14;
  if (count > 0) size += ((count + 7) >> 3) + 1 + count * 2;
  for (const value of values) size += longestOf(value);
  const buffer = Buffer.allocUnsafe(size);
  buffer[4] = execute;
  buffer.writeUInt32LE(statement, 5);
  buffer[9] = noCursor;
  buffer.writeUInt32LE(1, 10);
  return new Message(count === 0 ? buffer : buffer.subarray(0, writeValues(buffer, values, parameters)));
}

/** The most bytes that a value may take, with its length. */
function longestOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value) + 9;
  return value instanceof Uint8Array ? value.length + 9 : 8;
}

/** Nulls, types and values, as the protocol orders them. Gives the end of the message. */
function writeValues(buffer: Buffer, values: readonly unknown[], parameters: readonly Column[]): number {
  const nulls = 14;
  const types = nulls + ((values.length + 7) >> 3) + 1;
  buffer.fill(0, nulls, types - 1);
  buffer[types - 1] = 1;
  let at = types + values.length * 2;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    let type = nothing;
    let flag = 0;
    switch (typeof value) {
      case "string":
        type = text;
        at = writeText(buffer, value, at);
        break;
      case "number": {
        const parameter = parameters[index];
        type = wholeTypeOf(value, parameter);
        if (type === double) buffer.writeDoubleLE(value, at);
        else {
          flag = parameter?.isUnsigned === true ? 0x80 : 0;
          writeWhole(buffer, value, at);
        }
        at += widthOf(type);
        break;
      }
      case "boolean":
        type = tiny;
        buffer[at] = value ? 1 : 0;
        at += 1;
        break;
      case "bigint":
        type = longlong;
        flag = value > 9223372036854775807n ? 0x80 : 0;
        buffer.writeBigUInt64LE(BigInt.asUintN(64, value), at);
        at += 8;
        break;
      default:
        if (value === null) buffer[nulls + (index >> 3)]! |= 1 << (index & 7);
        else if (value instanceof Uint8Array) {
          type = blob;
          at = writeLength(buffer, value.length, at);
          buffer.set(value, at);
          at += value.length;
        } else
          throw new TypeError("A parameter of a statement must be a text, number, bigint, boolean, bytes or null.");
    }
    buffer[types + index * 2] = type;
    buffer[types + index * 2 + 1] = flag;
  }
  return at;
}

/** The integer that the server wants here, if the number is one that fits; else a double. */
function wholeTypeOf(value: number, parameter: Column | undefined): number {
  const type = parameter?.columnType;
  if (type === undefined || !Number.isSafeInteger(value) || Object.is(value, -0)) return double;
  const unsigned = parameter?.isUnsigned === true;
  if (unsigned && value < 0) return double;
  const half = type === tiny ? 0x80 : type === short ? 0x8000 : type === long ? 0x80000000 : undefined;
  if (half === undefined) return type === longlong ? longlong : double;
  return value >= (unsigned ? 0 : -half) && value < (unsigned ? half * 2 : half) ? type : double;
}

function widthOf(type: number): number {
  return type === tiny ? 1 : type === short ? 2 : type === long ? 4 : 8;
}

/** Eight bytes of a whole number, of which a narrower type takes the first ones. */
function writeWhole(buffer: Buffer, value: number, at: number): void {
  const low = value | 0;
  const high = Math.floor(value / 0x100000000);
  writeBytes(buffer, low, at);
  writeBytes(buffer, high, at + 4);
}

function writeBytes(buffer: Buffer, word: number, at: number): void {
  buffer[at] = word;
  buffer[at + 1] = word >> 8;
  buffer[at + 2] = word >> 16;
  buffer[at + 3] = word >> 24;
}

function writeText(buffer: Buffer, value: string, at: number): number {
  // Short texts take one byte for their length, whatever their characters are.
  if (value.length <= 83) {
    const length = buffer.write(value, at + 1);
    buffer[at] = length;
    return at + 1 + length;
  }
  const length = Buffer.byteLength(value);
  const from = writeLength(buffer, length, at);
  return from + buffer.write(value, from);
}

/** A length in the protocol's own form: in one byte, or behind a mark in two, three or eight. */
function writeLength(buffer: Buffer, length: number, at: number): number {
  if (length < 251) {
    buffer[at] = length;
    return at + 1;
  }
  if (length < 0x10000) {
    buffer[at] = 0xfc;
    return buffer.writeUInt16LE(length, at + 1);
  }
  if (length < 0x1000000) {
    buffer[at] = 0xfd;
    return buffer.writeUIntLE(length, at + 1, 3);
  }
  buffer[at] = 0xfe;
  return buffer.writeBigUInt64LE(BigInt(length), at + 1);
}
