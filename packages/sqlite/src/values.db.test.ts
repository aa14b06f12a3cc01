import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { col } from "@mortise/core";
import { becomes, notScalars, runValues, same, type ValueCase } from "@mortise/testkit";
import { expect, it } from "vitest";
import { target } from "./target.fixture.ts";

/** A type in SQLite's own words holds a scalar of any kind, and sorts numbers before texts before bytes. */
const anything: ValueCase = {
  name: "specific",
  column: col.specific({ sqlite: "ANY" }),
  values: [
    ...same(-(2n ** 63n), -1.5),
    becomes(false, 0),
    becomes(true, 1),
    ...same(2, 2 ** 53 - 1, 2n ** 53n + 1n, 2 ** 70, "", "12", "1e3", "text", Buffer.from([1, 2])),
  ],
  refused: [Number.NaN, 2n ** 63n, new Date(0), "\ud800", ...notScalars],
  compares: "ordered",
};

runValues(target, [anything]);

const zones = [
  { zone: "UTC", hour: 0, minute: 0 },
  { zone: "America/New_York", hour: 19, minute: 0 },
  { zone: "Pacific/Apia", hour: 13, minute: 0 },
  { zone: "Asia/Kathmandu", hour: 5, minute: 30 },
];

it("does not look at the time zone of the process", async () => {
  const script = fileURLToPath(new URL("zone-digest.fixture.ts", import.meta.url));
  const run = promisify(execFile);
  const told = await Promise.all(
    zones.map(async ({ zone }) => {
      const { stdout } = await run(process.execPath, [script], { env: { ...process.env, TZ: zone } });
      const parsed: { hour: number; minute: number; digest: string } = JSON.parse(stdout);
      return { zone, ...parsed };
    }),
  );
  expect(told.map(({ zone, hour, minute }) => ({ zone, hour, minute }))).toEqual(zones);
  expect(new Set(told.map(({ digest }) => digest)).size).toBe(1);
}, 60_000);
