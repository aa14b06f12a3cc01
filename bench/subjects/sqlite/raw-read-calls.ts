import { firstPost, firstUser, settingName, userKey } from "../../workloads/inputs.ts";
import type { Call, Calls } from "../../workloads/workload.ts";
import { groupedBy } from "../grouped-by.ts";
import { instantOf, rowOf, rowsOf, type Use } from "./statement.ts";

interface UserRow {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly is_active: number;
  readonly created_at: string;
}

interface PostRow {
  readonly id: number;
  readonly user_id: number;
  readonly title: string;
  readonly views: number;
  readonly created_at: string;
}

interface CommentRow {
  readonly id: number;
  readonly post_id: number;
  readonly body: string;
  readonly created_at: string;
}

const userColumns = "id, name, email, is_active, created_at";
const postColumns = "id, user_id, title, views, created_at";

/** The workloads that read, by hand. */
export function readCalls(use: Use): Calls {
  const oneSetting = use("select name, value from settings where name = ?");
  return {
    findByKey: findByKey(use),
    list100: list100(use),
    nested10: nested(use, 10),
    nested100: nested(use, 100),
    manyToMany: manyToMany(use),
    groupBy: groupBy(use),
    planHit: (turn) => oneSetting().get(settingName(turn)),
  };
}

function findByKey(use: Use): Call {
  const oneUser = use(`select ${userColumns} from users where id = ?`);
  return (turn) => {
    const row = oneUser().get(userKey(turn));
    return row === undefined ? null : userOf(rowOf(row));
  };
}

function list100(use: Use): Call {
  const someUsers = use(`select ${userColumns} from users where is_active = 1 and id > ? order by id limit ?`);
  return (turn) => rowsOf<UserRow>(someUsers().all(firstUser(turn, 200), 100)).map(userOf);
}

function nested(use: Use, count: number): Call {
  const someUsers = use(`select ${userColumns} from users where id >= ? order by id limit ?`);
  const theirPosts = use(
    `select ${postColumns} from posts where user_id in (select value from json_each(?)) order by id`,
  );
  const theirComments = use(
    `select id, post_id, body, created_at from comments where post_id in (select value from json_each(?)) order by id`,
  );
  return (turn) => {
    const users = rowsOf<UserRow>(someUsers().all(firstUser(turn, 100), count));
    const posts = rowsOf<PostRow>(theirPosts().all(JSON.stringify(users.map((user) => user.id))));
    const comments = rowsOf<CommentRow>(theirComments().all(JSON.stringify(posts.map((post) => post.id))));
    const commentsByPost = groupedBy(comments, (comment) => comment.post_id, commentOf);
    const withComments = (post: PostRow) => ({ ...postOf(post), comments: commentsByPost.get(post.id) ?? [] });
    const postsByUser = groupedBy(posts, (post) => post.user_id, withComments);
    return users.map((user) => ({ ...userOf(user), posts: postsByUser.get(user.id) ?? [] }));
  };
}

interface TagRow {
  readonly id: number;
  readonly label: string;
  readonly post_id: number;
}

function manyToMany(use: Use): Call {
  const somePosts = use(`select ${postColumns} from posts where id >= ? order by id limit 20`);
  const theirTags = use(
    `select tags.id, tags.label, post_tags.post_id from tags join post_tags on post_tags.tag_id = tags.id
      where post_tags.post_id in (select value from json_each(?)) order by tags.id`,
  );
  return (turn) => {
    const posts = rowsOf<PostRow>(somePosts().all(firstPost(turn, 20)));
    const tags = rowsOf<TagRow>(theirTags().all(JSON.stringify(posts.map((post) => post.id))));
    const tagsByPost = groupedBy(
      tags,
      (tag) => tag.post_id,
      (tag) => ({ id: tag.id, label: tag.label }),
    );
    return posts.map((post) => ({ ...postOf(post), tags: tagsByPost.get(post.id) ?? [] }));
  };
}

interface GroupRow {
  readonly user_id: number;
  readonly posts: number;
  readonly views: number;
}

function groupBy(use: Use): Call {
  const perUser = use(
    `select user_id, count(*) as posts, sum(views) as views from posts where id >= ? group by user_id order by user_id`,
  );
  return (turn) =>
    rowsOf<GroupRow>(perUser().all(firstPost(turn % 100, 1000))).map((row) => ({
      userId: row.user_id,
      posts: row.posts,
      views: row.views,
    }));
}

export function userOf(row: UserRow): object {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    isActive: row.is_active === 1,
    createdAt: instantOf(row.created_at),
  };
}

function postOf(row: PostRow): object {
  return {
    id: row.id,
    userId: row.user_id,
    title: row.title,
    views: row.views,
    createdAt: instantOf(row.created_at),
  };
}

function commentOf(row: CommentRow): object {
  return { id: row.id, postId: row.post_id, body: row.body, createdAt: instantOf(row.created_at) };
}
