import { assertNever, type ResultType, type RowsType, type ValuePlace } from "@mortise/core/adapter";
import {
  commaList,
  template,
  type JsonForm,
  type RowListDialect,
  type RowListReader,
  type RowQuery,
} from "@mortise/sql";
import { OrderByNode, type OperationNode } from "kysely";
import { digitsForm, flagForm, textForm } from "./json-form.ts";
import type { Server } from "./server.ts";
import { typeRow } from "./types.ts";

/** What reading the rows of a relation takes; it is the same for every server. */
export const rowListReader: RowListReader = { formOf, unfold: sorted };

/**
 * The rows of a relation as JSON. An aggregate that takes no order has rows of a derived table, each with its number, which are sorted
 * when they are read.
 *
 * MySQL: ``select json_arrayagg(`row`) from (select json_array(id, title, row_number() over (order by …)) as `row` from posts where …)``
 *
 * MariaDB: `select json_arrayagg(json_array(id, title) order by … limit ?) from posts where …`
 */
export function rowListDialect(server: Server): RowListDialect {
  return { ...rowListReader, spell: server.orderedAggregates ? spellOrdered : spellNumbered };
}

/** A list longer than a packet is cut by the server, and what joins texts makes null of one that long. */
function spellOrdered(query: RowQuery): OperationNode {
  const list = listOf(template`${rowOf(query)}${clausesOf(query)}`);
  return template`${query.unordered(query.inside ? list : template`concat(${list}, '')`)}`;
}

function clausesOf({ order, limit, offset }: RowQuery): OperationNode {
  const ordered = order.length === 0 ? template`` : template` ${OrderByNode.create(order)}`;
  if (limit === undefined && offset === undefined) return ordered;
  const cut = template`${ordered} limit ${limit ?? template`18446744073709551615`}`;
  return offset === undefined ? cut : template`${cut} offset ${offset}`;
}

function spellNumbered(query: RowQuery): OperationNode {
  const { order, limit, offset, ordered } = query;
  if (order.length === 0 && limit === undefined && offset === undefined) {
    return template`${query.unordered(listOf(rowOf(query)))}`;
  }
  const number = ordered ? [template`row_number() over (${OrderByNode.create(order)})`] : [];
  return template`(select ${listOf(template`\`row\``)} from ${query.whole(rowOf(query, number))} as \`rows\`)`;
}

/** An empty list where there is no row, so that null is only ever a list that was too long for the server. */
function listOf(row: OperationNode): OperationNode {
  return template`coalesce(json_arrayagg(${row}), json_array())`;
}

function rowOf({ columns, lists }: RowQuery, further: readonly OperationNode[] = []): OperationNode {
  return template`json_array(${commaList([...columns, ...lists, ...further])})`;
}

/** Rows with their number behind everything else, in its order. */
function sorted(rows: unknown[][], { results, ordered }: RowsType): unknown[][] {
  const at = results.length;
  const isNumbered = ordered && rows[0] !== undefined && rows[0].length > at;
  return isNumbered ? rows.toSorted((left, right) => Number(left[at]) - Number(right[at])) : rows;
}

function formOf(result: Exclude<ResultType, RowsType>): JsonForm {
  switch (result.kind) {
    case "column":
      return typeRow(result.place.type, result.place).json;
    case "flag":
      return flagForm;
    case "raw":
      return textForm;
    case "aggregate":
      return result.name === "count" || result.place === undefined
        ? digitsForm
        : aggregateForm(result.name, result.place);
    default:
      return assertNever(result);
  }
}

/** Sums and averages are exact decimals, except of floating-point numbers. */
function aggregateForm(name: "sum" | "avg" | "min" | "max", place: ValuePlace): JsonForm {
  const { kind } = place.type;
  const isFloat = kind === "float" || kind === "double" || kind === "real";
  return isFloat || name === "min" || name === "max" ? typeRow(place.type, place).json : textForm;
}
