import type { Connection, MortiseError } from "@mortise/core/adapter";

/** SQL text on one connection; what goes wrong comes as a `MortiseError`. */
export interface Session {
  run(sql: string): Promise<void>;
  /** Values are read by the types of the columns. */
  query(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Runs a body in a transaction: an error takes everything back, and so does `keep: false`. */
  transaction<T>(body: (inside: Session) => Promise<T>, keep: boolean): Promise<T>;
}

/** What the adapter lends its migration side: its raw statements and its way of telling errors. */
export interface SessionTools<Compiled> {
  /** Compiles SQL text that takes no values; `columns` is 0 for a statement without rows. */
  compileText(sql: string, columns: number): Compiled;
  toError(cause: unknown): MortiseError;
}

export function sessionOn<Compiled>(
  connection: Connection<Compiled>,
  tools: SessionTools<Compiled>,
  depth = 0,
): Session {
  const attempt = async <T>(body: () => T | Promise<T>): Promise<T> => {
    try {
      return await body();
    } catch (error) {
      throw tools.toError(error);
    }
  };
  const execute = (sql: string, columns: number) =>
    attempt(async () => (await connection.execute(tools.compileText(sql, columns), [])).rows);
  const steps = transactionSteps(connection, depth);
  return {
    run: async (sql) => void (await execute(sql, 0)),
    query: (sql) => execute(sql, 1),
    async transaction(body, keep) {
      await attempt(steps.begin);
      try {
        const result = await body(sessionOn(connection, tools, depth + 1));
        await attempt(keep ? steps.commit : steps.rollback);
        return result;
      } catch (error) {
        // The first error is the one to tell; a connection that cannot roll back is not used again.
        await attempt(steps.rollback).catch(() => undefined);
        throw error;
      }
    },
  };
}

interface TransactionSteps {
  readonly begin: () => Promise<void>;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
}

/** A transaction inside another one is a savepoint. */
function transactionSteps<Compiled>(connection: Connection<Compiled>, depth: number): TransactionSteps {
  if (depth === 0) {
    return {
      begin: async () => connection.begin({}),
      commit: async () => connection.commit(),
      rollback: async () => connection.rollback(),
    };
  }
  const name = `mortise_schema_${depth}`;
  return {
    begin: async () => connection.savepoint(name),
    commit: async () => connection.releaseSavepoint(name),
    rollback: async () => {
      await connection.rollbackToSavepoint(name);
      await connection.releaseSavepoint(name);
    },
  };
}
