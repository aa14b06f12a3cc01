import type { ExecuteControl } from "../adapter/adapter.ts";
import { QueryTimeoutError } from "../errors/errors.ts";
import { cancelled } from "./execute-control.ts";

/** A body that ends with its control: at the abort of the signal, or when its time is up. */
export interface Deadline {
  /** For the statements inside. */
  readonly control: ExecuteControl;
  /** Settles with the body, or before it with the error of the deadline. */
  race<T>(body: Promise<T>): Promise<T>;
}

/** Watches a whole transaction; its statements are stopped by the same signal. */
export function deadline({ signal, timeout }: ExecuteControl): Deadline {
  const controller = new AbortController();
  const own = signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]);
  return {
    control: { signal: own, timeout: undefined },
    race: (body) => race(body, own, controller, timeout),
  };
}

async function race<T>(
  body: Promise<T>,
  signal: AbortSignal,
  controller: AbortController,
  timeout: number | undefined,
): Promise<T> {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(reasonOf(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  const timer = timeout === undefined ? undefined : setTimeout(() => controller.abort(timeUp(timeout)), timeout);
  try {
    return await Promise.race([body, stopped]);
  } catch (error) {
    // A statement stopped by the deadline fails as cancelled; the deadline is what happened.
    throw signal.aborted ? reasonOf(signal) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    body.catch(() => undefined);
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason instanceof QueryTimeoutError ? signal.reason : cancelled(signal);
}

function timeUp(timeout: number): QueryTimeoutError {
  return new QueryTimeoutError(`The transaction took longer than its time-out of ${timeout} ms and was rolled back.`);
}
