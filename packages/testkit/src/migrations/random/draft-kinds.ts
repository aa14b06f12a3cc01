import { col, type AnyColumn } from "@mortise/core";

/** The types that random columns have. */
export type KindName = keyof typeof kinds;

interface Kind {
  readonly make: (options: object) => AnyColumn;
  /** The value of a row, different for each row where `distinct`. */
  readonly value: (row: number) => unknown;
  readonly distinct: boolean;
  /** Whether indexes and keys can stand on it on every engine. */
  readonly indexable: boolean;
  /** Whether a check may compare it with a number. */
  readonly numeric: boolean;
  /** Types that hold the values of the rows as well, wider or narrower. */
  readonly others: readonly string[];
}

const number = { value: (row: number) => row * 7, distinct: true, indexable: true, numeric: true };
const text = { value: (row: number) => `it's ${row}`, distinct: true, indexable: true, numeric: false };
const plain = { distinct: false, indexable: true, numeric: false, others: [] };

export const kinds = {
  small: { ...number, make: (options: object) => col.smallInteger(options), others: ["integer", "big"] },
  integer: { ...number, make: (options: object) => col.integer(options), others: ["small", "big"] },
  big: { ...number, make: (options: object) => col.bigInteger(options), others: ["small", "integer"] },
  short: { ...text, make: (options: object) => col.string({ ...options, length: 10 }), others: ["long", "text"] },
  long: { ...text, make: (options: object) => col.string({ ...options, length: 40 }), others: ["short", "text"] },
  text: { ...text, make: (options: object) => col.text(options), indexable: false, others: ["short", "long"] },
  price: {
    ...plain,
    make: (options: object) => col.decimal({ ...options, precision: 5, scale: 2, mode: "string" }),
    value: (row: number) => `${row}.25`,
    others: ["amount"],
  },
  amount: {
    ...plain,
    make: (options: object) => col.decimal({ ...options, precision: 12, scale: 4, mode: "string" }),
    value: (row: number) => `${row}.25`,
    others: ["price"],
  },
  flag: { ...plain, make: (options: object) => col.boolean(options), value: (row: number) => row % 2 === 0 },
  day: {
    ...plain,
    make: (options: object) => col.date({ ...options, as: "string" }),
    value: (row: number) => `2024-01-0${(row % 9) + 1}`,
  },
  moment: {
    ...plain,
    make: (options: object) => col.timestamp(options),
    value: (row: number) => new Date(Date.UTC(2024, 0, 1, row)),
  },
  double: { ...plain, make: (options: object) => col.double(options), value: (row: number) => row / 3 },
  two: {
    ...plain,
    make: (options: object) => col.enum(["a", "it's"], options),
    value: (row: number) => (row % 2 === 0 ? "a" : "it's"),
    others: ["three"],
  },
  three: {
    ...plain,
    make: (options: object) => col.enum(["c", "it's", "a"], options),
    value: (row: number) => (row % 2 === 0 ? "a" : "it's"),
    others: ["two"],
  },
  json: {
    ...plain,
    make: (options: object) => col.json(options),
    indexable: false,
    value: (row: number) => ({ list: [row, "x"] }),
  },
  twice: { ...plain, make: computed("n * 2"), value: () => undefined, others: ["thrice"] },
  thrice: { ...plain, make: computed("n * 3"), value: () => undefined, others: ["twice"] },
} satisfies Readonly<Record<string, Kind>>;

function computed(expression: string) {
  return ({ default: _none, ...options }: { readonly default?: unknown }) =>
    col.integer({ ...options, nullable: true, generatedAs: { expression, stored: true } });
}

export function kindOf(name: KindName): Kind {
  return kinds[name];
}

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}

export function isComputed(name: KindName): boolean {
  return name === "twice" || name === "thrice";
}
