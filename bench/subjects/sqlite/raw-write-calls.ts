import { newName, newNote, newNotes, userKey, type NewNote } from "../../workloads/inputs.ts";
import type { Call, Calls } from "../../workloads/workload.ts";
import { userOf } from "./raw-read-calls.ts";
import { instantOf, rowOf, rowsOf, textOfInstant, type RawStatement, type Use } from "./statement.ts";

interface NoteRow {
  readonly id: number;
  readonly user_id: number;
  readonly body: string;
  readonly is_open: number;
  readonly created_at: string;
}

const noteColumns = "id, user_id, body, is_open, created_at";

/** Inserts so many notes; that is several times as fast as one statement for each. */
function insertNotes(count: number): string {
  const rows = Array.from({ length: count }, () => "(?, ?, ?, ?)").join(", ");
  return `insert into notes (user_id, body, is_open, created_at) values ${rows} returning ${noteColumns}`;
}

/** The workloads that write, by hand. */
export function writeCalls(use: Use): Calls {
  const insert = use(insertNotes(1));
  const rename = use("update users set name = ? where id = ?");
  return {
    insertOne: (turn) => insertOne(insert(), newNote(turn)),
    insert1k: insert1k(use),
    updateByKey: (turn) => rename().run(newName(turn), userKey(turn)).changes,
    transaction: transaction(use),
  };
}

function insertOne(statement: RawStatement, note: NewNote): object {
  return noteOf(rowOf(statement.get(note.userId, note.body, note.isOpen ? 1 : 0, textOfInstant(note.createdAt))));
}

const chunkSize = 50;

function insert1k(use: Use): Call {
  const inTransaction = transactions(use);
  const insert = use(insertNotes(chunkSize));
  return (turn) =>
    inTransaction(() => {
      const statement = insert();
      const notes = newNotes(turn);
      const stored: object[] = [];
      for (let at = 0; at < notes.length; at += chunkSize) {
        const values: unknown[] = [];
        for (const note of notes.slice(at, at + chunkSize)) {
          values.push(note.userId, note.body, note.isOpen ? 1 : 0, textOfInstant(note.createdAt));
        }
        for (const row of rowsOf<NoteRow>(statement.all(values))) stored.push(noteOf(row));
      }
      return stored;
    });
}

/** Reads, inserts, updates twice and deletes. */
function transaction(use: Use): Call {
  const inTransaction = transactions(use);
  const oneUser = use("select id, name, email, is_active, created_at from users where id = ?");
  const insert = use(insertNotes(1));
  const rename = use("update users set name = ? where id = ?");
  const close = use("update notes set is_open = ? where id = ?");
  const remove = use("delete from notes where id = ?");
  return (turn) =>
    inTransaction(() => {
      const user = userOf(rowOf(oneUser().get(userKey(turn))));
      const note = insertOne(insert(), newNote(turn));
      const id = Reflect.get(note, "id");
      const renamed = rename().run(newName(turn), userKey(turn)).changes;
      const closed = close().run(0, id).changes;
      return { user, note, renamed, closed, removed: remove().run(id).changes };
    });
}

function transactions(use: Use): <T>(body: () => T) => T {
  const begin = use("begin immediate");
  const commit = use("commit");
  const rollback = use("rollback");
  return (body) => {
    begin().run();
    try {
      const result = body();
      commit().run();
      return result;
    } catch (error) {
      rollback().run();
      throw error;
    }
  };
}

function noteOf(row: NoteRow): object {
  return {
    id: row.id,
    userId: row.user_id,
    body: row.body,
    isOpen: row.is_open === 1,
    createdAt: instantOf(row.created_at),
  };
}
