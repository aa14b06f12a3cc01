import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { rowProbeText, splitScript, sqlJournal } from "@mortise/sql";
import { render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { renameInExpression } from "./normal-text.ts";
import { normaliseState } from "./normalise.ts";
import { rewrite } from "./rewrite.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { foldName, quoteName, quoteText } from "./spelling.ts";
import { supports } from "./supports.ts";
import { locks, typeChange } from "./type-change.ts";

/** Runs a body with a session: on the handle's connection, or on the one that holds the lock. */
type WithSession = <T>(body: (session: Session) => Promise<T>) => Promise<T>;

/** The migration side of the SQLite adapter. Its statements are SQL text. */
export function sqliteSchema<Compiled>(
  handle: Pick<AdapterHandle<Compiled>, "withConnection">,
  tools: SessionTools<Compiled>,
): SchemaAdapter<string> {
  return schemaAdapter((body) => handle.withConnection((connection) => body(sessionOn(connection, tools))));
}

const scriptRules = { backslashes: false, hashComments: false, dollarQuotes: false };

function schemaAdapter(withSession: WithSession): SchemaAdapter<string> {
  const adapter: SchemaAdapter<string> = {
    name: "SQLite",
    inspect: () => withSession((session) => inspect(session)),
    normalise: async (state) => normaliseState(state),
    foldName,
    supports,
    rewrite,
    renameIn: renameInExpression,
    render,
    typeChange,
    locks,
    journal: sqlJournal(
      {
        run: (sql) => withSession((session) => session.run(sql)),
        query: (sql, columns) => withSession((session) => session.query(sql, columns)),
      },
      { quoteName, quoteText },
    ),
    script: (text) => splitScript(text, scriptRules),
    countRows: (probe) => withSession((session) => countRows(session, probe)),
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    atomic: (body) => body(adapter),
    lock: (_name, body) =>
      withSession((session) => lockDatabase(session, (inside) => body(schemaAdapter((inner) => inner(inside))))),
    close: async () => undefined,
  };
  return adapter;
}

async function countRows(session: Session, probe: RowProbe): Promise<number> {
  const [[count] = []] = await session.query(rowProbeText(probe, quoteName), 1);
  return Number(count);
}
