import { createDatabase, createSchema } from "@mortise/core";
import { list } from "@mortise/migrator";
import { sqlite } from "@mortise/sqlite";
import { expect, test } from "vitest";

test("a namespace of the journal is refused by a database that has none", async () => {
  await using db = createDatabase(createSchema({}), sqlite({ filename: ":memory:" }));
  await expect(list(db, { schemaName: "keep" })).rejects.toThrow(
    'The journal cannot stand in "keep": this database has no namespaces. Leave schemaName out. Nothing was changed.',
  );
});
