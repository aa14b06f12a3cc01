import { assertNever } from "@mortise/core/adapter";
import type { RowProbe } from "@mortise/core/state";

/** How an engine spells names and texts. */
export interface ProbeSpelling {
  readonly quoteName: (name: string) => string;
  readonly quoteText: (text: string) => string;
}

/** The query that counts the rows of a probe. */
export function rowProbeText(probe: RowProbe, { quoteName: quote, quoteText }: ProbeSpelling): string {
  const table = probe.namespace === undefined ? quote(probe.table) : `${quote(probe.namespace)}.${quote(probe.table)}`;
  const { rows } = probe;
  switch (rows.of) {
    case "all":
      return `select count(*) from ${table}`;
    case "null":
      return `select count(*) from ${table} where ${quote(rows.column)} is null`;
    case "notNull":
      return `select count(*) from ${table} where ${quote(rows.column)} is not null`;
    case "value":
      return `select count(*) from ${table} where ${quote(rows.column)} = ${quoteText(rows.value)}`;
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
