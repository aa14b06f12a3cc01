import { assertNever } from "@mortise/core/adapter";
import { commaList, template, unfoldGroups, type RowListDialect, type RowQuery } from "@mortise/sql";
import type { OperationNode } from "kysely";
import { textForm, typedForm } from "./json-form.ts";
import { typeRow } from "./types.ts";

/**
 * The rows of a relation as JSON. The array of a query has its rows in their order, and is empty where there is none.
 *
 * `array_to_json(array(select array[cast(id as text), title] from posts where … order by …))`
 */
export const rowListDialect: RowListDialect = {
  formOf: (result) => {
    switch (result.kind) {
      case "column":
        return typeRow(result.place.type).json;
      case "flag":
      case "aggregate":
        return textForm;
      case "raw":
        return typedForm;
      default:
        return assertNever(result);
    }
  },
  spell: (query) => template`array_to_json(array${query.whole(rowOf(query))})`,
  unfold: unfoldGroups,
};

function rowOf({ columns, lists }: RowQuery): OperationNode {
  const row = template`array[${commaList(columns)}]`;
  return lists.length === 0 ? row : template`json_build_array(array_to_json(${row}), ${commaList(lists)})`;
}
