import { applyConvention } from "../model/naming.ts";
import type { MorphInfo } from "../model/relation.ts";
import { derivedName } from "./names.ts";
import type { CheckState } from "./schema-state.ts";

/**
 * What holds an arc to one target: exactly one of its keys is set, or at most one where it is nullable. It is named after the
 * relation, so that an arc with another target replaces its check.
 *
 * `case when {0} is null then 0 else 1 end + case when {1} is null then 0 else 1 end = 1`
 */
export function arcCheck({ name, source, branches, nullable }: MorphInfo): CheckState {
  const columns = branches.flatMap(({ from }) => from.map(({ databaseName }) => databaseName));
  let at = 0;
  const keys = branches.map(({ from }) => from.map(() => `{${at++}}`));
  const set = keys.map((key) => `case when ${isNull(key)} then 0 else 1 end`).join(" + ");
  const whole = keys.filter((key) => key.length > 1).map((key) => ` and (${isNull(key)} or ${isSet(key)})`);
  const expression = `${set} ${nullable ? "<=" : "="} 1${whole.join("")}`;
  const part = applyConvention(name, source.options.databaseCaseConvention);
  return { name: derivedName(source.table, [part], "check"), expression, columns };
}

function isNull(key: readonly string[]): string {
  return key.map((column) => `${column} is null`).join(" and ");
}

function isSet(key: readonly string[]): string {
  return key.map((column) => `${column} is not null`).join(" and ");
}

/** A check in the words of a database: its columns quoted as `quote` does. */
export function spelledCheck({ name, expression, columns }: CheckState, quote: (name: string) => string): CheckState {
  if (columns === undefined) return { name, expression };
  return { name, expression: expression.replaceAll(/\{(\d+)\}/g, (_, at: string) => quote(columns[Number(at)] ?? "")) };
}
