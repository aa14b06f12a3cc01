import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { rowProbeText, splitScript, sqlJournal } from "@mortise/sql";
import { renderWith } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { holderOf, lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { onlineRefusal, onlineWith } from "./online.ts";
import { renameIn } from "./rename-in.ts";
import { typesOf } from "./read-type.ts";
import { rewrite } from "./rewrite.ts";
import type { Server } from "./server.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { foldName, quoteName, quoteText } from "./spelling.ts";
import { supports } from "./supports.ts";
import { locks, typeChange, waits } from "./type-change.ts";

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

const scriptRules = { backslashes: true, hashComments: true, dollarQuotes: false };

function schemaAdapter(withSession: WithSession, server: Server): SchemaAdapter<string> {
  const adapter: SchemaAdapter<string> = {
    name: server.name,
    stepsCommit: true,
    inspect: () => withSession((session) => inspect(session, server)),
    normalise: (state) => withSession((session) => normaliseState(state, session, server)),
    typesOf,
    foldName,
    foldAction: (action) => (action === "restrict" ? "no action" : action),
    supports: (change) => supports(change, server),
    rewrite,
    online: onlineWith(server),
    renameIn,
    render: renderWith(server),
    patternCheck: (column, pattern) => `${quoteName(column)} regexp ${quoteText(pattern)}`,
    typeChange,
    locks,
    waits,
    journal: sqlJournal(
      {
        run: (sql) => withSession((session) => session.run(sql)),
        query: (sql, columns) => withSession((session) => session.query(sql, columns)),
      },
      { quoteName, quoteText, longText: "longtext", hasNamespaces: true },
    ),
    script: (text) => splitScript(text, scriptRules),
    countRows: (probe) => withSession((session) => countRows(session, probe)),
    databaseName: () => withSession(async (session) => String((await session.query("select database()", 1))[0]?.[0])),
    describe: (statement) => statement,
    run: (statement) =>
      withSession((session) =>
        session.run(statement).catch((error: unknown) => {
          throw onlineRefusal(error) ?? error;
        }),
      ),
    atomic: (body) => body(adapter),
    rowsAtomic: (body) => withSession((session) => session.transaction(body)),
    lock: (name, body, options) =>
      withSession((session) =>
        lockDatabase(session, name, () => body(schemaAdapter((inner) => inner(session), server)), options),
      ),
    holder: (name) => withSession((session) => holderOf(session, name)),
    lockHint:
      "Look for it with: select * from information_schema.innodb_trx, and show full processlist; a session that sleeps in an open " +
      "transaction holds what it read.",
    close: async () => undefined,
  };
  return adapter;
}

async function countRows(session: Session, probe: RowProbe): Promise<number> {
  const [[count] = []] = await session.query(rowProbeText(probe, { quoteName, quoteText }), 1);
  return Number(count);
}
