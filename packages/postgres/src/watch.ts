import { QueryCancelledError, QueryTimeoutError, type ExecuteControl, type MortiseError } from "@mortise/core/adapter";

/** How a statement that runs can be stopped. */
export interface Brake {
  /** Asks the server to stop; `true` when it heard. */
  cancel(): Promise<boolean>;
  /** Cuts the connection, which fails the statement. */
  destroy(): void;
}

/** How long a server may take to stop before its connection is cut. */
const grace = 600;

/**
 * Runs a statement until its time is up or its signal is aborted: then the server is asked to stop it, and when the server does not
 * answer the connection is cut. Ends only after the request to stop has reached the server, so that no later statement meets it.
 */
export async function watched<T>(run: () => Promise<T>, control: ExecuteControl, brake: Brake): Promise<T> {
  const { signal, timeout } = control;
  if (signal?.aborted === true) throw cancelled(signal);
  let reason: MortiseError | undefined;
  let stopping: Promise<boolean> | undefined;
  let lastResort: NodeJS.Timeout | undefined;
  const stop = (why: MortiseError): void => {
    if (reason !== undefined) return;
    reason = why;
    stopping = brake.cancel();
    lastResort = setTimeout(() => {
      stopping = undefined;
      brake.destroy();
    }, grace);
  };
  const onAbort = (): void => signal && stop(cancelled(signal));
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(() => stop(timeUp(timeout)), timeout);
  try {
    return await run();
  } catch (error) {
    throw reason ?? error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    clearTimeout(timer);
    clearTimeout(lastResort);
    if (stopping !== undefined && !(await stopping)) brake.destroy();
  }
}

/** Cuts the connection when a step of ours takes too long: the server then ends what was going on. */
export async function limited<T>(run: () => Promise<T>, milliseconds: number, brake: Brake): Promise<T> {
  const timer = setTimeout(() => brake.destroy(), milliseconds);
  try {
    return await run();
  } finally {
    clearTimeout(timer);
  }
}

function cancelled(signal: AbortSignal): QueryCancelledError {
  return new QueryCancelledError("The query was stopped because its signal was aborted.", { cause: signal.reason });
}

function timeUp(timeout: number): QueryTimeoutError {
  return new QueryTimeoutError(`The statement took longer than its time-out of ${timeout} ms and was stopped.`);
}
