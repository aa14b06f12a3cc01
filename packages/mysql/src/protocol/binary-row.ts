import type { Column } from "./column.ts";
import type { Packet } from "./wire.ts";

/** Reads one row of a prepared statement. */
export type ReadRow = (packet: Packet) => unknown[];

/** Reads the value at `at` and leaves `at` behind it. */
type ReadValue = (buffer: Buffer, packet: Packet) => unknown;

/** Where the next value begins. A row is read without a stop, so that one place serves all. */
let at = 0;

/**
 * Reads rows of the protocol's binary form as lists: whole numbers, as digits where a number would lose some; decimals, dates, times and
 * JSON as texts in the server's own form; the rest as numbers, texts and bytes.
 */
export function rowReader(columns: readonly Column[]): ReadRow {
  const readers = columns.map(readerOf);
  const nullBytes = (columns.length + 9) >> 3;
  return (packet) => {
    const { buffer } = packet;
    const nulls = packet.offset + 1;
    at = nulls + nullBytes;
    return readers.map((read, index) => {
      // The first two bits stand for no column.
      const bit = index + 2;
      const isNull = (buffer[nulls + (bit >> 3)]! & (1 << (bit & 7))) !== 0;
      return isNull ? null : read(buffer, packet);
    });
  };
}

function readerOf({ columnType, decimals, isUnsigned, isBinary }: Column): ReadValue {
  switch (columnType) {
    case 0:
    case 246:
      return readAscii;
    case 1:
      return isUnsigned ? readByte : readSignedByte;
    case 2:
      return isUnsigned ? readShort : readSignedShort;
    case 3:
    case 9:
      return isUnsigned ? readWord : readSignedWord;
    case 4:
      return readFloat;
    case 5:
      return readDouble;
    case 6:
      return readNothing;
    case 7:
    case 12:
      return (buffer) => readInstant(buffer, decimals);
    case 8:
      return isUnsigned ? readWide : readSignedWide;
    case 10:
    case 14:
      return readDate;
    case 11:
      return readTime;
    case 13:
      return readShort;
    case 242:
      return readByDriver((packet) => packet.parseVector());
    case 245:
      return readText;
    case 255:
      return readByDriver((packet) => packet.parseGeometryValue());
    default:
      return isBinary ? readBytes : readText;
  }
}

function readNothing(): null {
  return null;
}

function readByte(buffer: Buffer): number {
  at += 1;
  return buffer[at - 1]!;
}

function readSignedByte(buffer: Buffer): number {
  return (readByte(buffer) << 24) >> 24;
}

function readShort(buffer: Buffer): number {
  at += 2;
  return buffer[at - 2]! | (buffer[at - 1]! << 8);
}

function readSignedShort(buffer: Buffer): number {
  return (readShort(buffer) << 16) >> 16;
}

function readSignedWord(buffer: Buffer): number {
  at += 4;
  return buffer[at - 4]! | (buffer[at - 3]! << 8) | (buffer[at - 2]! << 16) | (buffer[at - 1]! << 24);
}

function readWord(buffer: Buffer): number {
  return readSignedWord(buffer) >>> 0;
}

function readSignedWide(buffer: Buffer): number | string {
  const low = readWord(buffer);
  const value = readSignedWord(buffer) * 0x100000000 + low;
  return Number.isSafeInteger(value) ? value : String(buffer.readBigInt64LE(at - 8));
}

function readWide(buffer: Buffer): number | string {
  const low = readWord(buffer);
  const value = readWord(buffer) * 0x100000000 + low;
  return Number.isSafeInteger(value) ? value : String(buffer.readBigUInt64LE(at - 8));
}

function readFloat(buffer: Buffer): number {
  at += 4;
  return buffer.readFloatLE(at - 4);
}

function readDouble(buffer: Buffer): number {
  at += 8;
  return buffer.readDoubleLE(at - 8);
}

/** A length in the protocol's own form: in one byte, or behind a mark in two, three or eight. */
function readLength(buffer: Buffer): number {
  const first = readByte(buffer);
  if (first < 251) return first;
  if (first === 0xfc) return readShort(buffer);
  if (first === 0xfd) return readShort(buffer) | (readByte(buffer) << 16);
  return Number(readWide(buffer));
}

