import type { AdapterHandle } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";
import { render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { supports } from "./supports.ts";

/** Runs a body with a session: on the handle's connection, or on the one that holds the lock. */
type WithSession = <T>(body: (session: Session) => Promise<T>) => Promise<T>;

/** The migration side of the PostgreSQL adapter. Its statements are SQL text. */
export function postgresSchema<Compiled>(
  handle: Pick<AdapterHandle<Compiled>, "withConnection">,
  tools: SessionTools<Compiled>,
): SchemaAdapter<string> {
  return schemaAdapter((body) => handle.withConnection((connection) => body(sessionOn(connection, tools))));
}

function schemaAdapter(withSession: WithSession): SchemaAdapter<string> {
  return {
    name: "PostgreSQL",
    inspect: (scope) => withSession((session) => inspect(session, scope)),
    normalise: (state) => withSession((session) => normaliseState(session, state)),
    foldName: (name) => name,
    supports,
    render,
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    lock: (name, body) =>
      withSession((session) => lockDatabase(session, name, (inside) => body(schemaAdapter((inner) => inner(inside))))),
    close: async () => undefined,
  };
}
