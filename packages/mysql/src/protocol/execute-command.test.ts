import { expect, it } from "vitest";
import { ExecuteCommand } from "./execute-command.ts";
import { executeMessage } from "./execute-message.ts";
import type { Packet, Wire } from "./wire.ts";

function packetOf(...bytes: readonly number[]): Packet {
  const buffer = Buffer.from([0, 0, 0, 0, ...bytes]);
  const never = (): never => {
    throw new Error("Nothing is read by the driver here.");
  };
  return { buffer, offset: 4, end: buffer.length, asError: never, parseGeometryValue: never, parseVector: never };
}

const wire: Wire = {
  addCommand: () => undefined,
  writePacket: () => undefined,
  _resetSequenceId: () => undefined,
};

it("hands no file of this machine to a server that asks for one", () => {
  const prepared = { id: 1, parameters: [], columns: undefined };
  const command = new ExecuteCommand(prepared, executeMessage(1, [], []), [], () => undefined);
  expect(command.execute(undefined, wire)).toBe(false);
  expect(() => command.execute(packetOf(0xfb, 47, 101, 116, 99), wire)).toThrow(/asked for a file/);
});
