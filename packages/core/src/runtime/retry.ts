import { DeadlockError, InvalidValueError, LockTimeoutError, SerializationError } from "../errors/errors.ts";

/** How often a transaction runs again, and after which errors. */
export interface RetryPolicy {
  /** How many times it runs at most, the first included. */
  readonly attempts: number;
  /** Which errors count, of those that may be retried at all; all of them unless said otherwise. */
  readonly on?: (error: unknown) => boolean;
}

/** Errors after which the engine promises that nothing was done and running again may succeed. */
function isRetryable(error: unknown): boolean {
  return error instanceof DeadlockError || error instanceof SerializationError || error instanceof LockTimeoutError;
}

/** `retry: 3` means three more attempts after the first. */
export function retryPolicy(retry: number | RetryPolicy | undefined): RetryPolicy {
  if (retry === undefined) return { attempts: 1 };
  const policy = typeof retry === "number" ? { attempts: retry + 1 } : retry;
  if (Number.isSafeInteger(policy.attempts) && policy.attempts >= 1) return policy;
  throw new InvalidValueError("`retry` must be a whole number, 0 or more, or { attempts } of at least 1.");
}

/** Runs an attempt until it succeeds, fails for good, or the attempts are used up; waits longer and at random in between. */
export async function retrying<T>(policy: RetryPolicy, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = number < policy.attempts && isRetryable(error) && (policy.on?.(error) ?? true);
      if (!again) throw error;
      await pause(number);
    }
  }
}

const SHORTEST = 5;
const LONGEST = 1000;

/** Full jitter: anything up to 5 ms, 10 ms, 20 ms … 1 s. */
function pause(attempt: number): Promise<void> {
  const ceiling = Math.min(LONGEST, SHORTEST * 2 ** attempt);
  return new Promise((resolve) => {
    setTimeout(resolve, Math.random() * ceiling);
  });
}
