import type { Database, RegistryIn } from "@mortise/core";
import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../workloads/inputs.ts";
import { withCallers, type Call, type Calls } from "../../workloads/workload.ts";
import { relationCalls } from "./relation-calls.ts";
import { schema } from "./schema.ts";

export type Handle = Database<RegistryIn<typeof schema>>;

/** Mortise as an application uses it, the same on every engine: the caller prepares nothing. */
export function mortiseCalls(db: Handle): Calls {
  return withCallers({ ...readCalls(db), ...relationCalls(db), ...writeCalls(db), planMiss: planMiss(db) });
}

function readCalls(db: Handle): Calls {
  return {
    findByKey: (turn) => db.from(schema.users).find(userKey(turn)),
    list100: (turn) =>
      db
        .from(schema.users)
        .where("isActive", true)
        .where("id", ">", firstUser(turn, 200))
        .orderBy("id")
        .limit(100)
        .many(),
    wide1k: () => db.from(schema.wide).orderBy("id").limit(1000).many(),
    wide10k: () => db.from(schema.wide).orderBy("id").limit(10_000).many(),
    groupBy: (turn) =>
      db
        .from(schema.posts)
        .select("userId")
        .selectCount("posts")
        .selectSum("views", "views")
        .where("id", ">=", firstPost(turn % 100, 1000))
        .groupBy("userId")
        .orderBy("userId")
        .many(),
    planHit: (turn) => db.from(schema.settings).find(settingName(turn)),
  };
}

function writeCalls(db: Handle): Calls {
  return {
    insertOne: (turn) => db.from(schema.notes).insert(newNote(turn)),
    insert1k: (turn) => db.from(schema.notes).insertMany(newNotes(turn)),
    updateByKey: (turn) =>
      db
        .from(schema.users)
        .where("id", userKey(turn))
        .update({ name: newName(turn) }),
    transaction: (turn) =>
      db.transaction(async (tx) => {
        const user = await tx.from(schema.users).find(userKey(turn));
        const note = await tx.from(schema.notes).insert(newNote(turn));
        const renamed = await tx
          .from(schema.users)
          .where("id", userKey(turn))
          .update({ name: newName(turn) });
        const closed = await tx.from(schema.notes).where("id", note.id).update({ isOpen: false });
        const removed = await tx.from(schema.notes).where("id", note.id).delete();
        return { user, note, renamed, closed, removed };
      }),
  };
}

/** `toSQL` plans anew at every call, which is what a query costs whose shape no plan is kept of. */
function planMiss(db: Handle): Call {
  return (turn) =>
    db
      .from(schema.users)
      .where("isActive", true)
      .where("id", ">", firstUser(turn, 200))
      .orderBy("id")
      .limit(100)
      .toSQL();
}
