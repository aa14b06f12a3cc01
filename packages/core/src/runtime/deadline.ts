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

/**
 * Watches a whole transaction; its statements are stopped by a signal of its own. The caller's may live as long as the process, so that
 * nothing stays with it when the transaction is over: signals derived from it would.
 */
export function deadline({ signal, timeout }: ExecuteControl): Deadline {
  const controller = new AbortController();
  if (signal?.aborted === true) controller.abort(signal.reason);
  return {
    control: { signal: controller.signal, timeout: undefined },
    race: (body) => race(body, controller, signal, timeout),
  };
}

async function race<T>(
  body: Promise<T>,
  controller: AbortController,
  given: AbortSignal | undefined,
  timeout: number | undefined,
): Promise<T> {
  const { signal } = controller;
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(reasonOf(signal));
  });
  const forward = (): void => controller.abort(given?.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  given?.addEventListener("abort", forward, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(() => controller.abort(timeUp(timeout)), timeout);
  try {
    return await Promise.race([body, stopped]);
  } catch (error) {
    // A statement stopped by the deadline fails as cancelled; the deadline is what happened.
    throw signal.aborted ? reasonOf(signal) : error;
  } finally {
    clearTimeout(timer);
    given?.removeEventListener("abort", forward);
    body.catch(() => undefined);
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason instanceof QueryTimeoutError ? signal.reason : cancelled(signal);
}

function timeUp(timeout: number): QueryTimeoutError {
  return new QueryTimeoutError(`The transaction took longer than its time-out of ${timeout} ms and was rolled back.`);
}
