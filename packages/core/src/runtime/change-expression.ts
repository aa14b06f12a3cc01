import type { Adapter } from "../adapter/adapter.ts";
import { InvalidQueryError, InvalidValueError, UnsupportedError } from "../errors/errors.ts";
import type { ColumnChange } from "../model/column-change.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { Expression, ListChange, ValuePlace } from "../operation/expression.ts";
import { isNumeric } from "../query/aggregate-type.ts";
import type { Appender, QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";

/** What a column becomes by a change of what it holds. */
export function changeExpression(
  adapter: Pick<Adapter, "name" | "capabilities">,
  to: Appender,
  state: QueryState,
  column: ColumnInfo,
  { kind, values }: ColumnChange,
): Expression {
  const { info } = state.entry;
  const operand = columnNode(info, column, state.alias);
  to.key += `${kind}?`;
  if (kind === "inc") {
    if (!isNumeric(column)) throw unfit(info, column, kind, "a number");
    if (!["number", "bigint", "string"].includes(typeof values[0])) {
      throw new InvalidValueError(
        `Column "${column.property}" of model "${info.table}" can only be changed by a number.`,
        {
          model: info.table,
          column: column.property,
        },
      );
    }
    const right: Expression = { kind: "parameter", slot: to.slot(values[0]), place: placeOfColumn(info, column) };
    return { kind: "arithmetic", left: operand, operator: "+", right };
  }
  refuseLack(adapter, info, kind);
  if (values.includes(undefined)) {
    throw new InvalidValueError(
      `${kind} of column "${column.property}" of model "${info.table}" was given undefined. Leave it out.`,
      { model: info.table, column: column.property },
    );
  }
  const place = entryPlace(info, column, kind);
  return { kind: "listChange", change: kind, operand, entries: { kind: "list", slot: to.slot(values), place } };
}

function refuseLack({ name, capabilities }: Pick<Adapter, "name" | "capabilities">, info: ModelInfo, kind: string) {
  if (capabilities.listEntries) return;
  throw new UnsupportedError({
    capability: `${kind} in an update`,
    adapter: name,
    alternative: "Read the list in a transaction, change it and update it whole.",
    model: info.table,
  });
}

/** How an entry is stored: by the type that the list was declared with, or as a part of a document. */
function entryPlace(info: ModelInfo, column: ColumnInfo, kind: ListChange): ValuePlace {
  const { type, prepare } = column.definition;
  const isDocument = type.kind === "json" || type.kind === "jsonb";
  if (prepare !== undefined || (type.kind !== "array" && !isDocument)) {
    throw unfit(info, column, kind, "a list whose entries are stored one by one");
  }
  return {
    type: type.kind === "array" ? type.inner : type,
    nullable: true,
    model: info.table,
    column: column.property,
  };
}

function unfit(info: ModelInfo, column: ColumnInfo, kind: string, needed: string): InvalidQueryError {
  return new InvalidQueryError(
    `${kind} needs a column that holds ${needed}, and "${column.property}" of model "${info.table}" does not.`,
    { model: info.table, column: column.property },
  );
}
