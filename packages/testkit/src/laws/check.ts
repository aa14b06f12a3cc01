import process from "node:process";
import fc, { type Arbitrary, type IAsyncProperty, type IProperty } from "fast-check";

/** `LAW_RUNS=20` runs every law 20 times as often; `LAW_SEED=…` repeats the run whose seed a failure printed. */
const factor = Number(process.env["LAW_RUNS"] ?? 1);
const seed = process.env["LAW_SEED"];

/** How long a law may take, in milliseconds: far longer than it does, so that only what hangs is ended. */
export const lawTimeout: number = 60_000 * Math.max(1, factor);

/** Checks a law so many times. A failure prints its seed and the smallest case found. */
export async function check<T>(law: IAsyncProperty<T> | IProperty<T>, runs: number): Promise<void> {
  await fc.assert(law, {
    numRuns: Math.ceil(runs * factor),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  });
}

/** Values of an arbitrary, the same for the same seed. */
export function sample<T>(arbitrary: Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, ...(seed === undefined ? {} : { seed: Number(seed) }) });
}
