import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { col } from "@mortise/core";
import { jsonNull } from "@mortise/core/adapter";
import { becomes, notScalars, runValues, same, valueCase, type ValueCase } from "@mortise/testkit";
import { expect, it } from "vitest";
import { onServer } from "./test-database.fixture.ts";
import { exclusions, serverTarget } from "./target.fixture.ts";

const held = {
  ...exclusions,
  "keeps 38 digits in sums, averages, extremes, groups and filters": "a Decimal128 has 34 digits",
};

function hasDollar(document: unknown): boolean {
  return JSON.stringify(document)?.includes('"$') ?? false;
}

/** Documents without what is refused here; null is one thing with JSON's own. */
function plainDocuments(name: string): ValueCase {
  const { values, refused, ...all } = valueCase(name);
  const dollars = values.map(({ given }) => given).filter(hasDollar);
  return {
    ...all,
    name: `${name} without dollar signs`,
    values: values
      .filter(({ given }) => !hasDollar(given))
      .map((value) => (value.given === jsonNull ? becomes(jsonNull, null) : value)),
    refused: [...refused, ...dollars, { deep: [{ $gt: 1 }] }],
  };
}

function sizeOf(value: unknown): number {
  return value instanceof Uint8Array ? value.length : 0;
}

function inMilliseconds(text: string): string {
  return text.replace(/([.]\d{3})\d+Z$/, "$1Z").replace(".000Z", "Z");
}

const { values: moments, ...moment } = valueCase("datetime as text");
const { values: bytes, ...binary } = valueCase("binary");
const nines = "9".repeat(24);

/** What MongoDB holds of the types that it does not hold whole. */
const own: readonly ValueCase[] = [
  plainDocuments("json"),
  plainDocuments("jsonb"),
  {
    ...binary,
    name: "binary by size",
    values: bytes.toSorted((left, right) => sizeOf(left.read) - sizeOf(right.read)),
  },
  {
    ...moment,
    name: "datetime as text, in milliseconds",
    values: moments.map(({ given, read }) => becomes(given, inMilliseconds(String(read)))),
  },
  {
    name: "decimal(34, 10)",
    column: col.decimal({ precision: 34, scale: 10, mode: "string" }),
    values: [
      ...same(`-${nines}.9999999999`, "-0.0000000001"),
      becomes("-0.00", "0.0000000000"),
      becomes("1e-10", "0.0000000001"),
      becomes(0.1, "0.1000000000"),
      becomes(100n, "100.0000000000"),
      ...same("123456789012345678901234.1234567890", `${nines}.9999999999`),
    ],
    refused: ["0.00000000001", `1${nines}`, 0.1 + 0.2, "1.2.3", ...notScalars],
    compares: "ordered",
  },
  {
    name: "decimal without limits",
    column: col.decimal({ mode: "string" }),
    values: same(`-${nines}9999999999`, "0", `0.${nines}`, "1.5", `${nines}.5`),
    refused: [`1${nines}9999999999`, `0.${nines}99999999991`, ...notScalars],
    compares: "ordered",
  },
  {
    name: "array of decimals of 34 digits",
    column: col.array(col.decimal({ precision: 34, scale: 2, mode: "string" })),
    values: same(["0.10", "12345678901234567890123456789012.34"]),
    refused: [["0.001"], [0.1 + 0.2]],
    compares: "equal",
  },
];

const zones = ["UTC", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"];

onServer(() => {
  runValues({ ...serverTarget(), exclusions: held }, own);

  it("does not look at the time zone of the process", async () => {
    const script = fileURLToPath(new URL("zone-digest.fixture.ts", import.meta.url));
    const digests = new Set<string>();
    for (const zone of zones) {
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { ...process.env, TZ: zone } });
      expect(stdout).not.toBe("");
      digests.add(stdout);
    }
    expect(digests.size).toBe(1);
  });
});
