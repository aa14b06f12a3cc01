import { firstPost, firstUser, newName, newNote, newNotes, userKey } from "../../workloads/inputs.ts";
import { wideColumns } from "../../workloads/wide-columns.ts";
import { withCallers, type Call, type Calls } from "../../workloads/workload.ts";
import { groupedBy } from "../grouped-by.ts";
import type { Server, User } from "./server.ts";

interface Post {
  readonly id: number;
  readonly userId: number;
}
interface Comment {
  readonly id: number;
  readonly postId: number;
}
interface Tag {
  readonly id: number;
  readonly label: string;
  readonly postId: number;
}

/** The workloads by hand, on any server. */
export function rawCalls<On>(server: Server<On>): Calls {
  return withCallers({ ...readCalls(server), ...relationCalls(server), ...writeCalls(server) });
}

/** Columns under the names that results have. */
function selected(quote: string, names: readonly string[]): string {
  return names.map((name) => `${name} as ${quote}${camelCase(name)}${quote}`).join(", ");
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const userColumns = ["id", "name", "email", "is_active", "created_at"];
const postColumns = ["id", "user_id", "title", "views", "created_at"];
const commentColumns = ["id", "post_id", "body", "created_at"];

function finished<Row>(rows: readonly Row[], finish: ((row: Row) => Row) | undefined): readonly Row[] {
  return finish === undefined ? rows : rows.map(finish);
}

function readCalls<On>({ pool, quote, rows, finish }: Server<On>): Calls {
  const users = selected(quote, userColumns);
  const oneUser = rows<User>(`select ${users} from users where id = ?`);
  const someUsers = rows<User>(`select ${users} from users where is_active = true and id > ? order by id limit ?`);
  const wideRows = rows<object>(
    `select ${selected(quote, ["id", ...wideColumns.map(({ name }) => name)])} from wide order by id limit ?`,
  );
  const groups = rows<object>(
    `select user_id as ${quote}userId${quote}, count(*) as posts, sum(views) as views from posts where id >= ?
      group by user_id order by user_id`,
  );
  return {
    findByKey: async (turn) => finished(await oneUser(pool, userKey(turn)), finish.user)[0] ?? null,
    list100: async (turn) => finished(await someUsers(pool, firstUser(turn, 200), 100), finish.user),
    wide1k: async () => finished(await wideRows(pool, 1000), finish.wide),
    wide10k: async () => finished(await wideRows(pool, 10_000), finish.wide),
    groupBy: async (turn) => finished(await groups(pool, firstPost(turn % 100, 1000)), finish.group),
  };
}

function relationCalls<On>(server: Server<On>): Calls {
  const { pool, quote, rows, rowsOfList } = server;
  const posts = rows<Post>(`select ${selected(quote, postColumns)} from posts where id >= ? order by id limit 20`);
  const theirTags = rowsOfList<Tag>(
    `select tags.id, tags.label, post_tags.post_id as ${quote}postId${quote} from tags
      join post_tags on post_tags.tag_id = tags.id where post_tags.post_id :list order by tags.id`,
  );
  return {
    nested10: nested(server, 10),
    nested100: nested(server, 100),
    manyToMany: async (turn) => {
      const some = await posts(pool, firstPost(turn, 20));
      const tags = groupedBy(
        await theirTags(
          pool,
          some.map(({ id }) => id),
        ),
        ({ postId }) => postId,
        ({ id, label }) => ({ id, label }),
      );
      return some.map((post) => ({ ...post, tags: tags.get(post.id) ?? [] }));
    },
  };
}

/** One statement for each relation. */
function nested<On>({ pool, quote, rows, rowsOfList, finish }: Server<On>, count: number): Call {
  const someUsers = rows<User>(`select ${selected(quote, userColumns)} from users where id >= ? order by id limit ?`);
  const theirPosts = rowsOfList<Post>(
    `select ${selected(quote, postColumns)} from posts where user_id :list order by id`,
  );
  const theirComments = rowsOfList<Comment>(
    `select ${selected(quote, commentColumns)} from comments where post_id :list order by id`,
  );
  return async (turn) => {
    const users = finished(await someUsers(pool, firstUser(turn, 100), count), finish.user);
    const posts = await theirPosts(
      pool,
      users.map(({ id }) => id),
    );
    const comments = await theirComments(
      pool,
      posts.map(({ id }) => id),
    );
    const commentsByPost = groupedBy(
      comments,
      ({ postId }) => postId,
      (comment) => comment,
    );
    const postsByUser = groupedBy(
      posts,
      ({ userId }) => userId,
      (post) => ({ ...post, comments: commentsByPost.get(post.id) ?? [] }),
    );
    return users.map((user) => ({ ...user, posts: postsByUser.get(user.id) ?? [] }));
  };
}

function writeCalls<On>({ pool, quote, rows, change, insert, transaction, finish }: Server<On>): Calls {
  const insertOne = insert(1);
  const insertMany = insert(1000);
  const oneUser = rows<User>(`select ${selected(quote, userColumns)} from users where id = ?`);
  const rename = change("update users set name = ? where id = ?");
  const closeNote = change("update notes set is_open = ? where id = ?");
  const remove = change("delete from notes where id = ?");
  return {
    insertOne: async (turn) => (await insertOne(pool, [newNote(turn)]))[0],
    insert1k: (turn) => insertMany(pool, newNotes(turn)),
    updateByKey: (turn) => rename(pool, newName(turn), userKey(turn)),
    transaction: (turn) =>
      transaction(async (on) => {
        const user = finished(await oneUser(on, userKey(turn)), finish.user)[0];
        const note = (await insertOne(on, [newNote(turn)]))[0]!;
        const renamed = await rename(on, newName(turn), userKey(turn));
        const closed = await closeNote(on, false, note.id);
        return { user, note, renamed, closed, removed: await remove(on, note.id) };
      }),
  };
}
