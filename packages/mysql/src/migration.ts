import type { AdapterHandle } from "@mortise/core/adapter";
import type { Change, SchemaAdapter, TableState } from "@mortise/core/state";
import { renderWith } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import type { Server } from "./server.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { foldName } from "./spelling.ts";
import { supports } from "./supports.ts";

/** What the adapter lends its migration side. */
export interface SchemaTools<Compiled> extends SessionTools<Compiled> {
  readonly server: Server;
}

/** Runs a body with a session: on the handle's connection, or on the one that holds the lock. */
type WithSession = <T>(body: (session: Session) => Promise<T>) => Promise<T>;

/** The migration side of the MySQL adapter. Its statements are SQL text; each of them commits by itself. */
export function mysqlSchema<Compiled>(
  handle: Pick<AdapterHandle<Compiled>, "withConnection">,
  tools: SchemaTools<Compiled>,
): SchemaAdapter<string> {
  return schemaAdapter(
    (body) => handle.withConnection((connection) => body(sessionOn(connection, tools))),
    tools.server,
  );
}

function schemaAdapter(withSession: WithSession, server: Server): SchemaAdapter<string> {
  return {
    name: server.name,
    stepsCommit: true,
    inspect: () => withSession((session) => inspect(session, server)),
    normalise: (state) => withSession((session) => normaliseState(state, session, server)),
    foldName,
    supports: (change) => supports(change, server),
    rewrite,
    render: renderWith(server),
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    lock: (name, body) =>
      withSession((session) =>
        lockDatabase(session, name, () => body(schemaAdapter((inner) => inner(session), server))),
      ),
    close: async () => undefined,
  };
}

/** A foreign key to a table that is made later is added when both are there. */
function rewrite(changes: readonly Change[]): readonly Change[] {
  const later = new Set(changes.flatMap((change) => (change.kind === "createTable" ? [change.table.name] : [])));
  const added: Change[] = [];
  const rewritten = changes.map((change): Change => {
    if (change.kind !== "createTable") return change;
    const { table } = change;
    later.delete(table.name);
    const isLate = ({ references }: TableState["foreignKeys"][number]) => later.has(references.table);
    const place = { table: table.name, namespace: table.namespace };
    for (const foreignKey of table.foreignKeys.filter(isLate))
      added.push({ kind: "addForeignKey", ...place, foreignKey });
    return { ...change, table: { ...table, foreignKeys: table.foreignKeys.filter((key) => !isLate(key)) } };
  });
  return [...rewritten, ...added];
}
