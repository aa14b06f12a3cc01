import type { Message } from "./message.ts";
import type { RawConnection } from "../raw-connection.ts";

/** A message of the server while the driver holds it; the driver uses one object for all of them. */
export interface Packet {
  readonly buffer: Buffer;
  /** Where the message begins, behind its header. */
  offset: number;
  readonly end: number;
  asError(encoding: string): Error;
  parseGeometryValue(): unknown;
  parseVector(): unknown;
}

/** What the driver runs, one after another: it is called to begin, with nothing, and with each message until it says that it is done. */
export interface Command {
  execute(packet: Packet | undefined, wire: Wire): boolean;
  /** Told when the connection is lost meanwhile. */
  onResult(cause: unknown): void;
}

/** The parts of the driver's connection that its types do not name. */
export interface Wire {
  addCommand(command: Command): void;
  writePacket(message: Message): void;
  _resetSequenceId(): void;
}

const methods = ["addCommand", "writePacket", "_resetSequenceId"];

/** The connection by those parts, once they are found to be there. */
export function wireOf(raw: RawConnection): Wire {
  if (isWire(raw)) return raw;
  throw new TypeError("This version of mysql2 sends its messages in another way than @mortise/mysql expects.");
}

function isWire(value: object): value is Wire {
  return methods.every((name) => typeof Reflect.get(value, name) === "function");
}

export function isError({ buffer, offset }: Packet): boolean {
  return buffer[offset] === 0xff;
}

/** The message behind columns, and behind rows. */
export function isEnd({ buffer, offset, end }: Packet): boolean {
  return buffer[offset] === 0xfe && end - offset < 9;
}
