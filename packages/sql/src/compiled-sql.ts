import type { PlannedQuery, ResultType } from "@mortise/core/adapter";
import type { QueryCompiler } from "kysely";
import type { Bind } from "./bind.ts";
import type { Dialect } from "./dialect.ts";
import { needsExactIntegers } from "./exact-integers.ts";
import { bindsOf } from "./lower/bind-node.ts";
import { lowerStatement } from "./lower/statement.ts";

/** A statement ready to run many times: its text, and how the caller's values become its parameters. */
export interface CompiledSql {
  readonly sql: string;
  readonly binds: readonly Bind[];
  readonly access: "read" | "write";
  /** Nobody knows the result columns of raw text beforehand, so the driver has to name them. */
  readonly namedColumns: boolean;
  /** Positions of result columns whose type only the database knows. */
  readonly untyped?: readonly number[];
  /** The rows may hold integers beyond 2^53, which have to arrive exact. */
  readonly exactIntegers: boolean;
  /** At most one row comes back. */
  readonly single?: boolean;
  /** Whether the driver should keep the prepared statement for the next time. */
  readonly reusable: boolean;
}

function isUntyped(result: ResultType): boolean {
  if (result.kind !== "column") return result.kind === "raw";
  const { kind } = result.place.type;
  return kind === "any" || kind === "specific";
}

const queryId = { queryId: "mortise" };

/** Lowers and compiles a planned query. Pure: the same query gives the same text. */
export function compileSql(query: PlannedQuery, dialect: Dialect, compiler: QueryCompiler): CompiledSql {
  const { sql, parameters } = compiler.compileQuery(lowerStatement(query.statement, dialect), queryId);
  const { kind } = query.statement;
  const unknownColumns = kind === "rawStatement" || kind === "explain";
  return Object.freeze({
    sql,
    binds: bindsOf(parameters),
    access: query.access,
    namedColumns: unknownColumns,
    untyped: query.results.flatMap((result, at) => (isUntyped(result) ? [at] : [])),
    exactIntegers: unknownColumns || query.results.some(needsExactIntegers),
    single: query.single === true,
    reusable: true,
  });
}
