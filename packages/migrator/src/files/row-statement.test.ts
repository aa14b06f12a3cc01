import { expect, test } from "vitest";
import { changesRows, opensTransactions } from "./row-statement.ts";

test.for([
  ["insert into a values (1)", true],
  ["  UPDATE a SET b = 1", true],
  ["-- a comment\n/* and\none */ # more\ndelete from a", true],
  ["replace into a values (1)", true],
  ["/*!50001 insert into a values (1) */", false],
  ["create table inserts (id int)", false],
  ["call insert_all()", false],
  ["inserted", false],
] as const)("%s changes rows: %s", ([text, isSo]) => {
  expect(changesRows(text)).toBe(isSo);
});

test.for([
  ["begin", true],
  ["START  TRANSACTION read only", true],
  ["set autocommit = 0", true],
  ["set session sql_mode = ''", false],
  ["insert into a values ('begin')", false],
] as const)("%s opens a transaction: %s", ([text, isSo]) => {
  expect(opensTransactions(["select 1", text])).toBe(isSo);
});
