import type { Awaitable, ExecuteControl } from "../adapter/adapter.ts";
import { QueryTimeoutError } from "../errors/errors.ts";
import { cancelled } from "./execute-control.ts";

/**
 * Waits for a connection until the control says stop. One that comes after that is given back at once, so that nothing is lost when a
 * caller gives up in the queue of a pool.
 */
export function turn<T>(
  waiting: Awaitable<T>,
  control: ExecuteControl | undefined,
  giveBack: (late: T) => void,
): Awaitable<T> {
  return control === undefined || !(waiting instanceof Promise) ? waiting : turnInTime(waiting, control, giveBack);
}

async function turnInTime<T>(
  waiting: Promise<T>,
  { signal, timeout }: ExecuteControl,
  giveBack: (late: T) => void,
): Promise<T> {
  let stop: (reason: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = reject;
  });
  const onAbort = (): void => signal && stop(cancelled(signal));
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(() => stop(timeUp(timeout)), timeout);
  try {
    return await Promise.race([stopped, waiting]);
  } catch (error) {
    waiting.then(giveBack, () => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

function timeUp(timeout: number): QueryTimeoutError {
  return new QueryTimeoutError(`No connection became free within the time-out of ${timeout} ms.`);
}
