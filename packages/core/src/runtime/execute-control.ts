import type { ExecuteControl } from "../adapter/adapter.ts";
import { InvalidValueError, QueryCancelledError } from "../errors/errors.ts";

/** The control a terminal's options ask for, or `undefined` where they ask for none. */
export function executeControl(options: unknown): ExecuteControl | undefined {
  if (typeof options !== "object" || options === null) return undefined;
  const signal: unknown = "signal" in options ? options.signal : undefined;
  const timeout: unknown = "timeout" in options ? options.timeout : undefined;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new InvalidValueError("`signal` must be the signal of an AbortController.");
  }
  if (timeout !== undefined && !(typeof timeout === "number" && Number.isSafeInteger(timeout) && timeout > 0)) {
    throw new InvalidValueError("`timeout` must be a whole number of milliseconds, 1 or more.");
  }
  return signal === undefined && timeout === undefined ? undefined : { signal, timeout };
}

/** The error of an aborted signal; its reason is the cause. */
export function cancelled(signal: AbortSignal): QueryCancelledError {
  return new QueryCancelledError("The query was stopped because its signal was aborted.", { cause: signal.reason });
}

/** Both controls: either signal stops, the shorter time-out counts. */
export function joinControls(one: ExecuteControl | undefined, other: ExecuteControl): ExecuteControl {
  if (one === undefined) return other;
  const signals = [one.signal, other.signal].filter((signal) => signal !== undefined);
  const timeouts = [one.timeout, other.timeout].filter((timeout) => timeout !== undefined);
  return {
    signal: signals.length < 2 ? signals[0] : AbortSignal.any(signals),
    timeout: timeouts.length === 0 ? undefined : Math.min(...timeouts),
  };
}
