import type { InsertFacts, ModelInfo } from "@mortise/core/adapter";
import { quoteName, quoteText } from "./spelling.ts";

/**
 * Asks whether a table stores rows as they are given: it is a plain one, without rules, policies and triggers that could change them
 * (https://www.postgresql.org/docs/current/catalog-pg-trigger.html: `tgtype` is 1 for each row, 2 before, 4 on insert).
 */
export function insertFactsQuery({ table, options }: ModelInfo): string {
  const path = options.schema === undefined ? "" : `${quoteName(options.schema)}.`;
  return `select c.relkind = 'r' and not c.relrowsecurity and not c.relhasrules
      and not exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal and t.tgtype & 7 = 7),
    (select json_agg(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and (a.atthasdef or a.attidentity <> ''))
    from pg_class c where c.oid = to_regclass(${quoteText(path + quoteName(table))})`;
}

/** The facts as the one row of the query has them. Sequences are shared, so that keys of one statement need not be neighbours. */
export function insertFactsOf([row]: readonly (readonly unknown[])[]): InsertFacts | undefined {
  const [isAsGiven, filled] = row ?? [];
  if (isAsGiven !== "t") return undefined;
  const names: unknown = typeof filled === "string" ? JSON.parse(filled) : [];
  return { step: undefined, filled: new Set(Array.isArray(names) ? names.map(String) : []) };
}
