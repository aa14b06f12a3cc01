import { InvalidValueError, type ColumnType, type DatePart, type ValuePlace } from "@mortise/core/adapter";
import { bindNode, scalarOf, template, type Dialect, type LikeParts, type Parameter } from "@mortise/sql";
import { instantEncoder } from "@mortise/sql/codecs";
import { ExplainNode, RawNode, type OperationNode } from "kysely";
import { jsonDialect } from "./json-query.ts";
import { escapeCharacter, textMatcher } from "./like-pattern.ts";
import { listNode } from "./list-form.ts";
import { rowListDialect } from "./row-list.ts";
import type { Server } from "./server.ts";
import { codecFor, typeRow } from "./types.ts";

/** How a server spells queries. */
export function dialectOf(server: Server): Dialect {
  const collation = RawNode.createWithSql(server.collation);
  return Object.freeze<Dialect>({
    name: "mysql",
    codecFor,
    encodeRaw,
    parameter: (parameter) => parameterNode(parameter, server),
    inList: (operand, list) => inList(operand, list, server),
    listSizes,
    like,
    regexp: (operand, { slot }) =>
      server.regexpLike
        ? template`regexp_like(${operand}, ${bindNode(slot, regexpText)}, 'c')`
        : template`${operand} regexp (${bindNode(slot, regexpText)} collate ${collation})`,
    datePart,
    json: jsonDialect(server),
    rowList: rowListDialect(server),
    fullText: (columns, text) =>
      template`match (${listOf(columns)}) against (${bindNode(text.slot, searchText)} in natural language mode)`,
    random: () => template`rand()`,
    orderKey: (type) => (type.kind === "enum" ? (operand) => template`concat(${operand})` : undefined),
    aggregate: (name, type) => (name === "avg" && type.kind === "decimal" ? averageOf(type.scale) : undefined),
    arithmetic: () => undefined,
    nulls: { ascending: "first", clause: false },
    rowLocks: true,
    lockForShare: server.lockForShare,
    distinctOn: false,
    upsert: "onDuplicateKey",
    limitInList: false,
    selfReference: "derived",
    emptyInsert: "lists",
    insertDefault: () => template`default`,
    noLimit: () => template`18446744073709551615`,
    explain: () => ExplainNode.create("traditional"),
    truncate: (table) => template`delete from ${table}`,
  });
}

/**
 * Every size up to 8, then four for each doubling, so that a statement has few texts and a list few entries twice; longer lists are
 * faster as a table of one parameter.
 */
const listSizes: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8].concat(
  [1, 2, 4, 8, 16, 32, 64].flatMap((times) => [10 * times, 12 * times, 14 * times, 16 * times]),
);

function listOf(nodes: readonly OperationNode[]): OperationNode {
  return RawNode.create(["", ...nodes.slice(1).map(() => ", "), ""], nodes);
}

const instantType = { kind: "datetime", as: "date", useTz: true, precision: undefined } as const;
const instantPlace: ValuePlace = { type: instantType, nullable: true, model: "", column: "A raw parameter" };
const encodeInstant = instantEncoder(instantType, instantPlace);

/** Whole numbers are bound as integers, as they would be in SQL text. */
function encodeRaw(value: unknown): unknown {
  const scalar = scalarOf(value);
  if (typeof scalar === "boolean") return scalar ? 1n : 0n;
  if (typeof scalar === "number") return Number.isSafeInteger(scalar) ? BigInt(scalar) : scalar;
  if (scalar instanceof Date) return encodeInstant(scalar);
  if (typeof scalar === "bigint" && BigInt.asIntN(64, scalar) !== scalar && BigInt.asUintN(64, scalar) !== scalar) {
    throw new InvalidValueError("A raw parameter is an integer of more than 64 bits, which the engine cannot hold.");
  }
  if (scalar instanceof Uint8Array) return Buffer.from(scalar.buffer, scalar.byteOffset, scalar.byteLength);
  return scalar;
}

function parameterNode({ slot, place, encode }: Parameter, server: Server): OperationNode {
  const bound = bindNode(slot, encode);
  const cast = place && typeRow(place.type, place).cast?.(place.type, server);
  return cast === undefined ? bound : cast(bound);
}

function inList(operand: OperationNode, { slot, place, encode }: Parameter, server: Server): OperationNode {
  if (place === undefined) throw new TypeError("A list has a place.");
  const form = typeRow(place.type, place).list(place.type, server);
  return template`${operand} in ${listNode(form, slot, encode, server.collation)}`;
}

/** An average has 16 digits behind the point, or as many as its column; the server is told to count with more. */
function averageOf(scale = 30): (operand: OperationNode) => OperationNode {
  const digits = RawNode.createWithSql(String(Math.max(scale, 16)));
  return (operand) => template`round(avg(${operand}), ${digits})`;
}

const escapeText = RawNode.createWithSql(`'${escapeCharacter}'`);

function like({ operand, pattern, match, caseSensitive }: LikeParts): OperationNode {
  const text = caseSensitive ? operand : template`replace(lower(${operand}), 'ς', 'σ')`;
  return template`${text} like ${bindNode(pattern.slot, textMatcher(match, caseSensitive))} escape ${escapeText}`;
}

function regexpText(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  throw new InvalidValueError("A regular expression must be a text without NUL characters.");
}

function searchText(value: unknown): string {
  if (typeof value === "string" && value.isWellFormed() && !value.includes("\0")) return value;
  throw new InvalidValueError("A text to search for must be a string without NUL characters.");
}

/** Columns hold UTC. Times have whole seconds. */
function datePart(part: DatePart, operand: OperationNode, type: ColumnType): OperationNode {
  switch (part) {
    case "date":
      return template`date_format(${operand}, '%Y-%m-%d')`;
    case "year":
      return template`year(${operand})`;
    case "month":
      return template`month(${operand})`;
    case "day":
      return template`dayofmonth(${operand})`;
    case "time":
      return template`time_format(${type.kind === "time" ? operand : template`time(${operand})`}, '%H:%i:%s')`;
  }
}
