/**
 * Whether something means the same on this engine as on the others: what makes it equal, or what differs and why.
 *
 * Told in `docs/engines.md`; nothing at run time reads it.
 */
export interface Difference {
  readonly meaning: "equal" | "differs";
  /** A clause that goes on after "equal: " or "differs: ". */
  readonly how: string;
}

/** Where database engines do not agree by themselves. */
export type DifferenceTopic =
  | "nullOrder"
  | "textComparison"
  | "trailingBlanks"
  | "like"
  | "integerDivision"
  | "booleans"
  | "decimals"
  | "groupBy"
  | "jsonContainment"
  | "jsonKeys"
  | "counters"
  | "instants"
  | "longNames"
  | "failedStatement"
  | "streams"
  | "isolation";

/** What an adapter says of every topic. */
export type Differences = Readonly<Record<DifferenceTopic, Difference>>;
