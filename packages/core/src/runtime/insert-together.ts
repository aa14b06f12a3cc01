import type { Capabilities } from "../adapter/capabilities.ts";
import type { ColumnInfo } from "../model/model-info.ts";
import type { SchemaEntry } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { withCondition, type OrderState, type QueryState } from "../query/query-state.ts";
import { columnNode } from "../query/resolve-column.ts";
import { fetchRows } from "./fetch-rows.ts";
import { executeInsert } from "./insert-statement.ts";
import { atMost, fetchOne } from "./read.ts";
import type { Reader } from "./reader.ts";
import { transact } from "./transact.ts";
import { unscoped } from "./unscoped.ts";
import type { RowValues } from "./row-values.ts";

/**
 * Whether rows whose key the engine counts may share a statement: the transaction has to see one state of the database and its own
 * writes. A first read settles that state, so that what appears in the table afterwards is this transaction's.
 */
export async function canInsertTogether(reader: Reader, entry: SchemaEntry): Promise<boolean> {
  const { core, transaction } = reader.session;
  if (core.adapter.capabilities.firstCounted === undefined || countedKey(entry) === undefined) return false;
  if (transaction?.open().connection.seesOneState?.() !== true) return false;
  await fetchOne(reader, unscoped(core.stateOf(entry)));
  return true;
}

/**
 * Inserts rows with one statement and reads them from the first key on that the engine counted for it. No keys are taken to be
 * neighbours, which is why one row more is asked for: when there are as many rows as were inserted, all of them are of this statement,
 * in its order, since the engine counts upwards. `undefined` when there are not: then nothing is inserted.
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
      const state = fromFirstCounted(unscoped(session.core.stateOf(entry)), key, session.core.adapter.capabilities);
      // Both are sent at once, so that no other statement of the transaction comes in between.
      const inserting = executeInsert(inside, entry, rows, undefined, "nothing");
      const reading = Promise.resolve(fetchRows(inside, atMost(state, rows.length + 1)));
      reading.catch(() => undefined);
      await inserting;
      const found = await reading;
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

/** The rows from the first key of the last insert on, in the order of the key. */
function fromFirstCounted(state: QueryState, column: ColumnInfo, { firstCounted = "" }: Capabilities): QueryState {
  const left = columnNode(state.entry.info, column, state.alias);
  const right = { kind: "raw", texts: [firstCounted], operands: [] } as const;
  const condition: Expression = { kind: "comparison", left, operator: ">=", right };
  const order: OrderState = { expression: left, direction: "asc", nulls: undefined, column };
  return { ...withCondition(state, condition), key: `${state.key}\nF`, orderBy: [order] };
}
