import { expect, test } from "vitest";
import { camelName, fileName, modelName, Names, plural, singular, wordsOf } from "./names.ts";

test.for([
  ["users", "User"],
  ["user_roles", "UserRole"],
  ["categories", "Category"],
  ["addresses", "Address"],
  ["statuses", "Status"],
  ["status", "Status"],
  ["news", "News"],
  ["people", "Person"],
  ["shelves", "Shelf"],
  ["OrderDetails", "OrderDetail"],
  ["object", "ObjectModel"],
  ["dates", "DateModel"],
  ["../x", "X"],
  ["`${process.exit()}`", "ProcessExit"],
  ["2024 sales", "_2024Sale"],
  ["", "Table"],
  ["日本", "日本"],
])("the table %s has the model %s", ([table = "", model]) => {
  expect(modelName(table)).toBe(model);
});

test("words come back as they were", () => {
  for (const word of ["category", "person", "box", "day", "shelf", "status", "news"])
    expect(singular(plural(word))).toBe(word);
  expect(wordsOf("userIDNumber2_x")).toEqual(["user", "id", "number2", "x"]);
  expect(camelName(["1st"], "column")).toBe("_1st");
});

test("a file's name is small letters, digits and hyphens, and none that a system keeps for itself", () => {
  expect(["UserRole", "日本", "Con", "Schema", "X".repeat(300)].map(fileName)).toEqual([
    "user-role",
    "table",
    "con-model",
    "schema-model",
    "x".repeat(100),
  ]);
});

test("names that differ in their case alone are told apart", () => {
  const names = new Names(["Taken"]);
  expect([names.claim("User"), names.claim("user"), names.claim("USER"), names.claim("taken", "other")]).toEqual([
    "User",
    "user2",
    "USER3",
    "other",
  ]);
});
