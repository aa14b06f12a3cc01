import { describe, expect, test } from "vitest";
import { derivedName, distinctName, isDerivedName } from "./names.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

test("names say the table, the columns and what they are", () => {
  expect(derivedName("users", ["email"], "index")).toBe("users_email_index");
  expect(derivedName("posts", ["user_id", "slug"], "unique")).toBe("posts_user_id_slug_unique");
});

describe("a name over 63 bytes", () => {
  const long = "a_table_with_a_name_that_goes_on_and_on_and_on";

  test("is cut and keeps its ending", () => {
    const name = derivedName(long, ["and_a_column_as_long"], "foreign");
    expect(bytes(name)).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^a_table_with_a_name_.*_[0-9a-f]{8}_foreign$/);
    expect(name).toBe(derivedName(long, ["and_a_column_as_long"], "foreign"));
  });

  test("stays apart from one that begins alike", () => {
    expect(derivedName(long, ["and_a_column_as_long_1"], "index")).not.toBe(
      derivedName(long, ["and_a_column_as_long_2"], "index"),
    );
  });

  test("is cut between characters", () => {
    const name = derivedName("表".repeat(40), ["x"], "index");
    expect(bytes(name)).toBeLessThanOrEqual(63);
    expect(name.isWellFormed()).toBe(true);
  });
});

test("a derived name is known again, hashed or not", () => {
  const long = "x".repeat(80);
  expect(isDerivedName("users_email_index", "users", ["email"], "index")).toBe(true);
  expect(isDerivedName(undefined, "users", ["email"], "index")).toBe(true);
  expect(isDerivedName(distinctName("users", ["email"], "index", "other"), "users", ["email"], "index")).toBe(true);
  expect(isDerivedName(derivedName(long, ["email"], "index"), long, ["email"], "index")).toBe(true);
  expect(isDerivedName("idx_email", "users", ["email"], "index")).toBe(false);
  expect(isDerivedName("users_name_index", "users", ["email"], "index")).toBe(false);
});
