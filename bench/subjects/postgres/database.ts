import process from "node:process";
import pg from "pg";
import { rowCounts } from "../../workloads/seed.ts";

/** An instant that differs from row to row. */
const instant = "to_timestamp(1700000000 + i * 977 + 0.123)";

const series = (count: number) => `from generate_series(1, ${count}) as n(i)`;

const tables = [
  `create table users (id integer primary key, name text not null, email text not null, is_active boolean not null,
    created_at timestamptz not null)`,
  `create table posts (id integer primary key, user_id integer not null, title text not null, views integer not null,
    created_at timestamptz not null)`,
  `create table comments (id integer primary key, post_id integer not null, body text not null, created_at timestamptz not null)`,
  `create table tags (id integer primary key, label text not null)`,
  `create table post_tags (post_id integer not null, tag_id integer not null, primary key (post_id, tag_id))`,
  `insert into users select i, 'User ' || i, 'user' || i || '@example.com', i % 5 <> 0, ${instant} ${series(rowCounts.users)}`,
  `insert into posts select i, (i - 1) / 5 + 1, 'Post number ' || i, i * 7919 % 1000, ${instant} ${series(rowCounts.posts)}`,
  `insert into comments select i, (i - 1) / 4 + 1, 'A comment, the ' || i || 'th of them', ${instant}
    ${series(rowCounts.comments)}`,
  `insert into tags select i, 'tag ' || i ${series(rowCounts.tags)}`,
  `insert into post_tags select (i - 1) / 3 + 1, ((i - 1) / 3 * 7 + (i - 1) % 3 * 11) % ${rowCounts.tags} + 1
    ${series(rowCounts.posts * 3)}`,
  `create index on posts (user_id)`,
  `create index on comments (post_id)`,
  `create index on post_tags (tag_id)`,
  `analyze`,
];

/** The address of a database of this subject alone, with the tables and their rows; `TEST_POSTGRES_URL` names the server. */
export async function seededDatabase(subject: string): Promise<string> {
  const server = process.env["TEST_POSTGRES_URL"];
  if (server === undefined) throw new TypeError("TEST_POSTGRES_URL names no server.");
  const name = `mortise_bench_${subject}`;
  const url = new URL(server);
  await run(server, [`drop database if exists ${name} with (force)`, `create database ${name}`]);
  url.pathname = `/${name}`;
  await run(url.href, tables);
  return url.href;
}

async function run(connectionString: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
