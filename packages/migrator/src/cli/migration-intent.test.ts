import { expect, test } from "vitest";
import { intentOf, migrationSource, sqlSources } from "./migration-intent.ts";

test.each([
  ["create_users", { kind: "create", table: "users" }],
  ["create_users_table", { kind: "create", table: "users" }],
  ["add_age_to_users", { kind: "change", table: "users" }],
  ["remove_age_from_users_table", { kind: "change", table: "users" }],
  ["rename_name_in_users", { kind: "change", table: "users" }],
  ["alter_users", { kind: "change", table: "users" }],
  ["seed_countries", { kind: "blank" }],
  ["createusers", { kind: "blank" }],
])("%s means %o", (name, expected) => {
  expect(intentOf(name)).toEqual(expected);
});

test("the name of a table stays a text, whatever is in it", () => {
  const source = migrationSource({ kind: "create", table: '");process.exit(1);("' });
  expect(source).toContain('schema.createTable("\\");process.exit(1);(\\"", (table) => {');
  expect(sqlSources({ kind: "change", table: "users\ndrop table users" })[0]).toBe(
    "-- the statements of users drop table users, each ended by a semicolon\n",
  );
});

test("a blank migration has both ways, empty", () => {
  expect(migrationSource({ kind: "blank" })).toContain("  up(schema) {},\n  down(schema) {},\n");
});
