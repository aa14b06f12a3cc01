import { InvalidValueError, type AggregateName, type ColumnType, type DatePart } from "@mortise/core/adapter";
import { bindNode, commaList, template, type Dialect, type Encode, type LikeParts, type Parameter } from "@mortise/sql";
import { DefaultInsertValueNode, ExplainNode, RawNode, ValueNode, type OperationNode, type TableNode } from "kysely";
import { arrayText } from "./array-text.ts";
import { entryText } from "./array-codec.ts";
import { moveCounter } from "./counter.ts";
import { jsonDialect } from "./json-query.ts";
import { rowListDialect } from "./row-list.ts";
import { regexpText, textMatcher } from "./text-pattern.ts";
import { codecFor, encodeScalar, typeRow } from "./types.ts";

/** How PostgreSQL spells queries. */
export const postgresDialect: Dialect = Object.freeze<Dialect>({
  name: "postgres",
  codecFor,
  encodeRaw: encodeScalar,
  parameter: ({ slot, encode }) => bindNode(slot, encode),
  inList,
  like,
  regexp: (operand, { slot }) => template`${operand} ~ ${bindNode(slot, regexpText)}`,
  datePart,
  json: jsonDialect,
  rowList: rowListDialect,
  fullText,
  random: () => template`random()`,
  orderKey: () => undefined,
  aggregate,
  arithmetic: () => arithmetic,
  nulls: { ascending: "last", clause: true },
  rowLocks: true,
  distinctOn: true,
  upsert: "onConflict",
  insertLists,
  insertDefault: () => DefaultInsertValueNode.create(),
  moveCounter,
  noLimit: undefined,
  explain: () => ExplainNode.create(),
  truncate,
});

/** The whole list is one array, whose type the server takes from the operand. An array of arrays would lose their bounds. */
function inList(operand: OperationNode, { slot, place, encode }: Parameter): OperationNode {
  const bound = bindNode(slot, listEncoder(encode));
  if (place === undefined || (place.type.kind !== "array" && place.type.kind !== "set")) {
    return template`${operand} = any(${bound})`;
  }
  const type = RawNode.createWithSql(typeRow(place.type).storage(place.type, place));
  return template`${operand} in (select cast(entry as ${type}) from unnest(cast(${bound} as text[])) as list (entry))`;
}

/** Each column's values are one array, so that a statement of a thousand rows has as many parameters as columns, and one text. */
function insertLists(lists: readonly Parameter[]): OperationNode {
  const arrays = lists.map(({ slot, place, encode }) => {
    const type = place && typeRow(place.type).listed?.(place.type, place);
    if (type === undefined) throw new TypeError("A column whose values are listed has a type of arrays.");
    return template`cast(${bindNode(slot, listEncoder(encode))} as ${RawNode.createWithSql(type)}[])`;
  });
  return template`select * from unnest(${commaList(arrays)})`;
}

function listEncoder(encode: Encode): Encode {
  return (values) => {
    if (!Array.isArray(values)) throw new InvalidValueError("A list of values must be an array.");
    return arrayText(values.map((value) => entryText(encode(value))));
  };
}

/** Without regard to case the database's own rules for letters count, since the columns sort by bytes. */
function like({ operand, pattern, match, caseSensitive }: LikeParts): OperationNode {
  const bound = bindNode(pattern.slot, textMatcher(match));
  if (caseSensitive) return template`${operand} like ${bound}`;
  return template`${operand} collate "default" ilike ${bound}`;
}

/** Parts of the UTC date, in whatever zone the session is. */
function datePart(part: DatePart, operand: OperationNode, type: ColumnType): OperationNode {
  if (type.kind === "time") {
    return part === "time"
      ? template`date_trunc('second', ${operand}::interval)::time`
      : template`cast(null as integer)`;
  }
  const zoned = (type.kind === "datetime" || type.kind === "timestamp") && type.useTz;
  const local = zoned ? template`(${operand} at time zone 'UTC')` : template`cast(${operand} as timestamp)`;
  switch (part) {
    case "date":
      return template`cast(${local} as date)`;
    case "year":
      return template`cast(extract(year from ${local}) as integer)`;
    case "month":
      return template`cast(extract(month from ${local}) as integer)`;
    case "day":
      return template`cast(extract(day from ${local}) as integer)`;
    case "time":
      return template`cast(date_trunc('second', ${local}) as time)`;
  }
}

function fullText(columns: readonly OperationNode[], { slot, encode }: Parameter): OperationNode {
  const document = template`to_tsvector('simple', concat_ws(' ', ${commaList(columns)}))`;
  return template`${document} @@ websearch_to_tsquery('simple', ${bindNode(slot, encode)})`;
}

/** The server truncates no table that a foreign key points at, though it be empty; then its rows are deleted. */
function truncate(table: TableNode): RawNode {
  return template`do $mortise$ begin truncate table ${table}; exception when feature_not_supported then delete from ${table}; end $mortise$`;
}

/** With 16 digits behind the point, or as many as the sum has; the server's own average has 16 digits in all. */
function decimalAverage(operand: OperationNode): OperationNode {
  const exact = template`sum(${operand}) / nullif(cast(count(${operand}) as numeric(38, 16)), 0)`;
  return template`round(${exact}, greatest(16, scale(sum(${operand}))))`;
}

/** Of two parameters the server cannot tell the type; both are counts of rows then. */
function arithmetic(left: OperationNode, operator: "+" | "-", right: OperationNode): OperationNode {
  const first = ValueNode.is(left) && ValueNode.is(right) ? template`cast(${left} as bigint)` : left;
  return operator === "+" ? template`${first} + ${right}` : template`${first} - ${right}`;
}

/** What the server has no smallest and largest of: truth values, identifiers, bytes. */
function aggregate(
  name: AggregateName,
  type: ColumnType,
): string | ((operand: OperationNode) => OperationNode) | undefined {
  if (name === "avg") return type.kind === "decimal" ? decimalAverage : undefined;
  if (name !== "min" && name !== "max") return undefined;
  const min = name === "min";
  switch (type.kind) {
    case "boolean":
      return min ? "bool_and" : "bool_or";
    case "uuid":
      return (operand) =>
        min
          ? template`cast(min(cast(${operand} as text) collate "C") as uuid)`
          : template`cast(max(cast(${operand} as text) collate "C") as uuid)`;
    case "binary":
      return (operand) =>
        min
          ? template`decode(min(encode(${operand}, 'hex') collate "C"), 'hex')`
          : template`decode(max(encode(${operand}, 'hex') collate "C"), 'hex')`;
    default:
      return undefined;
  }
}
