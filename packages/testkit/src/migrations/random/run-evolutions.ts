import process from "node:process";
import fc from "fast-check";
import { describe, test } from "vitest";
import type { Target } from "../../values/target.ts";
import type { Extras } from "./extras.ts";
import { arbitraryChain, followChain, type Chain } from "./follow-chain.ts";

/** How many evolutions; `EVOLUTIONS=1000` says otherwise, `EVOLUTIONS_SEED` repeats the run whose seed a failure printed. */
const evolutions = Number(process.env["EVOLUTIONS"] ?? 200);
const seed = process.env["EVOLUTIONS_SEED"];

const inChain = 5;

/** Random schemas with rows, changed at random, forth and back: what is asked for is there, and every row is. */
export function runEvolutions(target: Target, extras: Extras): void {
  const chains = Math.ceil(evolutions / inChain / 2);
  const follow = async (chain: Chain, kept?: Extras): Promise<void> => {
    const shared = await target.shared();
    try {
      await followChain(shared, chain, kept);
    } finally {
      await shared.remove();
    }
  };
  const check = (kept?: Extras): Promise<void> =>
    fc.assert(
      fc.asyncProperty(arbitraryChain, (chain) => follow(chain, kept)),
      {
        numRuns: chains,
        endOnFailure: process.env["EVOLUTIONS_SHRINK"] === undefined,
        ...(seed === undefined ? {} : { seed: Number(seed) }),
      },
    );
  const timeout = 60_000 + chains * 10_000;
  describe(`${target.name} evolves at random`, () => {
    test("to what is asked for and nothing else, with every row", { timeout }, () => check());
    test("around what nobody declared", { timeout }, () => check(extras));
  });
}
