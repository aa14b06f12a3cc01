import type { Capabilities } from "@mortise/core/adapter";
import { describe, expect, test } from "vitest";
import { unmet } from "./requirements.ts";
import type { OpenAdapter, Suite, SuiteCase } from "./suite.ts";
import { suites } from "./suites.ts";

/** An adapter and what is known of it. */
export interface AdapterUnderTest {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Gives an adapter on an empty database; called for every case. */
  readonly open: OpenAdapter;
  /** Cases that the adapter cannot pass, by their full name, each with the reason. An excluded case must fail. */
  readonly exclusions?: Readonly<Record<string, string>>;
}

/** Runs every conformance case on an adapter. Called at the top of a test file beside the adapter. */
export function runConformance(under: AdapterUnderTest, chosen: readonly Suite[] = suites): void {
  describe(`${under.name} conforms`, () => {
    for (const one of chosen) {
      describe(one.name, () => {
        for (const single of one.cases) declare(under, single);
      });
    }
    test("has no exclusion without a case", () => {
      const names = new Set(chosen.flatMap(({ cases }) => cases.map(({ name }) => name)));
      expect(Object.keys(under.exclusions ?? {}).filter((name) => !names.has(name))).toEqual([]);
    });
  });
}

function declare(under: AdapterUnderTest, { name, needs, run }: SuiteCase): void {
  const lack = unmet(needs, under.capabilities);
  const reason = under.exclusions?.[name];
  if (lack !== undefined) {
    test(name, (context) => context.skip(`${under.name} does not have: ${lack}`));
  } else if (reason === undefined) {
    test(name, () => run(under.open));
  } else {
    test(`${name} (excluded: ${reason})`, async () => {
      await expect(run(under.open), "The case passes: remove its exclusion.").rejects.toThrow();
    });
  }
}
