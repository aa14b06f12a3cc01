import {
  InvalidValueError,
  SqlDefault,
  type ColumnInfo,
  type ColumnType,
  type DatePart,
  type ValuePlace,
} from "@mortise/core/adapter";
import { bindNode, scalarOf, template, type Dialect, type LikeParts, type Parameter } from "@mortise/sql";
import { ExplainNode, FunctionNode, RawNode, ValueNode, type OperationNode } from "kysely";
import { decimalFunctions } from "./decimal-functions.ts";
import { defaultText } from "./default-text.ts";
import { textMatcher } from "./glob-pattern.ts";
import { instantEncoder } from "@mortise/sql/codecs";
import { jsonDialect } from "./json-query.ts";
import { listEncoder } from "./list-form.ts";
import { rowListDialect } from "./row-list.ts";
import { codecFor, typeRow } from "./types.ts";

/** How SQLite spells queries. */
export const sqliteDialect: Dialect = Object.freeze<Dialect>({
  name: "sqlite",
  codecFor,
  encodeRaw,
  parameter: ({ slot, encode }) => bindNode(slot, encode),
  inList,
  like,
  regexp: (operand, { slot }) => template`${operand} regexp ${bindNode(slot, regexpText)}`,
  datePart,
  json: jsonDialect,
  rowList: rowListDialect,
  fullText: undefined,
  random: () => template`random()`,
  orderKey: (type) => (type.kind === "decimal" ? decimalKey : undefined),
  aggregate: (name, type) => (type.kind === "decimal" && name !== "count" ? decimalFunctions[name] : undefined),
  arithmetic: (type) => (type.kind === "decimal" ? decimalArithmetic : undefined),
  nulls: { ascending: "first", clause: true },
  rowLocks: false,
  distinctOn: false,
  upsert: "onConflict",
  insertDefault,
  noLimit: () => ValueNode.createImmediate(-1),
  explain: () => ExplainNode.create(undefined, RawNode.createWithSql("query plan")),
  truncate: (table) => template`delete from ${table}`,
});

const instantPlace: ValuePlace = {
  type: { kind: "datetime", as: "date", useTz: true, precision: undefined },
  nullable: true,
  model: "",
  column: "A raw parameter",
};
const encodeInstant = instantEncoder({ kind: "datetime", as: "date", useTz: true, precision: undefined }, instantPlace);

/** Whole numbers are bound as integers, as they would be in SQL text. */
function encodeRaw(value: unknown): unknown {
  const scalar = scalarOf(value);
  if (typeof scalar === "boolean") return scalar ? 1n : 0n;
  if (typeof scalar === "number") return Number.isSafeInteger(scalar) ? BigInt(scalar) : scalar;
  if (scalar instanceof Date) return encodeInstant(scalar);
  if (typeof scalar === "bigint" && BigInt.asIntN(64, scalar) !== scalar) {
    throw new InvalidValueError("A raw parameter is an integer of more than 64 bits, which SQLite cannot hold.");
  }
  if (scalar instanceof Uint8Array) return Buffer.from(scalar.buffer, scalar.byteOffset, scalar.byteLength);
  return scalar;
}

function inList(operand: OperationNode, { slot, place, encode }: Parameter): OperationNode {
  if (place === undefined) throw new TypeError("A list has a place.");
  const { list } = typeRow(place.type, place);
  return template`${operand} in ${list.query(bindNode(slot, listEncoder(list, encode)))}`;
}

/** `like` with regard to case is `glob`, which an index serves for a fixed beginning; contained text is found by `instr`. */
function like({ operand, pattern, match, caseSensitive }: LikeParts): OperationNode {
  const text = caseSensitive ? operand : template`mortise_fold(${operand})`;
  const bound = bindNode(pattern.slot, textMatcher(match, caseSensitive));
  return match === "contains" ? template`instr(${text}, ${bound}) > 0` : template`${text} glob ${bound}`;
}

function regexpText(value: unknown): string {
  if (typeof value !== "string") throw new InvalidValueError("A regular expression must be a text.");
  try {
    RegExp(value, "u");
  } catch {
    throw new InvalidValueError("A regular expression is not valid; write it as JavaScript does with the flag u.");
  }
  return value;
}

/** The stored texts have their digits at fixed places. Times have whole seconds. */
function datePart(part: DatePart, operand: OperationNode, type: ColumnType): OperationNode {
  if (type.kind === "time") {
    return part === "time" ? template`substr(${operand}, 1, 8)` : template`nullif(${operand}, ${operand})`;
  }
  switch (part) {
    case "date":
      return template`substr(${operand}, 1, 10)`;
    case "year":
      return template`cast(substr(${operand}, 1, 4) as integer)`;
    case "month":
      return template`cast(substr(${operand}, 6, 2) as integer)`;
    case "day":
      return template`cast(substr(${operand}, 9, 2) as integer)`;
    case "time":
      return template`substr(${operand} || ' 00:00:00', 12, 8)`;
  }
}

function decimalKey(operand: OperationNode): OperationNode {
  return FunctionNode.create(decimalFunctions.key, [operand]);
}

function decimalArithmetic(left: OperationNode, operator: "+" | "-", right: OperationNode): OperationNode {
  return FunctionNode.create(operator === "+" ? decimalFunctions.add : decimalFunctions.subtract, [left, right]);
}

/** SQLite knows no `default` among the values of an insert, so that the default of the model is written out. */
function insertDefault({ definition, property }: ColumnInfo, model: string): OperationNode {
  const { default: value, type, nullable } = definition;
  if (value === undefined || value === null) return ValueNode.createImmediate(null);
  const state =
    value instanceof SqlDefault
      ? ({ kind: "expression", expression: value.expression } as const)
      : ({ kind: "value", value } as const);
  return RawNode.createWithSql(`(${defaultText(state, { type, nullable, model, column: property })})`);
}
