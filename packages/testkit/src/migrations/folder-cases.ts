import { readdir, writeFile } from "node:fs/promises";
import {
  baseline,
  fresh,
  inspect,
  list,
  migrate,
  reset,
  rollback,
  squash,
  status,
  unlock,
  wipe,
} from "@mortise/migrator";
import { expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import { withModules } from "./module-bench.ts";
import { changed, users } from "./module-sources.ts";

/** A folder of migrations. */
export function folderCases(target: Target): void {
  test("beside SQL files, in one order, and taken back", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_users", users);
      await write("3_none", 'irreversible: "the moon is in the way.", up() {}');
      await writeFile(`${directory}/2_more.sql`, "insert into users (id, email) values (1, 'x');");
      await writeFile(`${directory}/2_more.d.ts`, "");
      expect((await on((db) => migrate(db, { directory }))).migrations).toEqual(["1_users", "2_more", "3_none"]);
      await expect(on((db) => rollback(db, { directory, step: 1 }))).rejects.toThrow("the moon is in the way.");
      await write("3_none", "up() {}");
      await expect(on((db) => rollback(db, { directory, step: 1 }))).rejects.toThrow("edited afterwards: 3_none");
      await writeFile(`${directory}/1_users.sql`, "select 1;");
      await expect(on((db) => status(db, { directory }))).rejects.toThrow('"1_users" is there twice');
    }));

  test("made anew, taken back as a whole, and wiped", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_users", users);
      await write(
        "2_more",
        'up(schema) { schema.createTable("c", (t) => { t.increments(); }); }, down(schema) { schema.dropTable("c"); }',
      );
      await on((db) => migrate(db, { directory, to: "1" }));
      await on((db) => db.raw("insert into users (id, email) values (1, 'x')"));
      expect((await on((db) => fresh(db, { directory }))).migrations).toEqual(["1_users", "2_more"]);
      expect(await on((db) => db.raw("select id from users"))).toEqual([]);
      expect((await on((db) => reset(db, { directory }))).migrations).toEqual(["2_more", "1_users"]);
      expect((await on((db) => inspect(db))).tables.map(({ name }) => name)).toEqual(["mortise_migrations"]);
      await on((db) => migrate(db, { directory }));
      expect((await on((db) => wipe(db))).tables.toSorted()).toEqual(["c", "mortise_migrations", "posts", "users"]);
      expect((await on((db) => inspect(db))).tables).toEqual([]);
      expect(await on((db) => unlock(db))).toMatchObject({ cleared: false });
    }));
}

/** The database as one migration. */
export function wholeCases(target: Target): void {
  test("squashed into one, which other databases take in their place", () =>
    withModules(target, async ({ directory, on, write }) => {
      await write("1_users", users);
      await expect(on((db) => squash(db, { directory }))).rejects.toThrow("still to be made: 1_users");
      await write("2_changed", changed);
      await on((db) => migrate(db, { directory }));
      const before = await on((db) => inspect(db));
      expect(await on((db) => squash(db, { directory }))).toEqual({
        file: "2_squashed.ts",
        replaced: ["1_users", "2_changed"],
      });
      expect(await readdir(directory)).toEqual(["2_squashed.ts"]);
      expect((await on((db) => list(db))).map(({ name }) => name)).toEqual(["2_squashed"]);
      await on((db) => fresh(db, { directory }));
      expect(sorted(await on((db) => inspect(db)))).toEqual(sorted(before));
    }));

  test("begun on a database that is there", () =>
    withModules(target, async ({ directory, on, write }) => {
      await on((db) => db.raw("create table a (id INT not null primary key, b VARCHAR(9) default 'x')"));
      await on((db) => db.raw("create index by_b on a (b)"));
      const before = await on((db) => inspect(db));
      const at = new Date("2026-01-01T00:00:00Z");
      expect(await on((db) => baseline(db, { directory, at }))).toMatchObject({ marked: ["20260101000000_baseline"] });
      expect((await on((db) => migrate(db, { directory }))).migrations).toEqual([]);
      await on((db) => fresh(db, { directory }));
      expect(sorted(await on((db) => inspect(db)))).toEqual(sorted(before));
      await write("3_later", 'up(schema) { schema.createTable("a", (t) => { t.increments(); }); }');
      expect(await on((db) => baseline(db, { directory, to: "3" }))).toMatchObject({ marked: ["3_later"] });
      await expect(on((db) => baseline(db, { directory }))).rejects.toThrow("were made on this database already");
    }));
}

function sorted({ tables }: Awaited<ReturnType<typeof inspect>>): readonly object[] {
  const by = (a: { readonly name: string | undefined }, b: { readonly name: string | undefined }) =>
    (a.name ?? "") < (b.name ?? "") ? -1 : 1;
  return tables
    .filter(({ name }) => name !== "mortise_migrations")
    .toSorted(by)
    .map((table) => ({
      ...table,
      columns: table.columns.toSorted(by),
      checks: table.checks.toSorted(by),
      indexes: table.indexes.toSorted(by),
      uniques: table.uniques.toSorted(by),
    }));
}