function readText(buffer: Buffer): string {
  const length = readLength(buffer);
  const from = at;
  at += length;
  return shortAscii(buffer, from, length) ?? buffer.toString("utf8", from, at);
}

function readAscii(buffer: Buffer): string {
  const length = readLength(buffer);
  const from = at;
  at += length;
  return shortAscii(buffer, from, length) ?? buffer.toString("latin1", from, at);
}

function readBytes(buffer: Buffer): Buffer {
  const length = readLength(buffer);
  at += length;
  return buffer.subarray(at - length, at);
}

/** A text of few ASCII characters, of which a call into native code would take longer than the text itself. */
function shortAscii(buffer: Buffer, from: number, length: number): string | undefined {
  if (length > 4) return undefined;
  if (length === 0) return "";
  const first = buffer[from]!;
  const second = length > 1 ? buffer[from + 1]! : 0;
  const third = length > 2 ? buffer[from + 2]! : 0;
  const fourth = length > 3 ? buffer[from + 3]! : 0;
  if ((first | second | third | fourth) > 127) return undefined;
  if (length === 1) return String.fromCharCode(first);
  if (length === 2) return String.fromCharCode(first, second);
  if (length === 3) return String.fromCharCode(first, second, third);
  return String.fromCharCode(first, second, third, fourth);
}

/** What is rare, the driver reads. */
function readByDriver(parse: (packet: Packet) => unknown): ReadValue {
  return (_, packet) => {
    packet.offset = at;
    const value = parse(packet);
    at = packet.offset;
    return value;
  };
}

/** `2024-12-31 23:59:59.999999`, its digits overwritten for each value. */
const instant = Buffer.from("0000-00-00 00:00:00.000000", "latin1");
const zero = 48;

/** `2024-12-31`. */
function readDate(buffer: Buffer): string {
  const length = readByte(buffer);
  writeDay(buffer, length);
  at += length;
  return instant.toString("latin1", 0, 10);
}

/** `2024-12-31 23:59:59.25`, with the digits that the column has, and none where all of them are zero. */
function readInstant(buffer: Buffer, decimals: number): string {
  const length = readByte(buffer);
  writeDay(buffer, length);
  writeTwo(11, length > 6 ? buffer[at + 4]! : 0);
  writeTwo(14, length > 6 ? buffer[at + 5]! : 0);
  writeTwo(17, length > 6 ? buffer[at + 6]! : 0);
  const isWhole = length <= 10 || decimals === 0;
  if (!isWhole) writeDigits(20, 6, buffer.readUInt32LE(at + 7));
  at += length;
  return instant.toString("latin1", 0, isWhole ? 19 : 20 + Math.min(decimals, 6));
}

function writeDay(buffer: Buffer, length: number): void {
  writeDigits(0, 4, length > 3 ? buffer[at]! + buffer[at + 1]! * 256 : 0);
  writeTwo(5, length > 3 ? buffer[at + 2]! : 0);
  writeTwo(8, length > 3 ? buffer[at + 3]! : 0);
}

/** `-838:59:59.25`: hours beyond a day, and no zeros at the end. */
function readTime(buffer: Buffer): string {
  const length = readByte(buffer);
  const from = at;
  at += length;
  if (length === 0) return "00:00:00";
  const sign = buffer[from] === 0 ? "" : "-";
  const hours = buffer.readUInt32LE(from + 1) * 24 + buffer[from + 5]!;
  const whole = `${sign}${twoDigits(hours)}:${twoDigits(buffer[from + 6]!)}:${twoDigits(buffer[from + 7]!)}`;
  const micros = length > 8 ? buffer.readUInt32LE(from + 8) : 0;
  return micros === 0 ? whole : `${whole}.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function writeTwo(place: number, value: number): void {
  const tens = (value / 10) | 0;
  instant[place] = zero + tens;
  instant[place + 1] = zero + value - tens * 10;
}

function writeDigits(first: number, count: number, value: number): void {
  let rest = value;
  for (let place = first + count - 1; place >= first; place -= 1) {
    const next = (rest / 10) | 0;
    instant[place] = zero + rest - next * 10;
    rest = next;
  }
}
