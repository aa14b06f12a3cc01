/** How many rows the tables have. */
export const rowCounts = { users: 1000, posts: 5000, comments: 20_000, tags: 50, wide: 10_000 } as const;

const numbers = (count: number) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;

/** An instant that differs from row to row, as SQLite spells it. */
const instant = (seed: string) => `strftime('%Y-%m-%d %H:%M:%f', 1700000000 + ${seed} * 977 + 0.123, 'unixepoch')`;

/** The wide table's columns beside its key: SQL type and the value of row `i`. */
const wideColumns: Readonly<Record<string, readonly [type: string, value: string]>> = {
  ...columns("integer", 5, "integer not null", (at) => `i * ${at * 37} % 100003`),
  ...columns("maybe_integer", 2, "integer", (at) => `iif(i % ${at + 1} = 0, null, i + ${at})`),
  ...columns("text", 6, "text not null", (at) => `'text ' || i || ' of column ${at}'`),
  ...columns("maybe_text", 2, "text", (at) => `iif(i % ${at + 2} = 0, null, 'perhaps ' || i)`),
  ...columns("flag", 4, "integer not null", (at) => `i % ${at + 1} = 0`),
  ...columns("maybe_flag", 1, "integer", () => `iif(i % 3 = 0, null, i % 2)`),
  ...columns("instant", 4, "text not null", (at) => instant(`i * ${at}`)),
  ...columns("maybe_instant", 1, "text", () => `iif(i % 4 = 0, null, ${instant("i")})`),
  ...columns("document", 2, "text not null", (at) => `json_object('n', i, 'list', json_array(${at}, 'b', 'c'))`),
  ...columns("maybe_document", 1, "text", () => `iif(i % 5 = 0, null, json_object('deep', json_object('n', i)))`),
  ...columns("number", 2, "real not null", (at) => `i / ${at + 2}.0`),
};

function columns(
  prefix: string,
  count: number,
  type: string,
  value: (at: number) => string,
): Readonly<Record<string, readonly [string, string]>> {
  const entries = Array.from({ length: count }, (_, at) => [`${prefix}${at + 1}`, [type, value(at + 1)]] as const);
  return Object.fromEntries(entries);
}

const wideTable = [
  `create table wide (id integer primary key, ${Object.entries(wideColumns)
    .map(([name, [type]]) => `${name} ${type}`)
    .join(", ")})`,
  `${numbers(rowCounts.wide)} insert into wide select i, ${Object.values(wideColumns)
    .map(([, value]) => value)
    .join(", ")} from n`,
];

/** The tables and their rows, as statements that any subject can run. */
export const seed: readonly string[] = [
  `create table users (id integer primary key, name text not null, email text not null, is_active integer not null,
    created_at text not null)`,
  `create table posts (id integer primary key, user_id integer not null, title text not null, views integer not null,
    created_at text not null)`,
  `create table comments (id integer primary key, post_id integer not null, body text not null, created_at text not null)`,
  `create table tags (id integer primary key, label text not null)`,
  `create table post_tags (post_id integer not null, tag_id integer not null, primary key (post_id, tag_id))`,
  `create table notes (id integer primary key, user_id integer not null, body text not null, is_open integer not null,
    created_at text not null)`,
  `create table settings (name text primary key, value text not null)`,
  `${numbers(rowCounts.users)} insert into users
    select i, 'User ' || i, 'user' || i || '@example.com', i % 5 <> 0, ${instant("i")} from n`,
  `${numbers(rowCounts.posts)} insert into posts
    select i, (i - 1) / 5 + 1, 'Post number ' || i, i * 7919 % 1000, ${instant("i")} from n`,
  `${numbers(rowCounts.comments)} insert into comments
    select i, (i - 1) / 4 + 1, 'A comment, the ' || i || 'th of them', ${instant("i")} from n`,
  `${numbers(rowCounts.tags)} insert into tags select i, 'tag ' || i from n`,
  `${numbers(rowCounts.posts * 3)} insert into post_tags
    select (i - 1) / 3 + 1, ((i - 1) / 3 * 7 + (i - 1) % 3 * 11) % ${rowCounts.tags} + 1 from n`,
  `${numbers(100)} insert into settings select 'setting ' || i, 'value ' || i from n`,
  ...wideTable,
  `create index posts_user on posts (user_id)`,
  `create index comments_post on comments (post_id)`,
  `create index post_tags_tag on post_tags (tag_id)`,
  `analyze`,
];
