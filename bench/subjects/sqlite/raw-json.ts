import Database from "better-sqlite3";
import { firstPost, firstUser } from "../../workloads/inputs.ts";
import { seed } from "../../workloads/seed.ts";
import type { Call } from "../../workloads/workload.ts";
import { instantOf, rowsOf } from "./statement.ts";
import type { Subject } from "../subject.ts";

type Comment = readonly [id: number, postId: number, body: string, createdAt: string];
type Post = readonly [id: number, userId: number, title: string, views: number, createdAt: string, comments: Comment[]];
type User = readonly [id: number, name: string, email: string, isActive: number, createdAt: string, posts: string];
type Tagged = readonly [id: number, userId: number, title: string, views: number, createdAt: string, tags: string];

const commentList = `(select json_group_array(json_array(id, post_id, body, created_at) order by id)
  from comments where comments.post_id = posts.id)`;
const postList = `(select json_group_array(json_array(id, user_id, title, views, created_at, json(${commentList})) order by id)
  from posts where posts.user_id = users.id)`;
const tagList = `(select json_group_array(json_array(tags.id, tags.label) order by tags.id)
  from tags join post_tags on post_tags.tag_id = tags.id where post_tags.post_id = posts.id)`;

/** Relations by hand in one statement, as JSON; every statement was prepared once. */
export function open(): Subject {
  const database = new Database(":memory:");
  for (const sql of seed) database.exec(sql);
  const users = database.prepare(
    `select id, name, email, is_active, created_at, ${postList} from users where id >= ? order by id limit ?`,
  );
  const posts = database.prepare(
    `select id, user_id, title, views, created_at, ${tagList} from posts where id >= ? order by id limit 20`,
  );
  users.raw();
  posts.raw();
  const nested =
    (count: number): Call =>
    (turn) =>
      rowsOf<User>(users.all(firstUser(turn, 100), count)).map(userOf);
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    calls: {
      nested10: nested(10),
      nested100: nested(100),
      manyToMany: (turn) => rowsOf<Tagged>(posts.all(firstPost(turn, 20))).map(taggedOf),
    },
  };
}

function userOf([id, name, email, isActive, createdAt, list]: User): object {
  const posts: Post[] = JSON.parse(list);
  return { id, name, email, isActive: isActive === 1, createdAt: instantOf(createdAt), posts: posts.map(postOf) };
}

function postOf([id, userId, title, views, createdAt, list]: Post): object {
  return { id, userId, title, views, createdAt: instantOf(createdAt), comments: list.map(commentOf) };
}

function commentOf([id, postId, body, createdAt]: Comment): object {
  return { id, postId, body, createdAt: instantOf(createdAt) };
}

function taggedOf([id, userId, title, views, createdAt, list]: Tagged): object {
  const tags: [number, string][] = JSON.parse(list);
  const tagged = tags.map(([tagId, label]) => ({ id: tagId, label }));
  return { id, userId, title, views, createdAt: instantOf(createdAt), tags: tagged };
}
