import pg from "pg";
import { firstPost, firstUser } from "../workloads/inputs.ts";
import type { Call } from "../workloads/workload.ts";
import { seededDatabase } from "./postgres/database.ts";
import { groupedBy } from "./raw/grouped-by.ts";
import type { Subject } from "./subject.ts";

interface User {
  readonly id: number;
}
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

const postColumns = `id, user_id as "userId", title, views, created_at as "createdAt"`;

/** Hand-written SQL with named statements: one for each relation. */
export async function open(): Promise<Subject> {
  const client = new pg.Client({ connectionString: await seededDatabase("raw") });
  await client.connect();
  const use =
    <Row extends object>(name: string, text: string) =>
    async (...values: unknown[]) =>
      (await client.query<Row>({ name, text, values })).rows;
  const someUsers = use<User>(
    "users",
    `select id, name, email, is_active as "isActive", created_at as "createdAt" from users where id >= $1 order by id limit $2`,
  );
  const theirPosts = use<Post>("posts", `select ${postColumns} from posts where user_id = any($1) order by id`);
  const theirComments = use<Comment>(
    "comments",
    `select id, post_id as "postId", body, created_at as "createdAt" from comments where post_id = any($1) order by id`,
  );
  const somePosts = use<Post>("first_posts", `select ${postColumns} from posts where id >= $1 order by id limit 20`);
  const theirTags = use<Tag>(
    "tags",
    `select tags.id, tags.label, post_tags.post_id as "postId" from tags join post_tags on post_tags.tag_id = tags.id
      where post_tags.post_id = any($1) order by tags.id`,
  );
  const nested =
    (count: number): Call =>
    async (turn) => {
      const users = await someUsers(firstUser(turn, 100), count);
      const posts = await theirPosts(users.map(({ id }) => id));
      const comments = await theirComments(posts.map(({ id }) => id));
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
  return {
    exec: (sql) => client.query(sql),
    calls: {
      nested10: nested(10),
      nested100: nested(100),
      manyToMany: async (turn) => {
        const posts = await somePosts(firstPost(turn, 20));
        const tags = await theirTags(posts.map(({ id }) => id));
        const tagsByPost = groupedBy(
          tags,
          ({ postId }) => postId,
          ({ id, label }) => ({ id, label }),
        );
        return posts.map((post) => ({ ...post, tags: tagsByPost.get(post.id) ?? [] }));
      },
    },
  };
}
