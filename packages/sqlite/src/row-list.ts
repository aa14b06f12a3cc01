import { assertNever } from "@mortise/core/adapter";
import { commaList, plainForm, template, unfoldGroups, type RowListDialect, type RowQuery } from "@mortise/sql";
import { RawNode, type OperationNode } from "kysely";
import { markedForm } from "./json-form.ts";
import { typeRow } from "./types.ts";

/** So many arguments does a function take at least, however SQLite was built. */
const groupSize = 100;

/**
 * The rows of a relation as JSON text, put together as text: a list inside a row is JSON already and is not read again.
 *
 * `select '[' || coalesce(group_concat("row", ','), '') || ']' from (select json_array(id, title) as "row" from posts where … order by …)`
 */
export const rowListDialect: RowListDialect = {
  formOf: (result) => {
    switch (result.kind) {
      case "column":
        return typeRow(result.place.type, result.place).json;
      case "flag":
        return plainForm;
      case "aggregate":
      case "raw":
        return markedForm;
      default:
        return assertNever(result);
    }
  },
  spell: (query) => {
    const isPlain = query.order.length === 0 && query.limit === undefined && query.offset === undefined;
    if (isPlain) return template`${query.unordered(joined(rowOf(query)))}`;
    return template`(select ${joined(template`"row"`)} from ${query.whole(rowOf(query))} as "rows")`;
  },
  unfold: (rows, type) => unfoldGroups(rows, type, groupSize),
};

function joined(row: OperationNode): OperationNode {
  return template`'[' || coalesce(group_concat(${row}, ','), '') || ']'`;
}

function rowOf({ columns, lists }: RowQuery): OperationNode {
  const groups: OperationNode[] = [];
  for (let from = 0; from < columns.length; from += groupSize) {
    groups.push(template`json_array(${commaList(columns.slice(from, from + groupSize))})`);
  }
  const [only] = groups;
  if (only !== undefined && groups.length === 1 && lists.length === 0) return only;
  const parts = [...groups, ...lists];
  return RawNode.create(["'[' || ", ...parts.slice(1).map(() => " || ',' || "), " || ']'"], parts);
}
