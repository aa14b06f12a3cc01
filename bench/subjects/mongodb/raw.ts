import { MongoClient, type ClientSession, type Db, type Document } from "mongodb";
import { firstPost, firstUser, newName, newNote, newNotes, userKey } from "../../workloads/inputs.ts";
import type { NewNote } from "../../workloads/inputs.ts";
import { wideColumns } from "../../workloads/wide-columns.ts";
import { withCallers, type Call, type Calls } from "../../workloads/workload.ts";
import { groupedBy } from "../grouped-by.ts";
import type { Crew, Subject } from "../subject.ts";
import { seededDatabase } from "./database.ts";

interface User {
  readonly _id: number;
  readonly name: string;
  readonly email: string;
  readonly is_active: boolean;
  readonly created_at: Date;
}
interface Post {
  readonly _id: number;
  readonly user_id: number;
  readonly title: string;
  readonly views: number;
  readonly created_at: Date;
}
interface Comment {
  readonly _id: number;
  readonly post_id: number;
  readonly body: string;
  readonly created_at: Date;
}
interface Keyed {
  readonly _id: number;
}

/** Hand-written commands and mapping on the driver. */
export async function open(server: string): Promise<Subject> {
  const { database, exec } = await seededDatabase(server, "raw");
  const crew = (maxPoolSize: number): Crew => {
    const client = new MongoClient(server, { maxPoolSize });
    const db = client.db(database);
    return {
      calls: withCallers({ ...readCalls(db), ...relationCalls(db), ...writeCalls(client, db) }),
      close: () => client.close(),
    };
  };
  return { ...crew(1), exec, crew };
}

function readCalls(db: Db): Calls {
  const users = db.collection<User>("users");
  const wide = async (count: number) =>
    (await db.collection<Keyed>("wide").find().sort({ _id: 1 }).limit(count).toArray()).map(wideOf);
  return {
    findByKey: async (turn) => userOf(await users.findOne({ _id: userKey(turn) })),
    list100: async (turn) =>
      (
        await users
          .find({ is_active: true, _id: { $gt: firstUser(turn, 200) } })
          .sort({ _id: 1 })
          .limit(100)
          .toArray()
      ).map(userOf),
    wide1k: () => wide(1000),
    wide10k: () => wide(10_000),
    groupBy: (turn) =>
      db
        .collection("posts")
        .aggregate([
          { $match: { _id: { $gte: firstPost(turn % 100, 1000) } } },
          { $group: { _id: "$user_id", posts: { $sum: 1 }, views: { $sum: "$views" } } },
          { $sort: { _id: 1 } },
          { $project: { _id: 0, userId: "$_id", posts: 1, views: 1 } },
        ])
        .toArray(),
  };
}

function relationCalls(db: Db): Calls {
  return {
    nested10: nested(db, 10),
    nested100: nested(db, 100),
    manyToMany: async (turn) => {
      const posts = await db
        .collection<Post>("posts")
        .find({ _id: { $gte: firstPost(turn, 20) } })
        .sort({ _id: 1 })
        .limit(20)
        .toArray();
      const ties = await db
        .collection<{ post_id: number; tag_id: number }>("post_tags")
        .find({ post_id: { $in: posts.map(({ _id }) => _id) } })
        .sort({ tag_id: 1 })
        .toArray();
      const tags = await db
        .collection<{ _id: number; label: string }>("tags")
        .find({ _id: { $in: [...new Set(ties.map((tie) => tie.tag_id))] } })
        .toArray();
      const labels = new Map(tags.map(({ _id, label }) => [_id, label]));
      const tagsByPost = groupedBy(
        ties,
        (tie) => tie.post_id,
        (tie) => ({ id: tie.tag_id, label: labels.get(tie.tag_id) }),
      );
      return posts.map((post) => ({ ...postOf(post), tags: tagsByPost.get(post._id) ?? [] }));
    },
  };
}

/** One command for each relation. */
function nested(db: Db, count: number): Call {
  return async (turn) => {
    const users = await db
      .collection<User>("users")
      .find({ _id: { $gte: firstUser(turn, 100) } })
      .sort({ _id: 1 })
      .limit(count)
      .toArray();
    const posts = await db
      .collection<Post>("posts")
      .find({ user_id: { $in: users.map(({ _id }) => _id) } })
      .sort({ _id: 1 })
      .toArray();
    const comments = await db
      .collection<Comment>("comments")
      .find({ post_id: { $in: posts.map(({ _id }) => _id) } })
      .sort({ _id: 1 })
      .toArray();
    const commentsByPost = groupedBy(comments, (comment) => comment.post_id, commentOf);
    const postsByUser = groupedBy(
      posts,
      (post) => post.user_id,
      (post) => ({ ...postOf(post), comments: commentsByPost.get(post._id) ?? [] }),
    );
    return users.map((user) => ({ ...userOf(user), posts: postsByUser.get(user._id) ?? [] }));
  };
}

function writeCalls(client: MongoClient, db: Db): Calls {
  const users = db.collection<User>("users");
  const notes = db.collection<Document & Keyed>("notes");
  const insert = async (list: readonly NewNote[], session?: ClientSession) => {
    const first = (await nextKey(db, list.length)) - list.length + 1;
    const rows = list.map((note, at) => ({ id: first + at, ...note }));
    await notes.insertMany(rows.map(documentOf), { ...(session && { session }) });
    return rows;
  };
  const rename = async (turn: number, session?: ClientSession) => {
    const change = { $set: { name: newName(turn) } };
    return (await users.updateOne({ _id: userKey(turn) }, change, { ...(session && { session }) })).matchedCount;
  };
  return {
    insertOne: async (turn) => (await insert([newNote(turn)]))[0],
    insert1k: (turn) => insert(newNotes(turn)),
    updateByKey: (turn) => rename(turn),
    transaction: (turn) =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const user = userOf(await users.findOne({ _id: userKey(turn) }, { session }));
          const [note] = await insert([newNote(turn)], session);
          const renamed = await rename(turn, session);
          const key = { _id: note!.id };
          const closed = await notes.updateOne(key, { $set: { is_open: false } }, { session });
          const removed = await notes.deleteOne(key, { session });
          return { user, note, renamed, closed: closed.matchedCount, removed: removed.deletedCount };
        }),
      ),
  };
}

/** The last of so many new keys. */
async function nextKey(db: Db, count: number): Promise<number> {
  const counter = await db
    .collection<{ _id: string; value: number }>("mortise_counters")
    .findOneAndUpdate({ _id: "notes" }, { $inc: { value: count } }, { upsert: true, returnDocument: "after" });
  if (counter === null) throw new Error("An upsert gives a document.");
  return counter.value;
}

function documentOf({ id, userId, body, isOpen, createdAt }: NewNote & { readonly id: number }): Document & Keyed {
  return { _id: id, user_id: userId, body, is_open: isOpen, created_at: createdAt };
}

function userOf(user: User | null): object | null {
  if (user === null) return null;
  return { id: user._id, name: user.name, email: user.email, isActive: user.is_active, createdAt: user.created_at };
}

function postOf(post: Post): object {
  return { id: post._id, userId: post.user_id, title: post.title, views: post.views, createdAt: post.created_at };
}

function commentOf(comment: Comment): object {
  return { id: comment._id, postId: comment.post_id, body: comment.body, createdAt: comment.created_at };
}

const wideNames = wideColumns.map(
  ({ name }) => [name, name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] as const,
);

function wideOf(document: Keyed): object {
  const row: Record<string, unknown> = { id: document._id };
  for (const [field, name] of wideNames) row[name] = Reflect.get(document, field);
  return row;
}
