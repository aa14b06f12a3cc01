import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, createSchema } from "@mortise/core";
import { fresh, list, migrate, rollback } from "@mortise/migrator";
import { expect, it, onTestFinished } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { administer, openTestDatabase } from "./test-database.fixture.ts";

onServers((server) => {
  it("keeps the journal in the database that it is told", async () => {
    const database = await openTestDatabase(server);
    const schemaName = `${database.name}_keep`;
    onTestFinished(async () => {
      await administer(server.url, `drop database if exists ${schemaName}`);
      await database.remove();
    });
    const directory = await mkdtemp(join(tmpdir(), "mortise-journal-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    await writeFile(join(directory, "2026_a.sql"), "create table a (id int);\n");
    await writeFile(join(directory, "2026_a.down.sql"), "drop table a;\n");
    await using db = createDatabase(createSchema({}), database.adapter());
    const options = { directory, tableName: "journal", schemaName };
    const tables = async () =>
      (await administer(server.url, `show tables from ${schemaName}`, `show tables from ${database.name}`)).flat();

    expect((await migrate(db, options)).migrations).toEqual(["2026_a"]);
    expect(await tables()).toEqual(["a"]);
    expect(await administer(server.url, `select name from ${schemaName}.journal`)).toEqual([["2026_a"]]);
    expect((await migrate(db, options)).migrations).toEqual([]);
    expect((await fresh(db, options)).migrations).toEqual(["2026_a"]);
    await rollback(db, options);
    expect(await list(db, options)).toEqual([]);
    expect(await tables()).toEqual([]);
  });
});
