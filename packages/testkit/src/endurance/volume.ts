import { InvalidValueError, NotNullViolationError } from "@mortise/core";
import { expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import { effort, enduranceTimeout } from "./effort.ts";
import { bytesInUse } from "./memory.ts";
import { Digit, Entry } from "./models.ts";
import { openEndurance, type EnduranceDatabase, type EnduranceTarget } from "./target.ts";

const many = 100_000;

/** Long lists, large inserts and long streams. */
export function volume(target: EnduranceTarget): void {
  it(
    "inserts 100,000 rows, and finds 100,000 values",
    async () => {
      await using db = await openEndurance(target, 2);
      const rows = await db.from(Entry).insertMany(Array.from({ length: many }, (_, n) => ({ n })));
      expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: many }, (_, n) => n));
      const ids = rows.map(({ id }) => id);
      expect(new Set(ids).size).toBe(many);
      expect(await db.from(Entry).whereIn("id", ids).count()).toBe(many);
      expect(await db.from(Entry).whereNotIn("id", ids).count()).toBe(0);
      expect(await db.from(Entry).find(ids[70_000]!)).toEqual(rows[70_000]);
    },
    enduranceTimeout,
  );
  it(
    "refuses a bad value in row 70,000 before anything is sent",
    async () => {
      await using db = await openEndurance(target, 2);
      const sent: string[] = [];
      db.on("query", ({ sql }) => sent.push(sql));
      const bad = (n: unknown) =>
        Array.from({ length: many }, (_, at) => ({ n: at === 70_000 ? untrusted(n) : at, label: String(at) }));
      await expect(db.from(Entry).insertMany(bad("x"))).rejects.toBeInstanceOf(InvalidValueError);
      await expect(db.from(Entry).insertMany(bad({ n: 1 }))).rejects.toBeInstanceOf(InvalidValueError);
      await expect(db.from(Entry).insertMany(bad(null))).rejects.toBeInstanceOf(NotNullViolationError);
      const upserting = db.from(Entry).upsertMany(bad("x"), { conflict: ["label"] });
      await expect(upserting).rejects.toBeInstanceOf(InvalidValueError);
      for (const method of ["firstOrCreate", "updateOrCreate"] as const) {
        const call = db.from(Entry)[method]({ label: "a" }, untrusted({ n: "x" }));
        await expect(call).rejects.toBeInstanceOf(InvalidValueError);
      }
      expect(sent).toEqual([]);
    },
    enduranceTimeout,
  );
  it(
    `streams ${(effort * many * 2.5).toLocaleString("en")} rows in constant memory`,
    async () => {
      await using db = await openEndurance(target, 2);
      const digits = 25 * effort;
      await db.from(Digit).unfiltered().delete();
      await db.from(Digit).insertMany(Array.from({ length: digits }, (_, digit) => ({ digit })));
      await db.from(Entry).insertMany(Array.from({ length: many / 10 }, (_, n) => ({ n })));
      const expected = { rows: (digits * many) / 10, mean: (many / 10 - 1) / 2, isConstant: true };
      expect(await readStream(db)).toEqual(expected);
      expect(await db.transaction(readStream)).toEqual(expected);
    },
    enduranceTimeout,
  );
}

/** Reads every row of a long stream; says whether what is in use meanwhile stays below 64 MiB. */
async function readStream(db: Pick<EnduranceDatabase, "from">) {
  const base = bytesInUse();
  const query = db.from(Entry).crossJoin(Digit);
  let [rows, sum, peak] = [0, 0, 0];
  for await (const row of query.stream({ batch: 1000 })) {
    rows += 1;
    sum += row.n;
    if (rows % 50_000 === 1) peak = Math.max(peak, bytesInUse() - base);
  }
  return { rows, mean: sum / rows, isConstant: peak < 64 * 2 ** 20 };
}
