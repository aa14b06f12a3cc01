import { InvalidValueError } from "@mortise/core/adapter";
import { template, type Encode } from "@mortise/sql";
import type { Database } from "better-sqlite3";
import type { OperationNode } from "kysely";

/** How a list travels in one parameter: as JSON whose entries give the driver's values back exactly. */
export interface ListForm {
  readonly entry: (encoded: unknown) => string;
  /** The query of the entries, for the right side of `in`. */
  readonly query: (parameter: OperationNode) => OperationNode;
}

const realFunction = "mortise_real";
const valueFunction = "mortise_value";

/** Texts and whole numbers are exact in JSON; a bigint is written as its digits. */
const plain: ListForm = {
  entry: (encoded) => (typeof encoded === "bigint" ? String(encoded) : JSON.stringify(encoded)),
  query: (parameter) => template`(select value from json_each(${parameter}))`,
};

/** SQLite does not read every number of 17 digits to the last bit, so that JavaScript reads them instead. */
const real: ListForm = {
  entry: (encoded) => JSON.stringify(String(encoded)),
  query: (parameter) => template`(select mortise_real(value) from json_each(${parameter}))`,
};

const bytes: ListForm = {
  entry: (encoded) => JSON.stringify(Buffer.isBuffer(encoded) ? encoded.toString("hex") : ""),
  query: (parameter) => template`(select unhex(value) from json_each(${parameter}))`,
};

/** Values of several kinds carry a mark of their kind. */
const mixed: ListForm = {
  entry: (encoded) => JSON.stringify(marked(encoded)),
  query: (parameter) => template`(select mortise_value(value) from json_each(${parameter}))`,
};

export const listForms: Readonly<Record<"plain" | "real" | "bytes" | "mixed", ListForm>> = {
  plain,
  real,
  bytes,
  mixed,
};

/** Encodes a whole list for its one parameter. */
export function listEncoder(form: ListForm, encode: Encode): Encode {
  return (values) => {
    if (!Array.isArray(values)) throw new InvalidValueError("A list of values must be an array.");
    return `[${values.map((value) => form.entry(encode(value))).join(",")}]`;
  };
}

function marked(encoded: unknown): string {
  if (Buffer.isBuffer(encoded)) return `b${encoded.toString("hex")}`;
  if (typeof encoded === "bigint") return `i${encoded}`;
  return typeof encoded === "number" ? `r${encoded}` : `t${String(encoded)}`;
}

export function registerListFunctions(database: Database): void {
  const deterministic = { deterministic: true };
  database.function(realFunction, deterministic, (text: unknown) => Number(text));
  database.function(valueFunction, deterministic, (text: unknown) => unmarked(String(text)));
}

export function unmarked(text: string): string | number | bigint | Buffer {
  const rest = text.slice(1);
  if (text.startsWith("b")) return Buffer.from(rest, "hex");
  if (text.startsWith("i")) return BigInt(rest);
  return text.startsWith("r") ? Number(rest) : rest;
}
