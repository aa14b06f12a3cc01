import { col, createDatabase, createSchema, defineModel, UniqueViolationError } from "@mortise/core";
import { push } from "@mortise/migrator";
import { expect, test } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const schema = createSchema({
  items: defineModel("items", {
    columns: { id: col.increment(), code: col.integer({ unique: true }), name: col.text() },
  }),
});

onServers((server) => {
  const target = targetOn(server);
  test("an upsert by a key that is null does not take a row that another key hits", async () => {
    await using db = createDatabase(schema, await target.open());
    await push(db);
    const items = db.from(schema.items);
    await items.insert({ id: 1, code: null, name: "old" });
    const clash = items.upsert({ id: 1, code: null, name: "new" }, { conflict: ["code"] });
    await expect(clash).rejects.toThrow(UniqueViolationError);
    const another = { id: 2, code: null, name: "another" };
    expect(await items.upsert(another, { conflict: ["code"] })).toEqual(another);
    const other = items.upsert({ id: 2, code: null, name: "new" }, { conflict: ["code"], update: ["name"] });
    await expect(other).rejects.toThrow(UniqueViolationError);
    expect(await items.orderBy("id").pluck("name")).toEqual(["old", "another"]);
  });
});
