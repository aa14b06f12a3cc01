import { expect, test } from "vitest";
import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { diff, plan } from "./database.ts";
import { push } from "./push.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const version = (columns: Parameters<typeof defineModel>[1]["columns"]) =>
  createSchema({ users: defineModel("users", { columns: { id: col.increment(), ...columns } }) });

/** A database with one user, and a handle on it with the next schema. */
async function evolve(body: (db: object) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mortise-ambiguity-"));
  const open = (columns: Parameters<typeof version>[0]) =>
    createDatabase(version(columns), sqlite({ filename: join(folder, "a.db") }));
  try {
    const first = open({ name: col.text() });
    await push(first);
    await first.raw("insert into users (name) values ('Ada')");
    await first.close();
    const second = open({ fullName: col.text() });
    await body(second);
    await second.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a drop that may be a rename is refused with the choices, for people and for programs", () =>
  evolve(async (db) => {
    const { refused, steps } = await plan(db, { drop: true });
    expect(refused).toMatchObject([
      {
        line: "drop column users.name",
        choices: [{ rename: "users.name:full_name" }, { acknowledge: "drop-column:users.name" }],
      },
    ]);
    expect(steps.flatMap(({ hazards }) => hazards.map(({ code, rows }) => ({ code, rows })))).toEqual([
      { code: "drop-column", rows: 1 },
    ]);
    await expect(push(db, { drop: true, acknowledge: ["drop-column"] })).rejects.toThrow(
      'It may be a rename. If it is, say so with rename: "users.name:full_name" (or renamedFrom in the model)',
    );
  }));

test("either choice decides, and a hint does nothing the second time", () =>
  evolve(async (db) => {
    const rename = ["users.name:full_name"];
    expect((await diff(db, { rename, drop: true })).changes.map(({ kind }) => kind)).toEqual(["renameColumn"]);
    expect((await push(db, { rename, dryRun: true })).summary).toBe("1 change: rename column users.name to full_name");
    await push(db, { rename, drop: true });
    expect((await push(db, { rename, drop: true })).summary).toBe("no differences");
  }));

test("an acknowledged drop is a drop", () =>
  evolve(async (db) => {
    const { changes } = await push(db, { drop: true, acknowledge: ["drop-column:users.name"] });
    expect(changes.map(({ kind }) => kind)).toEqual(["addColumn", "dropColumn"]);
  }));

test("without drop nothing goes, and a hint that leads nowhere is an error", () =>
  evolve(async (db) => {
    const { kept } = await push(db);
    expect(kept).toEqual([{ kind: "column", table: "users", name: "name" }]);
    await expect(plan(db, { rename: ["users.name:nobody"] })).rejects.toThrow('nothing called "nobody"');
    await expect(plan(db, { rename: ["users"] })).rejects.toThrow("is not understood");
  }));
