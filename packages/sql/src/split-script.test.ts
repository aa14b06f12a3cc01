import { expect, test } from "vitest";
import { splitScript } from "./split-script.ts";

const sqlite = { backslashes: false, hashComments: false, dollarQuotes: false };
const mysql = { backslashes: true, hashComments: true, dollarQuotes: false };
const postgres = { backslashes: false, hashComments: false, dollarQuotes: true };

test("statements end at semicolons, but not inside of texts, names and comments", () => {
  expect(splitScript("-- one; two\nselect ';', \"a;b\", `c;d`, [e;f]; /* ; */ select 2;;\n", sqlite)).toEqual([
    "select ';', \"a;b\", `c;d`, [e;f]",
    "select 2",
  ]);
  expect(splitScript("select 'it''s;'; select 3 -- last;", sqlite)).toEqual(["select 'it''s;'", "select 3 -- last;"]);
  expect(splitScript("", sqlite)).toEqual([]);
});

test("a trigger is one statement, with the cases in it", () => {
  const trigger =
    "create trigger t after insert on a begin update b set c = case when 1 then 2 end; delete from d; end";
  expect(splitScript(`${trigger}; select begin_at from t; select 1`, sqlite)).toEqual([
    trigger,
    "select begin_at from t",
    "select 1",
  ]);
  const procedure = "create procedure p() begin if 1 then select 1; end if; while 0 do select 2; end while; end";
  expect(splitScript(`${procedure}; select 3`, mysql)).toEqual([procedure, "select 3"]);
});

test("backslashes, hashes and delimiters of MySQL", () => {
  expect(
    splitScript("select 'a\\';b'; # c;\nselect 1; DELIMITER //\nselect 2; select 3//\nDELIMITER ;\nselect 4;", mysql),
  ).toEqual(["select 'a\\';b'", "select 1", "select 2; select 3", "select 4"]);
});

test("dollar quotes, escape strings and nested comments of PostgreSQL", () => {
  const body = "create function f() returns int as $a$ begin; $b$ ; end; $a$ language plpgsql";
  expect(splitScript(`${body}; select e'\\';', 'b\\'; /* x /* ; */ ; */ select $1; select arr[1];`, postgres)).toEqual([
    body,
    "select e'\\';', 'b\\'",
    "select $1",
    "select arr[1]",
  ]);
});
