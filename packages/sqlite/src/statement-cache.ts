import type { CompiledSql } from "@mortise/sql";
import type { Database, Statement } from "better-sqlite3";

/** Rows come as arrays, in the order of the result columns. */
export type RowStatement = Statement<unknown[], unknown[]>;

const capacity = 500;

/** The prepared statements of one connection by their text; the oldest go when there are too many. */
export class StatementCache {
  readonly #database: Database;
  readonly #plain = new Map<string, RowStatement>();
  readonly #exact = new Map<string, RowStatement>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** A statement to be run to its end now: it is never found while it runs. */
  get(compiled: CompiledSql, exactIntegers: boolean = compiled.exactIntegers): RowStatement {
    const { sql, reusable } = compiled;
    const statements = exactIntegers ? this.#exact : this.#plain;
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = this.prepare({ sql, exactIntegers });
    if (reusable) keep(statements, sql, made);
    return made;
  }

  /** A statement of the caller's own, to be iterated. */
  prepare({ sql, exactIntegers }: Pick<CompiledSql, "sql" | "exactIntegers">): RowStatement {
    const statement = this.#database.prepare<unknown[], unknown[]>(sql);
    if (statement.reader) statement.raw(true);
    return exactIntegers ? statement.safeIntegers(true) : statement;
  }
}

function keep(statements: Map<string, RowStatement>, sql: string, statement: RowStatement): void {
  if (statements.size >= capacity) {
    for (const oldest of statements.keys()) {
      statements.delete(oldest);
      break;
    }
  }
  statements.set(sql, statement);
}
