import { assertNever } from "@mortise/core/adapter";
import type { RowProbe } from "@mortise/core/state";

/** The query that counts the rows of a probe; `quote` is how the engine spells a name. */
export function rowProbeText(probe: RowProbe, quote: (name: string) => string): string {
  const table = probe.namespace === undefined ? quote(probe.table) : `${quote(probe.namespace)}.${quote(probe.table)}`;
  const { rows } = probe;
  switch (rows.of) {
    case "all":
      return `select count(*) from ${table}`;
    case "null":
      return `select count(*) from ${table} where ${quote(rows.column)} is null`;
    case "notNull":
      return `select count(*) from ${table} where ${quote(rows.column)} is not null`;
    case "duplicates": {
      const columns = rows.columns.map(quote);
      const known = columns.map((column) => `${column} is not null`).join(" and ");
      const groups = `select count(*) as n from ${table} where ${known} group by ${columns.join(", ")} having count(*) > 1`;
      return `select coalesce(sum(n), 0) from (${groups}) as twins`;
    }
    default:
      return assertNever(rows);
  }
}
