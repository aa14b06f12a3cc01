import type { AdapterHandle } from "@mortise/core/adapter";
import type { Change, SchemaAdapter } from "@mortise/core/state";
import { render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { foldName } from "./spelling.ts";
import { supports } from "./supports.ts";

/** Runs a body with a session: on the handle's connection, or on the one that holds the lock. */
type WithSession = <T>(body: (session: Session) => Promise<T>) => Promise<T>;

/** The migration side of the SQLite adapter. Its statements are SQL text. */
export function sqliteSchema<Compiled>(
  handle: Pick<AdapterHandle<Compiled>, "withConnection">,
  tools: SessionTools<Compiled>,
): SchemaAdapter<string> {
  return schemaAdapter((body) => handle.withConnection((connection) => body(sessionOn(connection, tools))));
}

function schemaAdapter(withSession: WithSession): SchemaAdapter<string> {
  return {
    name: "SQLite",
    inspect: () => withSession((session) => inspect(session)),
    normalise: async (state) => normaliseState(state),
    foldName,
    supports,
    rewrite,
    render,
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    lock: (_name, body) =>
      withSession((session) => lockDatabase(session, () => body(schemaAdapter((inner) => inner(session))))),
    close: async () => undefined,
  };
}

/** SQLite adds a foreign key to an existing table only together with its column. */
function rewrite(changes: readonly Change[]): readonly Change[] {
  const merged = new Set<Change>();
  const rewritten = changes.map((change) => {
    if (change.kind !== "addColumn" || change.foreignKey !== undefined) return change;
    const key = changes.find(
      (other) =>
        other.kind === "addForeignKey" &&
        other.table === change.table &&
        other.foreignKey.columns.length === 1 &&
        other.foreignKey.columns[0] === change.column.name,
    );
    if (key?.kind !== "addForeignKey") return change;
    merged.add(key);
    return { ...change, foreignKey: key.foreignKey };
  });
  return rewritten.filter((change) => !merged.has(change));
}
