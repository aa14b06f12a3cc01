import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { rowProbeText, splitScript, sqlJournal } from "@mortise/sql";
import { isAlone, render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { renameIn } from "./rename-in.ts";
import { typesOf } from "./read-type.ts";
import { rewrite } from "./rewrite.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { quoteName, quoteText } from "./spelling.ts";
import { supports } from "./supports.ts";
import { locks, typeChange } from "./type-change.ts";

/** Runs a body with a session: on the handle's connection, or on the one that holds the lock. */
type WithSession = <T>(body: (session: Session) => Promise<T>) => Promise<T>;

/** The migration side of the PostgreSQL adapter. Its statements are SQL text. */
export function postgresSchema<Compiled>(
  handle: Pick<AdapterHandle<Compiled>, "withConnection">,
  tools: SessionTools<Compiled>,
): SchemaAdapter<string> {
  return schemaAdapter((body) => handle.withConnection((connection) => inUtc(sessionOn(connection, tools), body)));
}

/** Moments inside of expressions are read and printed in the zone of the session: the same for every migrator. */
async function inUtc<T>(session: Session, body: (session: Session) => Promise<T>): Promise<T> {
  const [[zone] = []] = await session.query("select current_setting('TimeZone')");
  if (zone === "UTC") return body(session);
  await session.run("set timezone to 'UTC'");
  try {
    return await body(session);
  } finally {
    await session.run(`set timezone to ${quoteText(String(zone))}`);
  }
}

const scriptRules = { backslashes: false, hashComments: false, dollarQuotes: true };

function schemaAdapter(withSession: WithSession): SchemaAdapter<string> {
  return {
    name: "PostgreSQL",
    inspect: (scope) => withSession((session) => inspect(session, scope)),
    normalise: (state) => withSession((session) => normaliseState(session, state)),
    typesOf,
    foldName: (name) => name,
    supports,
    rewrite,
    renameIn,
    render,
    isAlone,
    patternCheck: (column, pattern) => `${quoteName(column)} ~ ${quoteText(pattern)}`,
    typeChange,
    locks,
    journal: sqlJournal(
      {
        run: (sql) => withSession((session) => session.run(sql)),
        query: (sql) => withSession((session) => session.query(sql)),
      },
      { quoteName, quoteText, longText: "text" },
    ),
    script: (text) => splitScript(text, scriptRules),
    countRows: (probe) => withSession((session) => countRows(session, probe)),
    databaseName: () =>
      withSession(async (session) => String((await session.query("select current_database()"))[0]?.[0])),
    describe: (statement) => statement,
    run: (statement) => withSession((session) => session.run(statement)),
    atomic: (body) =>
      withSession((session) => session.transaction((inside) => body(schemaAdapter((inner) => inner(inside))), true)),
    lock: (name, body) =>
      withSession((session) => lockDatabase(session, name, () => body(schemaAdapter((inner) => inner(session))))),
    close: async () => undefined,
  };
}

async function countRows(session: Session, probe: RowProbe): Promise<number> {
  const [[count] = []] = await session.query(rowProbeText(probe, { quoteName, quoteText }));
  return Number(count);
}
