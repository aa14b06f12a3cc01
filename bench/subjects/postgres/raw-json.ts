import pg from "pg";
import { firstPost, firstUser } from "../../workloads/inputs.ts";
import type { Call } from "../../workloads/workload.ts";
import { seededDatabase } from "./database.ts";
import type { Subject } from "../subject.ts";

type Comment = readonly [id: number, postId: number, body: string, createdAt: string];
type Post = readonly [
  id: number,
  userId: number,
  title: string,
  views: number,
  createdAt: string,
  comments: readonly Comment[] | null,
];
interface User {
  readonly posts: readonly Post[] | null;
}
interface Tagged {
  readonly tags: readonly (readonly [id: number, label: string])[] | null;
}

const postColumns = `id, user_id as "userId", title, views, created_at as "createdAt"`;
const commentList = `(select json_agg(json_build_array(id, post_id, body, created_at) order by id)
  from comments where comments.post_id = posts.id)`;
const postList = `(select json_agg(json_build_array(id, user_id, title, views, created_at, ${commentList}) order by id)
  from posts where posts.user_id = users.id)`;
const tagList = `(select json_agg(json_build_array(tags.id, tags.label) order by tags.id)
  from tags join post_tags on post_tags.tag_id = tags.id where post_tags.post_id = posts.id)`;

/** Hand-written SQL with named statements: one for everything, as JSON. */
export async function open(server: string): Promise<Subject> {
  const client = new pg.Client({ connectionString: await seededDatabase(server, "raw-json") });
  await client.connect();
  const users = {
    name: "users",
    text: `select id, name, email, is_active as "isActive", created_at as "createdAt", ${postList} as posts
      from users where id >= $1 order by id limit $2`,
  };
  const posts = {
    name: "posts",
    text: `select ${postColumns}, ${tagList} as tags from posts where id >= $1 order by id limit 20`,
  };
  const nested =
    (count: number): Call =>
    async (turn) => {
      const { rows } = await client.query<User>({ ...users, values: [firstUser(turn, 100), count] });
      return rows.map((user) => ({ ...user, posts: (user.posts ?? []).map(postOf) }));
    };
  return {
    exec: (sql) => client.query(sql),
    close: () => client.end(),
    calls: {
      nested10: nested(10),
      nested100: nested(100),
      manyToMany: async (turn) => {
        const { rows } = await client.query<Tagged>({ ...posts, values: [firstPost(turn, 20)] });
        return rows.map((post) => ({ ...post, tags: (post.tags ?? []).map(([id, label]) => ({ id, label })) }));
      },
    },
  };
}

function postOf([id, userId, title, views, createdAt, comments]: Post): object {
  return { id, userId, title, views, createdAt: new Date(createdAt), comments: (comments ?? []).map(commentOf) };
}

function commentOf([id, postId, body, createdAt]: Comment): object {
  return { id, postId, body, createdAt: new Date(createdAt) };
}
