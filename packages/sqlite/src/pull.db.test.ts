import { runCorpus } from "@mortise/testkit";
import { openCorpusDatabase } from "./corpus.fixture.ts";

/** Names, texts and defaults that would be code, comments or ways out of the folder if they were anything but data. */
const hostile = `
  create table "../x" (
    id integer primary key, "a\`\${process.exit()}" text default '*/ \${x} \` " '' \\
', "__proto__" text, "constructor" integer, "class" text, "toString" text, "user_id" integer references "Users" (id),
    "userId" text, "user id" text, "日本語" text, " " text, "1st" text, "a-b" text, "a b" text, "A_B" text,
    """); process.exit(1); //" text check ("constructor" <> 1 or "class" <> '*/ \`\${1}\`'), "new\nline" text
  );
  create table "Users" (id integer primary key, "../x" text, users text);
  create table "user.s" (id integer primary key); create table "user-s" (id integer primary key);
  create table "schema" (id integer primary key); create table "con" (id integer primary key);
  create table "index" (id integer primary key); create table "Object" (id integer primary key);
  create table "__proto__" (id integer primary key); create table "constructor" (id integer primary key);
  create table "\`\${process.exit(2)}\`" (id integer primary key); create table "'; drop table x; --" (id integer primary key);
  create table "日本" (id integer primary key); create table "/" (id integer primary key); create table "//" (id integer primary key);
  create unique index "*/ process.exit(3)" on "../x" ("1st") where "class" = '\`\${1}\`';
  create index "u\u2028v" on "../x" (lower("a b"), "a-b" desc);
  create view "v*/" as select 1; create trigger "t\`" after insert on "con" begin select 1; end;`;

/** Every shape of a foreign key, and names that relations and columns would both like to have. */
const related = `
  create table people (id integer primary key, email text not null unique, boss integer references people (id));
  create table profiles (person_id integer primary key references people (id) on delete cascade, bio text);
  create table posts (id integer primary key, author_id integer not null references people (id), editor_id integer references people (id),
    post text, tags text);
  create table tags (name text not null primary key);
  create table post_tags (post_id integer not null references posts (id), tag_name text not null references tags (name),
    primary key (post_id, tag_name));
  create table friends (a integer not null references people (id), b integer not null references people (id), primary key (a, b));
  create table shelves (room integer not null, place integer not null, primary key (room, place));
  create table books (id integer primary key, room integer, place integer, email text references people (email),
    foreign key (room, place) references shelves (room, place) on update cascade deferrable initially deferred);`;

/** What our own tables look like: types are known again by their checks. */
const ours = `
  create table things (id integer primary key autoincrement, name text constraint things_name_check check (length(name) <= 45),
    is_on integer not null default 1 constraint things_is_on_check check (is_on in (0, 1)),
    kind text constraint things_kind_check check (kind in ('a', 'it''s')), other text check (length(other) <= 3),
    made_at text default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
    twice integer generated always as (id * 2) virtual, big blob, rate real default 0.5) strict;`;

runCorpus({
  engine: "sqlite",
  server: "SQLite",
  schemas: [
    { name: "hostile", script: hostile },
    { name: "hostile-keep", script: hostile, naming: "keep" },
    { name: "related", script: related },
    { name: "ours", script: ours },
    { name: "empty", script: "select 1" },
  ],
  open: openCorpusDatabase,
});
