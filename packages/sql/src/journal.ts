import type { JournalEntry, JournalStore } from "@mortise/core/state";

interface JournalSession {
  run(sql: string): Promise<unknown>;
  query(sql: string, columns: number): Promise<readonly (readonly unknown[])[]>;
}

/** How an engine spells names and texts. */
interface JournalSpelling {
  readonly quoteName: (name: string) => string;
  readonly quoteText: (text: string) => string;
  /** The type that holds a text of any length. */
  readonly longText: string;
  /** Whether there are namespaces beside the connection's own. */
  readonly hasNamespaces: boolean;
}

/** The journal as a table, of the connection's own namespace unless another one is named. */
export function sqlJournal(session: JournalSession, spelling: JournalSpelling, namespace?: string): JournalStore {
  const { quoteName, quoteText, longText, hasNamespaces } = spelling;
  const place = namespace === undefined ? "" : `${quoteName(namespace)}.`;
  const spelled = (table: string): string => `${place}${quoteName(table)}`;
  const textOrNull = (text: string | undefined): string => (text === undefined ? "null" : quoteText(text));
  const named = (name: string): string => `name = ${quoteText(name)}`;
  return {
    ...(hasNamespaces ? { within: (other: string) => sqlJournal(session, spelling, other) } : {}),
    async create(table) {
      if (namespace !== undefined) await session.run(`create schema if not exists ${quoteName(namespace)}`);
      const texts = ["checksum", "done_hash", "made_at"].map((column) => `${column} varchar(64) not null`);
      const numbers = ["batch", "done", "total"].map((column) => `${column} int not null`);
      await session.run(
        `create table if not exists ${spelled(table)} (name varchar(255) not null primary key, ${[...numbers, ...texts].join(", ")}, found ${longText})`,
      );
      // A table of the first releases lacks it.
      const isWhole = await session.query(`select found from ${spelled(table)} where 1 = 0`, 1).then(
        () => true,
        () => false,
      );
      if (!isWhole) await session.run(`alter table ${spelled(table)} add column found ${longText}`);
    },
    async read(table) {
      const columns = "name, batch, done, total, checksum, done_hash, made_at, found";
      const rows = await session.query(`select ${columns} from ${spelled(table)} order by name`, 8);
      return rows.map(entryOf);
    },
    async insert(table, { name, batch, done, total, checksum, doneHash, madeAt, found }) {
      const texts = [checksum, doneHash, madeAt].map(quoteText);
      await session.run(
        `insert into ${spelled(table)} (name, batch, done, total, checksum, done_hash, made_at, found) ` +
          `values (${[quoteText(name), batch, done, total, ...texts, textOrNull(found)].join(", ")})`,
      );
    },
    async update(table, { name, done, total, checksum, doneHash, found }) {
      await session.run(
        `update ${spelled(table)} set done = ${done}, total = ${total}, checksum = ${quoteText(checksum)}, ` +
          `done_hash = ${quoteText(doneHash)}, found = ${textOrNull(found)} where ${named(name)}`,
      );
    },
    async remove(table, name) {
      await session.run(`delete from ${spelled(table)} where ${named(name)}`);
    },
  };
}

function entryOf([name, batch, done, total, checksum, doneHash, madeAt, found]: readonly unknown[]): JournalEntry {
  return {
    name: String(name),
    batch: Number(batch),
    done: Number(done),
    total: Number(total),
    checksum: String(checksum),
    doneHash: String(doneHash),
    madeAt: String(madeAt),
    found: typeof found === "string" ? found : undefined,
  };
}
