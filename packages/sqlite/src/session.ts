import type { Connection, MortiseError } from "@mortise/core/adapter";

/** SQL text on one connection; what goes wrong comes as a `MortiseError`. */
export interface Session {
  /** `longest` is how many milliseconds it may wait for other connections, where that is less than the connection's own patience. */
  run(sql: string, longest?: number): Promise<void>;
  /** `columns` is how many the rows have. */
  query(sql: string, columns: number): Promise<readonly (readonly unknown[])[]>;
}

/** What the adapter lends its migration side: its raw statements and its way of telling errors. */
export interface SessionTools<Compiled> {
  /** Compiles SQL text that takes no values; `columns` is 0 for a statement without rows. */
  compileText(sql: string, columns: number): Compiled;
  toError(cause: unknown): MortiseError;
}

export function sessionOn<Compiled>(connection: Connection<Compiled>, tools: SessionTools<Compiled>): Session {
  const execute = async (sql: string, columns: number, timeout?: number): Promise<readonly (readonly unknown[])[]> => {
    try {
      const control = timeout === undefined ? undefined : { signal: undefined, timeout };
      return (await connection.execute(tools.compileText(sql, columns), [], control)).rows;
    } catch (error) {
      throw tools.toError(error);
    }
  };
  return {
    run: async (sql, longest) => void (await execute(sql, 0, longest)),
    query: (sql, columns) => execute(sql, columns),
  };
}
