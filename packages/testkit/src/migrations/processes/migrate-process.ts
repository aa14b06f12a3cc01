import process from "node:process";
import { col, createDatabase, createSchema, defineModel, type AnySchema } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { migrate, push } from "@mortise/migrator";

/** What a process is told. */
export interface Orders {
  /** Makes the migrations of the folder; without one it pushes tables. */
  readonly directory?: string;
  /** Waits until then, so that several begin together. */
  readonly startAt?: number;
  /** Dies at the statement of this migration: before it is sent, while it is on its way, or when it is answered. */
  readonly dies?: { readonly at: string; readonly when: "before" | "in" | "after"; readonly text: string };
}

/** A schema of so many tables, for processes that push. */
export const pushedTables = 5;

function pushedSchema(): AnySchema {
  const models = Array.from({ length: pushedTables }, (_, at) =>
    defineModel(`pushed_${at}`, { columns: { id: col.increment(), name: col.string({ unique: true }) } }),
  );
  return createSchema(Object.fromEntries(models.map((model) => [model.table, model])));
}

/** The body of a process that migrates; prints how much it made. */
export async function runOrders<Compiled>(
  adapter: Adapter<Compiled>,
  { directory, startAt = 0, dies }: Orders,
): Promise<void> {
  const mortal = dies?.when === "after" ? dyingAfter(adapter, dies.text) : adapter;
  await using db = createDatabase(directory === undefined ? pushedSchema() : createSchema({}), mortal);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, startAt - Date.now())));
  if (directory === undefined) {
    console.log((await push(db)).changes.length);
    return;
  }
  const onStatement = (_migration: string, statement: string): void => {
    if (statement !== dies?.text) return;
    if (dies.when === "before") die();
    if (dies.when === "in") setTimeout(die, 1);
  };
  console.log(
    (await migrate(db, { directory, onStatement, ...(dies === undefined ? {} : { to: dies.at }) })).migrations.length,
  );
}

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

/** The adapter with connections that end the process when a statement has been answered. */
function dyingAfter<Compiled>(adapter: Adapter<Compiled>, text: string): Adapter<Compiled> {
  return {
    ...adapter,
    connect: async (...given) => {
      const source = await adapter.connect(...given);
      const acquire = source.acquire.bind(source);
      source.acquire = async (...wanted) => {
        const connection = await acquire(...wanted);
        const execute = connection.execute.bind(connection);
        connection.execute = async (compiled, ...rest) => {
          const result = await execute(compiled, ...rest);
          if (JSON.stringify(compiled).includes(JSON.stringify(text).slice(1, -1))) die();
          return result;
        };
        return connection;
      };
      return source;
    },
  };
}
