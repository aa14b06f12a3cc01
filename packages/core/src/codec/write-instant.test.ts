import fc from "fast-check";
import { expect, test } from "vitest";
import { writeInstant } from "./write-instant.ts";

const seed = Number(process.env["LAW_SEED"] ?? Date.now());

/** The same text from the platform's own. */
function fromIso(date: Date, precision: number): string {
  const [day, clock = ""] = date.toISOString().slice(0, -1).split("T");
  const [whole, fraction = ""] = clock.split(".");
  const digits = fraction.slice(0, precision).replace(/0+$/, "");
  return `${day} ${whole}${digits === "" ? "" : `.${digits}`}`;
}

test(`is the text of toISOString for every instant of the years 1 to 9999, seed ${seed}`, () => {
  const instants = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });
  const precisions = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(instants, precisions, (date, precision) => {
      expect(writeInstant(date, precision)).toBe(fromIso(date, precision));
    }),
    { seed, numRuns: 20_000 },
  );
});

test("is right around every turn of a month", () => {
  for (let year = 1; year <= 9999; year += year < 2200 && year > 1800 ? 1 : 97) {
    for (let month = 0; month < 12; month += 1) {
      const start = new Date(0);
      start.setUTCFullYear(year, month, 1);
      for (const time of [start.getTime() - 1, start.getTime()].slice(year === 1 && month === 0 ? 1 : 0)) {
        expect(writeInstant(new Date(time))).toBe(fromIso(new Date(time), 6));
      }
    }
  }
});

test("gives nothing for what has no text", () => {
  for (const time of [Number.NaN, Date.UTC(10_000, 0, 1), new Date("0001-01-01T00:00:00Z").getTime() - 1]) {
    expect(writeInstant(new Date(time))).toBeUndefined();
  }
});
