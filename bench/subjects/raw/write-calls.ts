import { newName, newNote, newNotes, userKey, type NewNote } from "../../workloads/inputs.ts";
import type { Call, Calls } from "../../workloads/workload.ts";
import { userOf } from "./read-calls.ts";
import { instantOf, rowOf, textOfInstant, type RawStatement, type Use } from "./statement.ts";

interface NoteRow {
  readonly id: number;
  readonly user_id: number;
  readonly body: string;
  readonly is_open: number;
  readonly created_at: string;
}

const insertNote =
  "insert into notes (user_id, body, is_open, created_at) values (?, ?, ?, ?) returning id, user_id, body, is_open, created_at";

/** The workloads that write, by hand. */
export function writeCalls(use: Use): Calls {
  const insert = use(insertNote);
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

function insert1k(use: Use): Call {
  const inTransaction = transactions(use);
  const insert = use(insertNote);
  return (turn) =>
    inTransaction(() => {
      const statement = insert();
      return newNotes(turn).map((note) => insertOne(statement, note));
    });
}

/** Reads, inserts, updates twice and deletes. */
function transaction(use: Use): Call {
  const inTransaction = transactions(use);
  const oneUser = use("select id, name, email, is_active, created_at from users where id = ?");
  const insert = use(insertNote);
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
