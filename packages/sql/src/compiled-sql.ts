import type { PlannedQuery, ResultType } from "@mortise/core/adapter";
import type { QueryCompiler } from "kysely";
import type { Bind } from "./bind.ts";
import type { Dialect } from "./dialect.ts";
import { needsExactIntegers } from "./exact-integers.ts";
import { bindsOf } from "./lower/bind-node.ts";
import type { ListWriting } from "./lower/lowering.ts";
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
  /** Positions of the result columns that may hold them; any may where there are none said. */
  readonly exactColumns?: readonly number[];
  /** At most one row comes back. */
  readonly single?: boolean;
  /** Whether the driver should keep the prepared statement for the next time. */
  readonly reusable: boolean;
  /** The same statement with its lists written out, where that is faster. */
  readonly writtenOut?: WrittenOut;
}

/** The texts of a statement by how long its lists are. */
interface WrittenOut {
  /** The slots of the lists. */
  readonly slots: readonly number[];
  readonly sizes: readonly number[];
  /** The statement for lists of so many values. */
  readonly ofSize: (size: number) => CompiledSql;
}

function isUntyped(result: ResultType): boolean {
  if (result.kind !== "column") return result.kind === "raw";
  const { kind } = result.place.type;
  return kind === "any" || kind === "specific";
}

const queryId = { queryId: "mortise" };

/** Lowers and compiles a planned query. Pure: the same query gives the same text. */
export function compileSql(query: PlannedQuery, dialect: Dialect, compiler: QueryCompiler): CompiledSql {
  const lists = new Set<number>();
  const compiled = compileLists(query, dialect, compiler, { met: lists, size: undefined });
  const sizes = dialect.listSizes;
  if (sizes === undefined || lists.size === 0) return compiled;
  const texts = new Map<number, CompiledSql>();
  const ofSize = (size: number): CompiledSql => {
    const known = texts.get(size);
    if (known !== undefined) return known;
    const made = compileLists(query, dialect, compiler, { met: lists, size });
    texts.set(size, made);
    return made;
  };
  return Object.freeze({ ...compiled, writtenOut: { slots: [...lists], sizes, ofSize } });
}

/** The text to send for these values: with lists written out where they are neither empty nor too long. */
export function fittingText(compiled: CompiledSql, values: readonly unknown[]): CompiledSql {
  const { writtenOut } = compiled;
  if (writtenOut === undefined) return compiled;
  let longest = 1;
  for (const slot of writtenOut.slots) {
    const list = values[slot];
    if (!Array.isArray(list) || list.length === 0) return compiled;
    longest = Math.max(longest, list.length);
  }
  const size = writtenOut.sizes.find((one) => one >= longest);
  return size === undefined ? compiled : writtenOut.ofSize(size);
}

function compileLists(query: PlannedQuery, dialect: Dialect, compiler: QueryCompiler, lists: ListWriting): CompiledSql {
  const { sql, parameters } = compiler.compileQuery(lowerStatement(query.statement, dialect, lists), queryId);
  const { kind } = query.statement;
  const unknownColumns = kind === "rawStatement" || kind === "explain";
  const exactColumns = query.results.flatMap((result, at) => (needsExactIntegers(result) ? [at] : []));
  return Object.freeze({
    sql,
    binds: bindsOf(parameters),
    access: query.access,
    namedColumns: unknownColumns,
    untyped: query.results.flatMap((result, at) => (isUntyped(result) ? [at] : [])),
    exactIntegers: unknownColumns || exactColumns.length > 0,
    ...(!unknownColumns && { exactColumns }),
    single: query.single === true,
    reusable: true,
  });
}
