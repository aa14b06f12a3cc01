import type { AdapterHandle } from "@mortise/core/adapter";
import type { RowProbe, SchemaAdapter } from "@mortise/core/state";
import { rowProbeText, splitScript, sqlJournal } from "@mortise/sql";
import { isAlone, render } from "./ddl.ts";
import { inspect } from "./introspect.ts";
import { clearLeftover } from "./leftover.ts";
import { holderOf, lockDatabase } from "./lock.ts";
import { normaliseState } from "./normalise.ts";
import { online } from "./online.ts";
import { renameIn } from "./rename-in.ts";
import { typesOf } from "./read-type.ts";
import { rewrite } from "./rewrite.ts";
import { sessionOn, type Session, type SessionTools } from "./session.ts";
import { quoteName, quoteText } from "./spelling.ts";
import { supports } from "./supports.ts";
import { locks, typeChange, waits } from "./type-change.ts";

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
    online,
    renameIn,
    render,
    isAlone,
    patternCheck: (column, pattern) => `${quoteName(column)} ~ ${quoteText(pattern)}`,
    typeChange,
    locks,
    waits,
    journal: sqlJournal(
      {
        run: (sql) => withSession((session) => session.run(sql)),
        query: (sql) => withSession((session) => session.query(sql)),
      },
      { quoteName, quoteText, longText: "text", hasNamespaces: true },
    ),
    script: (text) => splitScript(text, scriptRules),
    countRows: (probe) => withSession((session) => countRows(session, probe)),
    databaseName: () =>
      withSession(async (session) => String((await session.query("select current_database()"))[0]?.[0])),
    describe: (statement) => statement,
    run: (statement) =>
      withSession(async (session) => {
        await clearLeftover(session, statement);
        await session.run(statement);
      }),
    atomic: (body) =>
      withSession((session) => session.transaction((inside) => body(schemaAdapter((inner) => inner(inside))), true)),
    lock: (name, body, options) =>
      withSession((session) =>
        lockDatabase(session, name, () => body(schemaAdapter((inner) => inner(session))), options),
      ),
    holder: (name) => withSession((session) => holderOf(session, name)),
    lockHint:
      "Look for it with: select pid, state, xact_start, query from pg_stat_activity where xact_start is not null order by xact_start.",
    close: async () => undefined,
  };
}

async function countRows(session: Session, probe: RowProbe): Promise<number> {
  const [[count] = []] = await session.query(rowProbeText(probe, { quoteName, quoteText }));
  return Number(count);
}
