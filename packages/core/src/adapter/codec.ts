import type { ValuePlace } from "../operation/expression.ts";

/**
 * How one logical type is written and read by one adapter.
 *
 * `encode` takes what the caller gave (never `undefined`; `null` is handled before) and returns what the driver binds, or throws
 * `InvalidValueError`. `decode` is `undefined` when the driver's value is already right, so that nothing runs per row.
 */
export interface Codec {
  readonly encode: (value: unknown) => unknown;
  readonly decode: ((raw: unknown) => unknown) | undefined;
  /** Set where `decode` only checks: what it gives is what the driver gave, so that a decoded value matches an undecoded one. */
  readonly checks?: boolean | undefined;
  /** Whether the values of many rows may travel as one list. */
  readonly listed?: boolean | undefined;
  /**
   * Set where the database stores exactly what `encode` made: what a read of it would give, from that. `"decode"` where the driver gives
   * back just what it was given.
   */
  readonly stored?: "decode" | ((encoded: unknown) => unknown) | undefined;
}

/** Makes the codec of a place: the type, and the model and column an error names. */
export type CodecFor = (place: ValuePlace) => Codec;
