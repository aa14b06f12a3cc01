import type { Column } from "@mortise/core";

/** A column whose values the compiler does not know: the cases are data. */
export type CaseColumn = Column<any, any, "optional" | "required">;

/** A value as it is written, and as every read gives it. */
export interface CaseValue {
  readonly given: unknown;
  readonly read: unknown;
}

/** A column type with its edge values. */
export interface ValueCase {
  readonly name: string;
  readonly column: CaseColumn;
  /** In the order of the column where it has one; no two equal. */
  readonly values: readonly CaseValue[];
  /** Values that are refused before anything is sent. */
  readonly refused: readonly unknown[];
  /** What the type can do beside being written and read: be compared, and be sorted. */
  readonly compares: "not" | "equal" | "ordered";
}

/** Values that come back as they were given. */
export function same(...values: readonly unknown[]): CaseValue[] {
  return values.map((value) => ({ given: value, read: value }));
}

/** A value that is stored in another form: `7n` as `7`, an upper-case UUID in lower case. */
export function becomes(given: unknown, read: unknown): CaseValue {
  return { given, read };
}

/** What no column of one scalar takes. */
export const notScalars: readonly unknown[] = [
  {},
  [],
  { a: 1 },
  ["a"],
  { $ne: null },
  { toString: () => "1" },
  { toJSON: () => 1 },
  Object.create(null),
  new Map(),
  new Set([1]),
  () => 1,
  Symbol("value"),
];

export const notNumbers: readonly unknown[] = [
  ...notScalars,
  Number.NaN,
  Infinity,
  -Infinity,
  true,
  "",
  "abc",
  new Date(0),
];
export const notTexts: readonly unknown[] = [
  ...notScalars,
  1,
  1n,
  true,
  new Date(0),
  new Uint8Array(1),
  "a\0b",
  "lone \ud800 surrogate",
  "\udc00",
];
