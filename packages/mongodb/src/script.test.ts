import { expect, test } from "vitest";
import { commandsOf, takesAway } from "./script.ts";

test("a script is commands one after the other", () => {
  const script = '-- the first { of two }\n{ "create": "a}" };\n{ "create": "b\\"{", "validator": { "a": 1 } }\n;';
  expect(commandsOf(script).map(({ create }) => create)).toEqual(["a}", 'b"{']);
  expect(commandsOf("-- nothing\n")).toEqual([]);
  for (const wrong of ["create table a (id int)", '{ "create": "a" } and more', '{ "create": ', "[]"])
    expect(() => commandsOf(wrong)).toThrow("MongoDB has no SQL");
});

test("it is known what takes documents or values away", () => {
  const loses = (command: object): boolean => takesAway(JSON.stringify(command));
  expect(loses({ drop: "a" })).toBe(true);
  expect(loses({ delete: "a", deletes: [{ q: {}, limit: 0 }] })).toBe(true);
  expect(loses({ update: "a", updates: [{ q: {}, u: [{ $unset: ["b"] }], multi: true }] })).toBe(true);
  expect(loses({ update: "a", updates: [{ q: {}, u: { $unset: { b: 1 } } }] })).toBe(true);
  expect(loses({ update: "a", updates: [{ q: {}, u: [{ $set: { c: "$b" } }, { $unset: ["b"] }] }] })).toBe(false);
  expect(loses({ delete: "mortise_counters", deletes: [{ q: {}, limit: 0 }] })).toBe(false);
  expect(loses({ create: "a" })).toBe(false);
});
