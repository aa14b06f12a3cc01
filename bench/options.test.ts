import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

test("an engine is enough", () => {
  const options = parseOptions(["sqlite"]);
  expect(options.subjects[0]).toBe("raw");
  expect(options.workloads).toContain("findByKey");
  expect(options.rounds).toBeGreaterThan(0);
});

test("options narrow what is measured, and the order of the subjects stays", () => {
  const options = parseOptions([
    "sqlite",
    "--only",
    "list100",
    "--rounds",
    "3",
    "--ms",
    "50",
    "--subjects",
    "mortise,raw",
  ]);
  expect(options).toMatchObject({ workloads: ["list100"], rounds: 3, milliseconds: 50, subjects: ["raw", "mortise"] });
});

test("peers are measured when they are installed, and asked for by name they are missed", () => {
  expect(parseOptions(["postgres"], true).subjects).toEqual(expect.arrayContaining(["raw", "mortise", "kysely"]));
  expect(parseOptions(["postgres"], false).subjects).toEqual(["raw", "raw-prepared", "mortise"]);
  expect(() => parseOptions(["postgres", "--subjects", "raw,kysely"], false)).toThrow('"kysely" is not installed');
});

test.each([
  [["oracle"], "Which engine"],
  [["sqlite", "--only", "nothing"], 'no workload "nothing"'],
  [["sqlite", "--subjects", "nobody"], 'no subject "nobody"'],
  [["sqlite", "--rounds", "0"], "--rounds takes"],
])("%j is refused", (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
