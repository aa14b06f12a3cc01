import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { expect, test } from "vitest";
import { mongodb } from "./index.ts";

const Place = defineModel("places", {
  columns: { id: col.objectId({ primaryKey: true }), meta: col.json<{ city: string; size: { area: number } }>() },
});
const db = createDatabase(createSchema({ places: Place }), mongodb({ url: "mongodb://127.0.0.1:1/none" }));
const places = db.from(Place);

test("a path of names stands in the query language too, where an index serves it", () => {
  expect(places.where("meta.city", "Rome").toSQL().sql).toContain('{"$match":{"meta.city":"?');
  expect(places.where("meta.size.area", ">=", 5).toSQL().sql).toContain('{"$match":{"meta.size.area":"?');
  expect(places.where("meta.city", "Rome").toSQL().parameters.at(-1)).toBe("Rome");
});

test("it stands there only where it finds no less than was asked for", () => {
  expect(places.where("meta.city", "!=", "Rome").toSQL().sql).not.toContain("meta.city");
  expect(places.where("meta.city", null).toSQL().sql).not.toContain("meta.city");
  expect(places.whereNot("meta.city", "Rome").toSQL().sql).not.toContain("meta.city");
});

test("keys that are values name no field", () => {
  expect(places.whereJson("meta", ["city"], "Rome").toSQL().sql).not.toContain("meta.city");
});
