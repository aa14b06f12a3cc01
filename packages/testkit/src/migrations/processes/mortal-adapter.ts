import type { Adapter } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import type { Fate } from "./fate.ts";

/** The adapter with connections on which a statement is the last one. */
export function mortalConnections<Compiled>(adapter: Adapter<Compiled>, fate: Fate): Adapter<Compiled> {
  const seen = new WeakSet<object>();
  return {
    ...adapter,
    connect: async (...given) => {
      const source = await adapter.connect(...given);
      const acquire = source.acquire.bind(source);
      source.acquire = async (...wanted) => {
        const connection = await acquire(...wanted);
        if (seen.has(connection)) return connection;
        seen.add(connection);
        const execute = connection.execute.bind(connection);
        connection.execute = (compiled, ...rest) =>
          fate.meets(compiled) ? fate.fulfil(() => execute(compiled, ...rest)) : execute(compiled, ...rest);
        return connection;
      };
      return source;
    },
  };
}

/** The adapter with a schema adapter on which a statement is the last one, where statements of migrations are commands and no queries. */
export function mortalCommands<Compiled>(adapter: Adapter<Compiled>, fate: Fate): Adapter<Compiled> {
  return { ...adapter, openSchema: async (handle) => mortalSchema(await adapter.openSchema(handle), fate) };
}

function mortalSchema(schema: SchemaAdapter, fate: Fate): SchemaAdapter {
  return {
    ...schema,
    run: (statement) => {
      const send = (): Promise<void> => schema.run(statement);
      return fate.meets(schema.describe(statement)) ? fate.fulfil(send) : send();
    },
    atomic: (body) => schema.atomic((inside) => body(mortalSchema(inside, fate))),
    lock: (name, body, options) => schema.lock(name, (held) => body(mortalSchema(held, fate)), options),
  };
}
