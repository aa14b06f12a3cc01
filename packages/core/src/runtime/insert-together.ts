import type { ColumnInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { Appender, withCondition, type OrderState, type QueryState } from "../query/query-state.ts";
import { columnNode, placeOfColumn } from "../query/resolve-column.ts";
import { fetchRows } from "./fetch-rows.ts";
import { executeInsert } from "./insert-statement.ts";
import { atMost, fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { transact } from "./transact.ts";
import { unscoped } from "./unscoped.ts";
import type { RowValues } from "./write-values.ts";

/**
 * Whether rows whose key the engine counts may share a statement: the transaction has to see one state of the database and its own
 * writes. A first read settles that state, so that what appears in the table afterwards is this transaction's.
 */
export async function canInsertTogether(reader: Reader, entry: SchemaEntry): Promise<boolean> {
  const { core, transaction } = reader.session;
  if (countedKey(entry) === undefined || transaction?.open().connection.seesOneState?.() !== true) return false;
  await fetchOne(reader, unscoped(core.stateOf(entry)));
  return true;
}

/**
 * Inserts rows with one statement and reads them from the first id on, which the engine tells. That no ids are taken to be neighbours
 * is why one row more is asked for: when there are as many rows as were inserted, all of them are ours, in the order of the statement,
 * since the engine counts upwards. `undefined` when there are not: then nothing is inserted.
 */
export async function insertTogether(
  reader: Reader,
  entry: SchemaEntry,
  rows: readonly RowValues[],
): Promise<readonly object[] | undefined> {
  const key = countedKey(entry);
  if (key === undefined) return undefined;
  try {
    return await transact(reader.session, async (session) => {
      const inside = { ...reader, session };
      const { insertId } = await executeInsert(inside, entry, rows, undefined, "nothing");
      const state = unscoped(session.core.stateOf(entry));
      const found = await fetchRows(inside, atMost(fromKey(state, key, insertId), rows.length + 1));
      if (found.length !== rows.length) throw new NotAlone();
      return found;
    });
  } catch (error) {
    if (error instanceof NotAlone) return undefined;
    throw error;
  }
}

/** Takes back an insert whose rows cannot be told from others; never leaves this file. */
class NotAlone extends Error {}

/** The primary key, where it is one column that the engine counts. */
function countedKey({ info: { primaryKey } }: SchemaEntry): ColumnInfo | undefined {
  const [column, another] = primaryKey;
  return another === undefined && column?.definition.increment === true ? column : undefined;
}

/** The rows from a key on, in its order. */
function fromKey(state: QueryState, column: ColumnInfo, first: unknown): QueryState {
  const { info } = state.entry;
  const to = new Appender(state);
  to.key += `&c${column.index}>=?o`;
  const left = columnNode(info, column, state.alias);
  const right = { kind: "parameter", slot: to.slot(first), place: placeOfColumn(info, column) } as const;
  const condition: Expression = { kind: "comparison", left, operator: ">=", right };
  const order: OrderState = { expression: left, direction: "asc", nulls: undefined, column };
  return { ...withCondition(state, condition), key: to.key, values: to.values, orderBy: [order] };
}
