import { expect, test } from "vitest";
import { supports } from "./supports.ts";

const index = (length: number | undefined) => ({
  name: "by_name",
  unique: false,
  columns: [{ column: "name", expression: undefined, order: "asc" as const, collation: undefined, length }],
  where: undefined,
  method: undefined,
  include: [],
  nullsNotDistinct: false,
});

test("an index over the beginnings of a column is refused by name", () => {
  const change = (length: number | undefined) =>
    supports({ kind: "createIndex", table: "users", namespace: undefined, index: index(length) });
  expect(change(undefined)).toBe(true);
  expect(change(10)).toEqual({
    reason:
      'The indexes of PostgreSQL have no length: leave it out of the index "by_name" of "users", or index an expression such as left(name, 10).',
  });
});
