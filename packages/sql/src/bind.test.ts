import { encoderOf, type ValuePlace } from "@mortise/core/adapter";
import { expect, it } from "vitest";
import { encodeBinds, scalarOf } from "./bind.ts";

const place: ValuePlace = { type: { kind: "text" }, nullable: false, model: "users", column: "name" };
const codecFor = () => ({ encode: (value: unknown) => `<${String(value)}>`, decode: undefined });

it("encodes in the order of the parameters, also when a slot stands twice", () => {
  const encode = encoderOf(place, codecFor);
  expect(
    encodeBinds(
      [1, 0, 1].map((slot) => ({ slot, encode })),
      ["a", "b"],
    ),
  ).toEqual(["<b>", "<a>", "<b>"]);
});

it("prepares what is no null, and takes a null that prepare makes", () => {
  const prepared = encoderOf(
    { ...place, nullable: true, prepare: (value) => (value === "" ? null : "made") },
    codecFor,
  );
  expect([prepared(null), prepared("a"), prepared("")]).toEqual([null, "<made>", null]);
  expect(encoderOf({ ...place, nullable: true }, codecFor)(null)).toBeNull();
});

it("refuses null where the column takes none, and undefined everywhere", () => {
  const encode = encoderOf(place, codecFor);
  expect(() => encode(null)).toThrow("users.name may not be null.");
  expect(() => encode(undefined)).toThrow("users.name was given undefined; leave the key out, or give null.");
});

it.each([[{}], [[]], [undefined], [() => 1], [Symbol("x")], [Number.NaN], [new Map()]])(
  "takes no raw parameter %o",
  (value) => {
    expect(() => scalarOf(value)).toThrow("raw parameter");
  },
);

it.each([["a"], [1.5], [2n], [true], [null], [new Date(0)], [Buffer.from("a")]])(
  "takes the raw parameter %o",
  (value) => {
    expect(scalarOf(value)).toBe(value);
  },
);
