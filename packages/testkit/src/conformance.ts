import { describe, expect, test } from "vitest";
import { unmet, type Offer } from "./requirements.ts";
import type { OpenAdapter, Strategy, Suite, SuiteCase } from "./suite.ts";
import { relationSuites, suites } from "./suites.ts";

/** An adapter and what is known of it. */
export interface AdapterUnderTest extends Offer {
  readonly name: string;
  /** Gives an adapter on an empty database; called for every case. */
  readonly open: OpenAdapter;
  /** Cases that the adapter cannot pass, by their full name, each with the reason. An excluded case must fail. */
  readonly exclusions?: Readonly<Record<string, string>>;
}

/** Runs every conformance case on an adapter. Called at the top of a test file beside the adapter. */
export function runConformance(under: AdapterUnderTest, chosen: readonly Suite[] = suites): void {
  describe(`${under.name} conforms`, () => {
    for (const one of chosen) {
      const ways = relationSuites.has(one) ? strategiesOf(under) : [undefined];
      for (const strategy of ways) {
        describe(`${one.name}${strategy === undefined ? "" : `, ${strategy}`}`, () => {
          for (const single of one.cases) declare(under, single, strategy);
        });
      }
    }
    test("has no exclusion without a case", () => {
      const names = new Set(chosen.flatMap(({ cases }) => cases.map(({ name }) => name)));
      expect(Object.keys(under.exclusions ?? {}).filter((name) => !names.has(name))).toEqual([]);
    });
  });
}

/** The ways to load relations that an adapter has; relations are tried with each of them. */
function strategiesOf({ capabilities }: Offer): readonly Strategy[] {
  return capabilities.relations;
}

function declare(under: AdapterUnderTest, single: SuiteCase, strategy?: Strategy): void {
  const lack = unmet(single.needs, under);
  const reason = under.exclusions?.[single.name];
  const note = reason === undefined ? "" : ` (excluded: ${reason})`;
  test(`${single.name}${note}`, async ({ skip }) => {
    skip(lack !== undefined, `${under.name} does not have: ${lack}`);
    expect(await outcome(under, single, strategy)).toBe(reason === undefined ? "passes" : "fails");
  });
}

/** How a case ends. An excluded one must fail: when it passes, its exclusion has to go. */
async function outcome(
  under: AdapterUnderTest,
  { name, run }: SuiteCase,
  strategy: Strategy | undefined,
): Promise<"passes" | "fails"> {
  try {
    await run(under.open, strategy);
    return "passes";
  } catch (error) {
    if (under.exclusions?.[name] === undefined) throw error;
    return "fails";
  }
}
