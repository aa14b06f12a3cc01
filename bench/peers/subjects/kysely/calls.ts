import { sql, type Kysely } from "kysely";
import { groupedBy } from "../../../subjects/grouped-by.ts";
import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../../workloads/inputs.ts";
import type { NewNote } from "../../../workloads/inputs.ts";
import { wideColumns } from "../../../workloads/wide-columns.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";

/** Tables as Kysely wants them typed; what a driver gives differs, so the columns are of any type here. */
type Tables = Record<string, Record<string, any>>;
export type Handle = Kysely<Tables>;

/** What an application maps by hand, since Kysely does not. */
export interface Forms {
  readonly flag: (value: boolean) => unknown;
  readonly instant: (value: Date) => unknown;
  /** Rows of users, posts, comments and notes; left out where the driver gives what is wanted. */
  readonly row?: (row: any) => any;
  readonly wide?: (row: any) => any;
  readonly returning: boolean;
}

const users = ["id", "name", "email", "is_active as isActive", "created_at as createdAt"];
const posts = ["id", "user_id as userId", "title", "views", "created_at as createdAt"];
const comments = ["id", "post_id as postId", "body", "created_at as createdAt"];
const notes = ["id", "user_id as userId", "body", "is_open as isOpen", "created_at as createdAt"];
const wide = ["id", ...wideColumns.map(({ name }) => `${name} as ${camelCase(name)}`)];

export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Kysely with relations by statements of their own, mapped by hand. */
export function kyselyCalls(db: Handle, forms: Forms): Calls {
  const mapped = (rows: any[]) => (forms.row === undefined ? rows : rows.map(forms.row));
  const wideRows = async (count: number) => {
    const rows = await db.selectFrom("wide").select(wide).orderBy("id").limit(count).execute();
    return forms.wide === undefined ? rows : rows.map(forms.wide);
  };
  const oneUser = async (on: Handle, id: number) =>
    mapped(await on.selectFrom("users").select(users).where("id", "=", id).execute())[0];
  const list = (turn: number) =>
    db
      .selectFrom("users")
      .select(users)
      .where("is_active", "=", forms.flag(true))
      .where("id", ">", firstUser(turn, 200))
      .orderBy("id")
      .limit(100);
  const rename = async (on: Handle, turn: number) => {
    const { numUpdatedRows } = await on
      .updateTable("users")
      .set({ name: newName(turn) })
      .where("id", "=", userKey(turn))
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  };
  const insert = (on: Handle, list: readonly NewNote[]) => insertNotes(on, forms, list, mapped);
  return withCallers({
    findByKey: (turn) => oneUser(db, userKey(turn)),
    list100: async (turn) => mapped(await list(turn).execute()),
    wide1k: () => wideRows(1000),
    wide10k: () => wideRows(10_000),
    nested10: (turn) => nested(db, turn, 10, mapped),
    nested100: (turn) => nested(db, turn, 100, mapped),
    manyToMany: (turn) => manyToMany(db, turn, mapped),
    groupBy: async (turn) => {
      const rows = await db
        .selectFrom("posts")
        .select((by) => ["user_id as userId", by.fn.countAll().as("posts"), by.fn.sum("views").as("views")])
        .where("id", ">=", firstPost(turn % 100, 1000))
        .groupBy("user_id")
        .orderBy("user_id")
        .execute();
      return rows.map((row) => ({ userId: row.userId, posts: Number(row.posts), views: Number(row.views) }));
    },
    insertOne: async (turn) => (await insert(db, [newNote(turn)]))[0],
    insert1k: (turn) => insert(db, newNotes(turn)),
    updateByKey: (turn) => rename(db, turn),
    transaction: (turn) =>
      db.transaction().execute(async (tx) => {
        const user = await oneUser(tx, userKey(turn));
        const note = (await insert(tx, [newNote(turn)]))[0]!;
        const renamed = await rename(tx, turn);
        const closed = await tx
          .updateTable("notes")
          .set({ is_open: forms.flag(false) })
          .where("id", "=", note.id)
          .executeTakeFirstOrThrow();
        const removed = await tx.deleteFrom("notes").where("id", "=", note.id).executeTakeFirstOrThrow();
        return {
          user,
          note,
          renamed,
          closed: Number(closed.numUpdatedRows),
          removed: Number(removed.numDeletedRows),
        };
      }),
    planHit: (turn) =>
      db.selectFrom("settings").select(["name", "value"]).where("name", "=", settingName(turn)).executeTakeFirst(),
    planMiss: (turn) => list(turn).compile(),
  });
}

export function execOn(db: Handle): (text: string) => Promise<unknown> {
  return (text) => sql.raw(text).execute(db);
}

type Mapped = (rows: any[]) => any[];

async function insertNotes(on: Handle, forms: Forms, list: readonly NewNote[], mapped: Mapped): Promise<any[]> {
  const query = on.insertInto("notes").values(
    list.map(({ userId, body, isOpen, createdAt }) => ({
      user_id: userId,
      body,
      is_open: forms.flag(isOpen),
      created_at: forms.instant(createdAt),
    })),
  );
  if (forms.returning) return mapped(await query.returning(notes).execute());
  const { insertId } = await query.executeTakeFirstOrThrow();
  return list.map((note, at) => ({ id: Number(insertId) + at, ...note }));
}

async function nested(db: Handle, turn: number, count: number, mapped: Mapped): Promise<unknown> {
  const some = mapped(
    await db
      .selectFrom("users")
      .select(users)
      .where("id", ">=", firstUser(turn, 100))
      .orderBy("id")
      .limit(count)
      .execute(),
  );
  const ids = some.map(({ id }) => id);
  const theirPosts = mapped(
    await db.selectFrom("posts").select(posts).where("user_id", "in", ids).orderBy("id").execute(),
  );
  const postIds = theirPosts.map(({ id }) => id);
  const theirComments = mapped(
    await db.selectFrom("comments").select(comments).where("post_id", "in", postIds).orderBy("id").execute(),
  );
  const commentsByPost = groupedBy(
    theirComments,
    ({ postId }) => postId,
    (comment) => comment,
  );
  const postsByUser = groupedBy(
    theirPosts,
    ({ userId }) => userId,
    (post) => ({ ...post, comments: commentsByPost.get(post.id) ?? [] }),
  );
  return some.map((user) => ({ ...user, posts: postsByUser.get(user.id) ?? [] }));
}

async function manyToMany(db: Handle, turn: number, mapped: Mapped): Promise<unknown> {
  const some = mapped(
    await db.selectFrom("posts").select(posts).where("id", ">=", firstPost(turn, 20)).orderBy("id").limit(20).execute(),
  );
  const tags = await db
    .selectFrom("tags")
    .innerJoin("post_tags", "post_tags.tag_id", "tags.id")
    .select(["tags.id", "tags.label", "post_tags.post_id as postId"])
    .where(
      "post_tags.post_id",
      "in",
      some.map(({ id }) => id),
    )
    .orderBy("tags.id")
    .execute();
  const tagsByPost = groupedBy(
    tags,
    ({ postId }) => postId,
    ({ id, label }) => ({ id, label }),
  );
  return some.map((post) => ({ ...post, tags: tagsByPost.get(post.id) ?? [] }));
}
