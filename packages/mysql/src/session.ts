import type { Connection, MortiseError } from "@mortise/core/adapter";

/** SQL text on one connection; what goes wrong comes as a `MortiseError`. */
export interface Session {
  run(sql: string): Promise<void>;
  /** `columns` is how many the rows have. */
  query(sql: string, columns: number): Promise<readonly (readonly unknown[])[]>;
  /** Runs statements of this session in a transaction: an error takes all of them back. */
  transaction(body: () => Promise<void>): Promise<void>;
}

/** What the adapter lends its migration side: its raw statements and its way of telling errors. */
export interface SessionTools<Compiled> {
  /** Compiles SQL text that takes no values; `columns` is 0 for a statement without rows. */
  compileText(sql: string, columns: number): Compiled;
  toError(cause: unknown): MortiseError;
}

export function sessionOn<Compiled>(connection: Connection<Compiled>, tools: SessionTools<Compiled>): Session {
  const attempt = async <T>(step: () => T | Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (error) {
      throw tools.toError(error);
    }
  };
  const execute = (sql: string, columns: number): Promise<readonly (readonly unknown[])[]> =>
    attempt(async () => (await connection.execute(tools.compileText(sql, columns), [])).rows);
  return {
    run: async (sql) => void (await execute(sql, 0)),
    query: execute,
    async transaction(body) {
      await attempt(() => connection.begin({}));
      try {
        await body();
        await attempt(() => connection.commit());
      } catch (error) {
        // The first error is the one to tell; a connection that cannot roll back is not used again.
        await attempt(() => connection.rollback()).catch(() => undefined);
        throw error;
      }
    },
  };
}
