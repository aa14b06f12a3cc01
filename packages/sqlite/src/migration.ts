import { basename } from "node:path";
import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { rowProbeText, splitScript, sqlJournal } from "@mortise/sql";
import { render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { renameInExpression } from "./normal-text.ts";
import { normaliseState } from "./normalise.ts";
import { typesOf } from "./read-type.ts";
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
    lockIsTransaction: true,
    inspect: () => withSession((session) => inspect(session)),
    normalise: async (state) => normaliseState(state),
    typesOf,
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
      { quoteName, quoteText, longText: "text", hasNamespaces: false },
    ),
    script: (text) => splitScript(text, scriptRules),
    countRows: (probe) => withSession((session) => countRows(session, probe)),
    databaseName: () => withSession(fileName),
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    atomic: (body) => body(adapter),
    lock: (_name, body, options) =>
      withSession((session) =>
        lockDatabase(session, (inside) => body(schemaAdapter((inner) => inner(inside))), options),
      ),
    close: async () => undefined,
  };
  return adapter;
}

/** The name of the file, without its folders. */
async function fileName(session: Session): Promise<string> {
  const [[, , file] = []] = await session.query("PRAGMA database_list", 3);
  return typeof file === "string" && file !== "" ? basename(file) : ":memory:";
}

async function countRows(session: Session, probe: RowProbe): Promise<number> {
  const [[count] = []] = await session.query(rowProbeText(probe, { quoteName, quoteText }), 1);
  return Number(count);
}
