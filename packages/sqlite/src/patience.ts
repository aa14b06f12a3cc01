import { QueryCancelledError, QueryTimeoutError, type Awaitable, type ExecuteControl } from "@mortise/core/adapter";
import { isWorthWaiting } from "./driver-error.ts";

const firstPauses = [1, 2, 5, 10, 15, 20, 25, 25, 25];
const longPause = 50;

/**
 * Runs a step again while another process holds the lock. SQLite would wait inside the call and stop the whole process; here the wait
 * is asynchronous, and a step that is free at once stays synchronous. A control can end the wait, but not a step that runs.
 */
export function patiently<T>(step: () => T, milliseconds: number, control?: ExecuteControl): Awaitable<T> {
  if (control !== undefined) refuseAborted(control);
  try {
    return step();
  } catch (cause) {
    if (!isWorthWaiting(cause) || milliseconds === 0) throw cause;
    return retry(step, milliseconds, control);
  }
}

async function retry<T>(step: () => T, milliseconds: number, control: ExecuteControl | undefined): Promise<T> {
  const start = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    await pause(firstPauses[attempt] ?? longPause);
    const waited = performance.now() - start;
    if (control !== undefined) refuseStopped(control, waited);
    try {
      return step();
    } catch (cause) {
      if (!isWorthWaiting(cause) || waited >= milliseconds) throw cause;
    }
  }
}

function refuseStopped(control: ExecuteControl, waited: number): void {
  refuseAborted(control);
  if (control.timeout === undefined || waited < control.timeout) return;
  throw new QueryTimeoutError(`The statement waited ${control.timeout} ms for another connection and was given up.`);
}

/** Ends what has not begun yet when its signal is aborted. */
export function refuseAborted({ signal }: ExecuteControl): void {
  if (signal?.aborted !== true) return;
  throw new QueryCancelledError("The query was stopped because its signal was aborted.", { cause: signal.reason });
}

/** A little of chance keeps processes that wait for each other from always waking together. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds * (0.5 + Math.random())));
}
