import { template, type JsonForm } from "@mortise/sql";
import { autoInteger } from "@mortise/sql/codecs";
import { unmarked } from "./list-form.ts";

/** Integers of 64 bits, which a JSON number cannot hold, as their digits. */
export const digitsForm: JsonForm = {
  project: (operand) => template`cast(${operand} as text)`,
  revive: (entry) => (typeof entry === "string" && /^-?\d+$/.test(entry) ? autoInteger(BigInt(entry)) : entry),
};

/** Bytes, which JSON has no form for, as hexadecimal digits. */
export const hexForm: JsonForm = {
  project: (operand) => template`iif(${operand} is null, null, hex(${operand}))`,
  revive: (entry) => (typeof entry === "string" ? Buffer.from(entry, "hex") : entry),
};

/** A value whose type is its own, behind a letter for it. */
export const markedForm: JsonForm = {
  project: (operand) =>
    template`(select case typeof(v) when 'null' then null when 'integer' then 'i' || v when 'real' then 'r' || json_quote(v) when 'blob' then 'b' || hex(v) else 't' || v end from (select ${operand} as v))`,
  revive: (entry) => {
    const value = unmarked(String(entry));
    return typeof value === "bigint" ? autoInteger(value) : value;
  },
};
