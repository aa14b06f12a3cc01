import { template, type JsonForm } from "@mortise/sql";
import { autoInteger, isSafe } from "@mortise/sql/codecs";

/** What JSON has no form for, or one with another text, as the text that the driver gives. */
export const textForm: JsonForm = { project: (operand) => template`cast(${operand} as char)`, revive: undefined };

/** Integers of 64 bits, which a JSON number cannot hold, as their digits. The driver gives a number where that is exact. */
export const digitsForm: JsonForm = {
  project: (operand) => template`cast(${operand} as char)`,
  revive: (entry) => {
    const whole = BigInt(String(entry));
    return isSafe(whole) ? autoInteger(whole) : entry;
  },
};

/** Bytes, which JSON has no form for, as hexadecimal digits. */
export const hexForm: JsonForm = {
  project: (operand) => template`hex(${operand})`,
  revive: (entry) => Buffer.from(String(entry), "hex"),
};

/** A condition is true or false in JSON, and a number for the driver. */
export const flagForm: JsonForm = {
  project: (operand) => operand,
  revive: (entry) => (typeof entry === "boolean" ? Number(entry) : entry),
};
