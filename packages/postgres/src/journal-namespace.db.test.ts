import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, createSchema } from "@mortise/core";
import { fresh, list, migrate, rollback, status } from "@mortise/migrator";
import { expect, it, onTestFinished } from "vitest";
import { onServers, openDatabase } from "./servers.fixture.ts";

onServers((server) => {
  it("keeps the journal in the namespace that it is told", async () => {
    const database = await openDatabase(server);
    onTestFinished(() => database.remove());
    const directory = await mkdtemp(join(tmpdir(), "mortise-journal-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "2026_a.sql"), "create table a (id int);\n");
    await writeFile(join(directory, "2026_a.down.sql"), "drop table a;\n");
    await using db = createDatabase(createSchema({}), database.adapter());
    const options = { directory, tableName: "journal", schemaName: 'the "keep"' };
    const names = async () => (await list(db, options)).map(({ name }) => name);
    const places = () =>
      db.raw(
        "select table_schema as at, table_name as name from information_schema.tables where table_name in ('a', 'journal') order by 2",
      );

    await migrate(db, options);
    expect(await places()).toEqual([
      { at: "public", name: "a" },
      { at: 'the "keep"', name: "journal" },
    ]);
    expect(await names()).toEqual(["2026_a"]);
    expect((await migrate(db, options)).migrations).toEqual([]);
    expect((await fresh(db, options)).migrations).toEqual(["2026_a"]);
    await rollback(db, options);
    expect(await names()).toEqual([]);
    expect((await status(db, options)).pending.map(({ name }) => name)).toEqual(["2026_a"]);
    expect(await places()).toEqual([{ at: 'the "keep"', name: "journal" }]);
  });
});
