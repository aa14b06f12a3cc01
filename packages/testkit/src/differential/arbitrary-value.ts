import fc from "fast-check";
import type { ColumnSpec, Kind, Value } from "./program.ts";

type Present = Exclude<Value, null>;

/** Letters on which engines differ: case, accents, blanks, wildcards, escapes, and order beyond U+FFFF. */
const letters = [
  "a",
  "A",
  "b",
  "B",
  "é",
  "É",
  "z",
  "Z",
  "0",
  " ",
  "%",
  "_",
  "\\",
  "'",
  '"',
  "*",
  "?",
  "[",
  "😀",
  "\uffee",
];
const shortText = fc.array(fc.constantFrom(...letters), { maxLength: 4 }).map((parts) => parts.join(""));
const text = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom("", "a", "A", "a ", " a", "ab", "Ab", "é", "É", "e", "10", "9", "a%b", "a_b"),
  },
  { weight: 1, arbitrary: shortText },
);

const wide = 2n ** 57n;
const bigInteger = fc.oneof(
  fc.bigInt(-3n, 5n),
  fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, wide, -wide),
  fc.bigInt(-wide, wide),
);

/** Eighths add up without an error, whatever the order. */
const double = fc
  .oneof(fc.integer({ min: -16, max: 40 }), fc.integer({ min: -80_000, max: 80_000 }))
  .map((n) => n / 8 + 0);

const instants = [
  "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00.000Z",
  "2000-02-29T12:00:00.000Z",
  "2011-12-30T10:00:00.000Z",
  "2023-12-31T23:59:59.999Z",
  "2024-01-01T00:00:00.000Z",
  "2024-02-29T00:00:00.001Z",
  "2024-03-10T07:30:00.000Z",
  "2024-03-10T02:30:00.500Z",
  "2038-01-19T03:14:08.000Z",
].map((one) => Date.parse(one));
const datetime = fc.oneof(fc.constantFrom(...instants), fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2090, 0) }));
const days = [
  "1969-12-31",
  "2000-02-29",
  "2011-12-30",
  "2023-12-31",
  "2024-01-01",
  "2024-02-29",
  "2024-03-01",
  "2024-03-31",
];
const date = fc.oneof(
  fc.constantFrom(...days),
  fc
    .integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) })
    .map((instant) => new Date(instant).toISOString().slice(0, 10)),
);

const uuids = [
  "00000000-0000-4000-8000-000000000000",
  "0a000000-0000-4000-8000-00000000000b",
  "ffffffff-ffff-4fff-bfff-ffffffffffff",
];
const uuid = fc.oneof(
  fc.constantFrom(...uuids),
  fc.nat(0xffff).map((n) => `${n.toString(16).padStart(8, "0")}-0000-4000-8000-000000000001`),
);

const enumSets = [["zeta", "Alpha", "beta"], ["a", "B", "c", "é"], ["draft"]] as const;

/** Documents of what JSON says the same everywhere; numbers are whole. */
const { document } = fc.letrec<{ document: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(shortText, fc.integer({ min: -1000, max: 1000 }), fc.boolean()),
  document: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc.array(fc.oneof(tie("document"), fc.constant(null)), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "a.b", 'q"', "é"), tie("document"), { maxKeys: 3 }),
  ),
}));

/** An exact decimal with so many digits behind the point, whole ones and halves among them. */
function decimal(scale: number): fc.Arbitrary<string> {
  const units = fc.oneof(
    fc.bigInt(-20n, 40n),
    fc.bigInt(-3n, 5n).map((halves) => (halves * 10n ** BigInt(scale)) / 2n),
    fc.bigInt(-(10n ** 24n), 10n ** 24n),
  );
  return units.map((unit) => decimalText(unit, scale));
}

function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const whole = `${units < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}`;
  return scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`;
}

/** Any value of a kind. */
function anyValue(kind: Exclude<Kind, "enum">, scale: number): fc.Arbitrary<Present> {
  switch (kind) {
    case "integer":
      return fc.oneof(fc.integer({ min: -3, max: 5 }), fc.integer({ min: -1_000_000, max: 1_000_000 }));
    case "bigInteger":
      return bigInteger;
    case "double":
      return double;
    case "decimal":
      return decimal(scale);
    case "string":
    case "text":
      return text;
    case "boolean":
      return fc.boolean();
    case "datetime":
      return datetime;
    case "date":
      return date;
    case "uuid":
      return uuid;
    case "json":
      return document.map((value) => JSON.stringify(value));
  }
}

/** The few values a column draws from. */
export function poolOf(kind: Kind, scale: number): fc.Arbitrary<readonly Present[]> {
  if (kind === "enum") return fc.constantFrom(...enumSets);
  const size = kind === "boolean" ? { minLength: 2, maxLength: 2 } : { minLength: 1, maxLength: 5 };
  return fc.uniqueArray(anyValue(kind, scale), size);
}

/** A value to store. */
export function storedValue(column: ColumnSpec): fc.Arbitrary<Value> {
  const some = column.pool.length === 0 ? fc.constant(null) : fc.constantFrom(...column.pool);
  return column.nullable ? fc.oneof({ weight: 7, arbitrary: some }, { weight: 3, arbitrary: fc.constant(null) }) : some;
}

/** A value to compare with: mostly one that rows have, else a neighbour of one, else any. */
export function comparedValue(column: ColumnSpec): fc.Arbitrary<Present> {
  const present = column.pool.filter((value) => value !== null);
  if (column.kind === "enum") return fc.constantFrom(...present);
  const fresh = anyValue(column.kind, column.scale);
  if (present.length === 0) return fresh;
  const pooled = fc.constantFrom(...present);
  return fc.oneof(
    { weight: 5, arbitrary: pooled },
    { weight: 2, arbitrary: pooled.map((value) => otherwise(column, value)) },
    { weight: 2, arbitrary: fc.tuple(pooled, fc.boolean()).map(([value, up]) => neighbour(column, value, up)) },
    { weight: 1, arbitrary: fresh },
  );
}

/** The same value, written in another way where there is one: `1.5` for `1.50`, a number for a small big integer. */
function otherwise({ kind }: ColumnSpec, value: Present): Present {
  if (kind === "decimal")
    return String(value).includes(".") ? String(value).replace(/\.?0+$/, "") : `${String(value)}.0`;
  const isSmall = typeof value === "bigint" && Number.isSafeInteger(Number(value));
  return isSmall ? Number(value) : value;
}

/** The next value up or down. */
function neighbour({ kind, scale }: ColumnSpec, value: Present, up: boolean): Present {
  const step = up ? 1 : -1;
  switch (kind) {
    case "integer":
    case "datetime":
      return Number(value) + step;
    case "double":
      return Number(value) + step / 8;
    case "bigInteger":
      return BigInt(value) + BigInt(step);
    case "decimal":
      return decimalText(BigInt(String(value).replace(".", "")) + BigInt(step), scale);
    case "string":
    case "text":
      return up ? `${String(value)} ` : String(value).toUpperCase();
    case "date":
      return new Date(Date.parse(String(value)) + step * 86_400_000).toISOString().slice(0, 10);
    case "boolean":
    case "uuid":
    case "enum":
    case "json":
      return value;
  }
}
