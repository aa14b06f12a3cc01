/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("There is no median of nothing.");
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle]!;
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
}

/** The smallest value that so large a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("There is no percentile of nothing.");
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}

/** The median of the ratios of values that were measured side by side; `undefined` where nothing stands beside. */
export function medianRatio(values: readonly number[], beside: readonly number[]): number | undefined {
  if (values.length !== beside.length) throw new RangeError("Ratios need values that were measured side by side.");
  return values.length === 0 ? undefined : median(values.map((value, at) => value / beside[at]!));
}

/** The median of the differences of values that were measured side by side. */
export function medianDifference(values: readonly number[], beside: readonly number[]): number | undefined {
  if (values.length !== beside.length) throw new RangeError("Differences need values that were measured side by side.");
  return values.length === 0 ? undefined : median(values.map((value, at) => value - beside[at]!));
}

/** The order of a round: every subject is first, second and last equally often. */
export function rotated<T>(list: readonly T[], round: number): readonly T[] {
  const by = list.length === 0 ? 0 : round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}
