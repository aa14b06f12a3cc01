import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowBuilder } from "./row-class.ts";

class User {}

describe("rowBuilder", () => {
  it.each([0, 1, 3, 4, 7, 8, 9, 13, 31])("builds an instance with %i own properties in order", (count) => {
    const names = Array.from({ length: count }, (_, at) => `column${at}`);
    const row = rowBuilder(User, names)(names.map((_, at) => at));
    expect(Object.entries(row)).toEqual(names.map((name, at) => [name, at]));
    expect(row).toBeInstanceOf(User);
    expect(row.constructor).toBe(User);
  });

  it("takes any name as data", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "__defineGetter__", "a b", "ü", ""];
    const row = rowBuilder(User, names)(names);
    expect(Object.entries(row)).toEqual(names.map((name) => [name, name]));
    expect(row).toBeInstanceOf(User);
  });

  it("keeps two shapes apart, whatever their order of use", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string().filter((name) => name !== "__proto__" && !/^\d+$/.test(name))),
        (names) => {
          const forward = rowBuilder(User, names);
          const backward = rowBuilder(User, names.toReversed());
          const one = forward(names.map((_, at) => at));
          const other = backward(names.map((_, at) => at));
          expect(Object.keys(one)).toEqual(names);
          expect(Object.keys(other)).toEqual(names.toReversed());
        },
      ),
    );
  });
});
