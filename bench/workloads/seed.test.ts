import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { sqliteResets } from "./resets.ts";
import { rowCounts, seed } from "./seed.ts";
import { wideColumns } from "./wide-columns.ts";

function seeded(): Database.Database {
  const database = new Database(":memory:");
  for (const sql of seed) database.exec(sql);
  return database;
}

test("the tables have as many rows as is said, and children by the same number for each parent", () => {
  const database = seeded();
  const count = (sql: string) => database.prepare(sql).pluck().get();
  for (const [table, rows] of Object.entries(rowCounts)) expect(count(`select count(*) from ${table}`)).toBe(rows);
  expect(count("select count(distinct n) from (select count(*) as n from posts group by user_id)")).toBe(1);
  expect(count("select count(*) from posts where user_id not in (select id from users)")).toBe(0);
  expect(count("select count(*) from comments where post_id not in (select id from posts)")).toBe(0);
  expect(count("select count(*) from post_tags where tag_id not in (select id from tags)")).toBe(0);
});

test("the wide table has 31 columns of every kind", () => {
  const row = seeded().prepare("select * from wide where id = 7").get();
  expect(Object.keys(row ?? {})).toEqual(["id", ...wideColumns.map(({ name }) => name)]);
  expect(wideColumns).toHaveLength(30);
  expect(row).toMatchObject({
    integer1: 259,
    maybe_integer1: 8,
    text2: "text 7 of column 2",
    flag2: 0,
    instant1: "2023-11-15 00:07:19.123",
    document1: '{"n":7,"list":[1,"b","c"]}',
    number2: 1.75,
  });
});

test("what turns leave behind is put right", () => {
  const database = seeded();
  const names = () => database.prepare("select name from users order by id limit 2").pluck().all();
  database.exec("update users set name = 'Renamed'; insert into notes values (1, 1, 'left', 1, '')");
  for (const sql of Object.values(sqliteResets)) database.exec(sql);
  expect(names()).toEqual(["User 1", "User 2"]);
  expect(database.prepare("select count(*) from notes").pluck().get()).toBe(0);
});
