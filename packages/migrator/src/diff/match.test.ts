import { expect, test } from "vitest";
import { matchObjects, type Matching } from "./match.ts";

interface Thing {
  readonly name: string | undefined;
  readonly content: string;
}
const by: Matching<Thing> = {
  name: (thing) => thing.name,
  content: (thing) => thing.content,
  isUnnamed: (thing) => thing.name === undefined || thing.name.startsWith("derived"),
};
const match = (actual: readonly Thing[], desired: readonly Thing[]) =>
  matchObjects(actual, desired, (name) => name.toLowerCase(), by);
const thing = (name: string | undefined, content: string): Thing => ({ name, content });
const nothing = { missing: [], changed: [], extra: [] };

test("equal content under an equal name is a pair, in any case that the database folds", () => {
  expect(match([thing("One", "x")], [thing("one", "x")])).toEqual(nothing);
});

test("a derived name is found under any name, a given name is wanted", () => {
  expect(match([thing("theirs", "x")], [thing("derived_x", "x")])).toEqual(nothing);
  expect(match([thing(undefined, "x")], [thing("derived_x", "x")])).toEqual(nothing);
  expect(match([thing("theirs", "x")], [thing("given", "x")])).toEqual({
    missing: [thing("given", "x")],
    changed: [],
    extra: [thing("theirs", "x")],
  });
});

test("an equal name with other content is a change", () => {
  expect(match([thing("derived_x", "x")], [thing("derived_x", "y")])).toEqual({
    ...nothing,
    changed: [{ from: thing("derived_x", "x"), to: thing("derived_x", "y") }],
  });
});

test("each object that is there is paired once, the one of the same name first", () => {
  const actual = [thing("a", "x"), thing("derived_x", "x")];
  expect(match(actual, [thing("derived_x", "x"), thing("derived_x2", "x")])).toEqual(nothing);
  expect(match(actual, [thing("derived_x", "x")])).toEqual({ ...nothing, extra: [thing("a", "x")] });
  expect(match([thing("a", "x")], [thing("derived_1", "x"), thing("derived_2", "x")])).toEqual({
    ...nothing,
    missing: [thing("derived_2", "x")],
  });
});
