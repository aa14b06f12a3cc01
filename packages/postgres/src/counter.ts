import type { ColumnInfo, ModelInfo } from "@mortise/core/adapter";
import { template } from "@mortise/sql";
import { RawNode, type OperationNode } from "kysely";
import { quoteName, quoteText } from "./spelling.ts";

/**
 * Moves the counter of an identity column up to the number that a row was given, as the other engines do by themselves. Never back:
 * a short way is counted step by step, which is safe beside other writers; only a long one is jumped. The counter is looked up once
 * for each statement, and left alone where the table has none or the role may not move it.
 */
export function moveCounter(
  given: OperationNode,
  { databaseName }: ColumnInfo,
  { table, options }: ModelInfo,
): OperationNode {
  const owner = options.schema === undefined ? quoteName(table) : `${quoteName(options.schema)}.${quoteName(table)}`;
  const sequence = template`(select case when has_sequence_privilege(s, 'usage') and has_sequence_privilege(s, 'update') then cast(s as regclass) end from pg_get_serial_sequence(${text(owner)}, ${text(databaseName)}) as s)`;
  const way = template`select mortise_sequence, ${given} - coalesce(pg_sequence_last_value(mortise_sequence), 0) as mortise_way from (select ${sequence} as mortise_sequence) as mortise_counter where mortise_sequence is not null offset 0`;
  const steps = template`generate_series(1, case when mortise_way > 100 then 1 else mortise_way end) as mortise_step`;
  return template`(select max(case when mortise_way > 100 then setval(mortise_sequence, ${given}) else nextval(mortise_sequence) end) from (${way}) as mortise_counter, ${steps})`;
}

/** Names of the schema, never values. */
function text(name: string): OperationNode {
  return RawNode.createWithSql(quoteText(name));
}
