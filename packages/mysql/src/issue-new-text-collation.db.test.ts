import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { diff, push } from "@mortise/migrator";
import { expect, it } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { administer, openTestDatabase } from "./test-database.fixture.ts";

const id = col.increment();
const schema = createSchema({
  notes: defineModel("notes", {
    columns: { id, title: col.string({ length: 20 }), more: col.string({ length: 20 }), kind: col.enum(["a", "b"]) },
  }),
});

onServers((server) => {
  it.each(["utf8mb4_general_ci", "utf8mb4_unicode_ci", undefined])(
    "a new text column in a table of the collation %s makes no difference afterwards",
    async (collation) => {
      const database = await openTestDatabase(server);
      try {
        const own = collation === undefined ? "" : ` collate ${collation}`;
        await administer(
          database.url,
          `create table notes (id int not null auto_increment primary key, title varchar(20)) engine=innodb${own}`,
        );
        await using db = createDatabase(schema, database.adapter());
        expect((await push(db)).changes.map(({ kind }) => kind)).toEqual(["addColumn", "addColumn"]);
        const texts = "table_name = 'notes' and table_schema = database() and collation_name is not null";
        const shown = `select count(*), count(distinct collation_name) from information_schema.columns where ${texts}`;
        expect(await administer(database.url, shown)).toEqual([[3, 1]]);
        expect((await diff(db)).changes).toEqual([]);
      } finally {
        await database.remove();
      }
    },
  );
});
