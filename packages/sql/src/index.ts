/** For authors of SQL adapters. Applications import the adapter of their database. */
export { createAsyncContext } from "./async-context.ts";
export { encodeBinds, scalarOf, type Bind, type Encode } from "./bind.ts";
export { createCipher, type Cipher } from "./cipher.ts";
export { fittingText, type CompiledSql } from "./compiled-sql.ts";
export type { DatabaseOf } from "./database-of.ts";
export type { Dialect, JsonDialect, LikeParts, Parameter } from "./dialect.ts";
export type { KyselyDoor } from "./kysely-door.ts";
export { bindNode } from "./lower/bind-node.ts";
export { template, commaList } from "./lower/template.ts";
export { ConnectionPool, poolSettingsOf, type PooledDriver, type PoolOptions, type PoolSettings } from "./pool.ts";
export { PooledSource } from "./pooled-source.ts";
export { resultDecoder, type ResultForms } from "./result-decoder.ts";
export {
  plainForm,
  rowListDecoder,
  unfoldGroups,
  type JsonForm,
  type RowListDialect,
  type RowListReader,
  type RowQuery,
} from "./row-list.ts";
export { sqlJournal } from "./journal.ts";
export { rowProbeText, type ProbeSpelling } from "./row-probe.ts";
export { splitScript } from "./split-script.ts";
export { sqlAdapter, type FailedStatement, type SqlAdapter, type SqlAdapterParts } from "./sql-adapter.ts";
