import { sqliteSpelling, type Spelling } from "./spelling.ts";
import { wideColumns } from "./wide-columns.ts";

/** How many rows the tables have. */
export const rowCounts = { users: 1000, posts: 5000, comments: 20_000, tags: 50, settings: 100, wide: 10_000 } as const;

/** The tables and their rows as a database spells them, as statements that any subject can run. */
export function seedOf(spelling: Spelling): readonly string[] {
  return [...tables(spelling), ...rows(spelling), ...indexes, ...spelling.after];
}

function tables({ types }: Spelling): readonly string[] {
  const { key, flag, instant, name } = types;
  const kinds = { ...types, integer: "integer", text: "text" };
  const wide = wideColumns.map((column) => `${column.name} ${kinds[column.kind]}${column.nullable ? "" : " not null"}`);
  return [
    `create table users (id ${key}, name text not null, email text not null, is_active ${flag} not null,
      created_at ${instant} not null)`,
    `create table posts (id ${key}, user_id integer not null, title text not null, views integer not null,
      created_at ${instant} not null)`,
    `create table comments (id ${key}, post_id integer not null, body text not null, created_at ${instant} not null)`,
    `create table tags (id ${key}, label text not null)`,
    `create table post_tags (post_id integer not null, tag_id integer not null, primary key (post_id, tag_id))`,
    `create table notes (id ${key}, user_id integer not null, body text not null, is_open ${flag} not null,
      created_at ${instant} not null)`,
    `create table settings (name ${name} primary key, value text not null)`,
    `create table wide (id ${key}, ${wide.join(", ")})`,
  ];
}

function rows(spelling: Spelling): readonly string[] {
  const from = (count: number) => `from ${spelling.numbers(count)}`;
  const instant = spelling.instant("i * 977");
  const wide = wideColumns.map((column) => column.value(spelling));
  return [
    `insert into users select i, concat('User ', i), concat('user', i, '@example.com'), i % 5 <> 0, ${instant}
      ${from(rowCounts.users)}`,
    `insert into posts select i, ${quotient("i - 1", 5)} + 1, concat('Post number ', i), i * 7919 % 1000, ${instant}
      ${from(rowCounts.posts)}`,
    `insert into comments select i, ${quotient("i - 1", 4)} + 1, concat('A comment, the ', i, 'th of them'), ${instant}
      ${from(rowCounts.comments)}`,
    `insert into tags select i, concat('tag ', i) ${from(rowCounts.tags)}`,
    `insert into post_tags select ${quotient("i - 1", 3)} + 1,
      (${quotient("i - 1", 3)} * 7 + (i - 1) % 3 * 11) % ${rowCounts.tags} + 1 ${from(rowCounts.posts * 3)}`,
    `insert into settings select concat('setting ', i), concat('value ', i) ${from(rowCounts.settings)}`,
    `insert into wide select i, ${wide.join(", ")} ${from(rowCounts.wide)}`,
  ];
}

/** A whole quotient; databases disagree about what a slash between integers is. */
function quotient(value: string, divisor: number): string {
  return `((${value}) - (${value}) % ${divisor}) / ${divisor}`;
}

const indexes = [
  "create index posts_user on posts (user_id)",
  "create index comments_post on comments (post_id)",
  "create index post_tags_tag on post_tags (tag_id)",
];

/** The tables as SQLite spells them. */
export const seed: readonly string[] = seedOf(sqliteSpelling);
