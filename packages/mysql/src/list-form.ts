import { InvalidValueError } from "@mortise/core/adapter";
import { bindNode, template, type Encode } from "@mortise/sql";
import { RawNode, type OperationNode } from "kysely";

/**
 * How a list travels in one parameter: as JSON whose entries are texts, which the server reads as values of a type. Numbers are texts
 * too, since a JSON number is no more than a double.
 */
export interface ListForm {
  readonly entry: (encoded: unknown) => string;
  /** The query of the entries, for the right side of `in`. */
  readonly query: (parameter: OperationNode, collation: string) => OperationNode;
}

function digits(encoded: unknown): string {
  if (typeof encoded === "number" || typeof encoded === "bigint") return `"${encoded}"`;
  return JSON.stringify(encoded);
}

/** The entries as values of a type, which is text of this source. */
function ofType(type: string): ListForm {
  return {
    entry: digits,
    query: (parameter) =>
      template`(select v from json_table(${parameter}, '$[*]' columns (v ${RawNode.createWithSql(type)} path '$')) as list)`,
  };
}

const text: ListForm = {
  entry: (encoded) => JSON.stringify(encoded),
  query: (parameter, collation) =>
    template`(select v collate ${RawNode.createWithSql(collation)} from json_table(${parameter}, '$[*]' columns (v longtext character set utf8mb4 path '$')) as list)`,
};

const bytes: ListForm = {
  entry: (encoded) => (Buffer.isBuffer(encoded) ? JSON.stringify(encoded.toString("hex")) : "null"),
  query: (parameter) =>
    template`(select unhex(v) from json_table(${parameter}, '$[*]' columns (v longtext character set utf8mb4 path '$')) as list)`,
};

/** Documents: each entry is the text of one. */
const document: ListForm = {
  entry: (encoded) => JSON.stringify(encoded),
  query: (parameter) =>
    template`(select cast(v as json) from json_table(${parameter}, '$[*]' columns (v longtext character set utf8mb4 path '$')) as list)`,
};

export const listForms: {
  readonly integer: ListForm;
  readonly unsigned: ListForm;
  readonly real: ListForm;
  readonly date: ListForm;
  readonly instant: ListForm;
  readonly time: ListForm;
  readonly decimal: (scale: number) => ListForm;
  readonly text: ListForm;
  readonly bytes: ListForm;
  readonly document: ListForm;
} = {
  integer: ofType("bigint"),
  unsigned: ofType("bigint unsigned"),
  real: ofType("double"),
  date: ofType("date"),
  instant: ofType("datetime(6)"),
  time: ofType("time(6)"),
  decimal: (scale) => ofType(`decimal(65, ${scale})`),
  text,
  bytes,
  document,
};

/** Encodes a whole list for its one parameter. */
export function listEncoder(form: ListForm, encode: Encode): Encode {
  return (values) => {
    if (!Array.isArray(values)) throw new InvalidValueError("A list of values must be an array.");
    return `[${values.map((value) => form.entry(encode(value))).join(",")}]`;
  };
}

export function listNode(form: ListForm, slot: number, encode: Encode, collation: string): OperationNode {
  return form.query(bindNode(slot, listEncoder(form, encode)), collation);
}
