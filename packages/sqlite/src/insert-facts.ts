import type { InsertFacts, ModelInfo } from "@mortise/core/adapter";
import type { Database } from "better-sqlite3";
import { quoteName } from "./spelling.ts";
import { typeRow } from "./types.ts";

/** A column as `pragma_table_xinfo` tells of it. */
interface StoredColumn {
  readonly name: string;
  readonly type: string;
  readonly default: string | null;
  /** Not 0 where the database computes it. */
  readonly hidden: number;
}

/**
 * Whether a table stores rows as they are given: it has no triggers, and its columns keep the values that we bind, which a column of
 * another affinity would convert (https://www.sqlite.org/datatype3.html#type_affinity). Only `autoincrement` counts upwards for ever.
 */
export function insertFactsOf(database: Database, model: ModelInfo): InsertFacts | undefined {
  const { table, columns, options } = model;
  if (options.schema !== undefined) return undefined;
  const named = "lower(tbl_name) = lower(?)";
  const triggers = database.prepare<[string, string], { readonly name: string }>(
    `select name from sqlite_schema where type = 'trigger' and ${named}
     union all select name from sqlite_temp_schema where type = 'trigger' and ${named}`,
  );
  if (triggers.get(table, table) !== undefined) return undefined;
  const declaration = database
    .prepare<[string], { readonly sql: string }>(`select sql from sqlite_schema where type = 'table' and ${named}`)
    .get(table)?.sql;
  if (declaration === undefined || /^create\s+virtual/i.test(declaration)) return undefined;
  const stored = database
    .prepare<[string], StoredColumn>(
      `select name, type, dflt_value as "default", cast(hidden as real) as hidden from pragma_table_xinfo(?)`,
    )
    .all(table);
  const kept = [...columns.values()].every(({ databaseName, property, definition }) => {
    const { storage } = typeRow(definition.type, { ...definition, model: table, column: property });
    const type = stored.find(({ name }) => name.toLowerCase() === databaseName.toLowerCase())?.type;
    return type !== undefined && affinityOf(type) === affinityOf(storage);
  });
  if (!kept) return undefined;
  const filled = stored.filter((column) => (column.default ?? "null").toLowerCase() !== "null" || column.hidden !== 0);
  const isCertain = countsUpwards(database, model, declaration);
  return { filled: new Set(filled.map(({ name }) => name)), step: isCertain ? 1 : undefined };
}

/**
 * Whether the next numbers are known to follow the last one. Without `autoincrement` a table whose last number is taken counts on
 * anywhere (https://www.sqlite.org/autoinc.html), and the driver tells no number beyond 2^53 exactly.
 */
function countsUpwards(database: Database, { table, primaryKey }: ModelInfo, declaration: string): boolean {
  const [key] = primaryKey;
  if (key?.definition.type.kind === "bigInteger") return false;
  if (key === undefined || /\bautoincrement\b/i.test(declaration)) return true;
  const highest = database.prepare<[], { readonly high: unknown }>(
    `select max(${quoteName(key.databaseName)}) as high from ${quoteName(table)}`,
  );
  return Number(highest.get()?.high ?? 0) <= Number.MAX_SAFE_INTEGER;
}

function affinityOf(declared: string): string {
  const rules = [
    [/int/i, "integer"],
    [/char|clob|text/i, "text"],
    [/blob|^$/i, "blob"],
    [/real|floa|doub/i, "real"],
  ] as const;
  return rules.find(([pattern]) => pattern.test(declared))?.[1] ?? "numeric";
}
