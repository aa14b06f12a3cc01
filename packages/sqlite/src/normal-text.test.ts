import { describe, expect, test } from "vitest";
import { affinityOf, normalDefault, normalExpression, normalType } from "./normal-text.ts";

const columns = new Set(["age", "status", "order", "b"]);
const normal = (text: string) => normalExpression(text, columns);

describe("an expression has one form", () => {
  test.each([
    [' ( "Age">=18 /* adult */ ) ', "age >= 18"],
    ["((age > 1))", "age > 1"],
    ["[Age] == 1 -- one", "age = 1"],
    ["`age` != 0X1f", "age <> 0x1f"],
    ["LENGTH ( status ) < 5 AND age IS NOT NULL", "length(status) < 5 and age is not null"],
    ["status in('a','B')", "status in ('a', 'B')"],
    ['status = "active"', "status = 'active'"],
    ['"order" > 1', '"order" > 1'],
    ["age > .5 and age < 1.", "age > 0.5 and age < 1.0"],
    ["cast(age AS text)", "cast(age as text)"],
    ["main.t . age", "main.t.age"],
  ])("%s -> %s", (text, expected) => {
    expect(normal(text)).toBe(expected);
    expect(normal(expected)).toBe(expected);
  });
});

describe("what could change the meaning is kept apart", () => {
  test.each([
    ["(a or b) and c", "a or (b and c)"],
    ["age < 100100", "age < 100"],
    ["status = 'A'", "status = 'a'"],
    ["age <= 1", "age < 1"],
    ["(a) or (b)", "(a or b)"],
    ['"true" = 1', "true = 1"],
    ["status = 'a b'", "status = 'a  b'"],
    ["age - -1 > 0", "age - 1 > 0"],
  ])("%s and %s", (one, other) => {
    expect(normal(one)).not.toBe(normal(other));
  });
});

describe("a default is what a row gets", () => {
  test.each([
    ["integer", ["1", "+1", "'1'", "(1)", "TRUE", "0x1", "((1))", "1.0"], "1"],
    ["integer", ["-1", "- 1", "'-1'", "(-1)"], "-1"],
    ["integer", ["1e3", "1000"], "1000"],
    ["real", ["1", "1.0", "1e0"], "1"],
    ["text", ["1", "'1'"], "'1'"],
    ["text", ['"dq"', "dq", "'dq'"], "'dq'"],
    ["text", ["current_timestamp", "CURRENT_TIMESTAMP", "(Current_Timestamp)"], "current_timestamp"],
    ["text", ["datetime('now')", "(DATETIME ( 'now' ))"], "datetime('now')"],
    ["none", ["x'00FF'", "X'00ff'"], "x'00ff'"],
  ] as const)("%s: %s -> %s", (affinity, texts, expected) => {
    for (const text of texts) expect(normalDefault(text, affinity)).toBe(expected);
    expect(normalDefault(expected, affinity)).toBe(expected);
  });

  test("null is no default", () => {
    for (const text of ["null", "NULL", "(null)"]) expect(normalDefault(text, "text")).toBeUndefined();
    expect(normalDefault("'null'", "text")).toBe("'null'");
  });

  test("a text and a number stay apart where the column keeps them apart", () => {
    expect(normalDefault("'1'", "none")).not.toBe(normalDefault("1", "none"));
    expect(normalDefault("1.5", "text")).not.toBe(normalDefault("1", "text"));
  });
});

test("types have one spelling", () => {
  expect(normalType("varchar ( 20 )")).toBe("VARCHAR(20)");
  expect(normalType("decimal(10 , 2)")).toBe("DECIMAL(10,2)");
  expect(normalType('"my  type" (3)')).toBe("MY TYPE(3)");
  expect(normalType("Unsigned  Big\nInt")).toBe("UNSIGNED BIG INT");
  expect(normalType("int")).toBe("INTEGER");
  expect(normalType('"x); drop"')).toBe('"X); DROP"');
  expect(normalType(normalType('"x); drop"'))).toBe('"X); DROP"');
});

test("affinity follows the words of the type", () => {
  const affinities = ["POINT", "FLOATING POINT", "STRING", "DATE", "VARCHAR(5)", "DOUBLE", "", "BLOB", "ANY", "CLOB"];
  expect(affinities.map(affinityOf)).toEqual([
    "integer",
    "integer",
    "numeric",
    "numeric",
    "text",
    "real",
    "none",
    "none",
    "none",
    "text",
  ]);
});
