import type { Awaitable } from "@mortise/core/adapter";
import { isWorthWaiting } from "./driver-error.ts";

const firstPauses = [1, 2, 5, 10, 15, 20, 25, 25, 25];
const longPause = 50;

/**
 * Runs a step again while another process holds the lock. SQLite would wait inside the call and stop the whole process; here the wait
 * is asynchronous, and a step that is free at once stays synchronous.
 */
export function patiently<T>(step: () => T, milliseconds: number): Awaitable<T> {
  try {
    return step();
  } catch (cause) {
    if (!isWorthWaiting(cause) || milliseconds === 0) throw cause;
    return retry(step, performance.now() + milliseconds);
  }
}

async function retry<T>(step: () => T, deadline: number): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    await pause(firstPauses[attempt] ?? longPause);
    try {
      return step();
    } catch (cause) {
      if (!isWorthWaiting(cause) || performance.now() >= deadline) throw cause;
    }
  }
}

/** A little of chance keeps processes that wait for each other from always waking together. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds * (0.5 + Math.random())));
}
