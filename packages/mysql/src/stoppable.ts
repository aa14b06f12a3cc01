import {
  ConnectionError,
  QueryCancelledError,
  QueryTimeoutError,
  type ExecuteControl,
  type MortiseError,
} from "@mortise/core/adapter";
import { isFatal, serverNumber } from "./driver-error.ts";
import type { Stopper } from "./stopper.ts";

/** What a statement runs on, as far as stopping it goes. */
export interface StopTarget {
  readonly thread: number;
  readonly stopper: Stopper;
  /** Gives the connection up. */
  lose(cause: unknown): void;
  /** Takes a stop that came too late. */
  absorb(): Promise<void>;
}

const interrupted = 1317;
/** How long the server may take to end a statement that it was told to stop. */
const grace = 600;

/**
 * Runs a statement that its control may stop on the server; the connection is clean afterwards, or given up. What a stopped read gives
 * may be wrong, so that it fails even when it ends in order; a write that got through before the stop came has happened.
 */
export async function stoppably<T>(
  target: StopTarget,
  control: ExecuteControl,
  run: () => Promise<T>,
  isRead: (result: T) => boolean,
): Promise<T> {
  const { signal, timeout } = control;
  if (signal?.aborted === true) throw cancelled(signal);
  const request = new StopRequest(target);
  const onAbort = (): void => {
    if (signal !== undefined) request.make(cancelled(signal));
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  const timer = timeout === undefined ? undefined : setTimeout(() => request.make(timeUp(timeout)), timeout);
  try {
    const result = await Promise.race([run(), request.unanswered]);
    // `sleep()` and its like end with a result when they are stopped, and so does the statement around them.
    if (request.reason !== undefined && isRead(result)) throw request.reason;
    return result;
  } catch (cause) {
    throw request.reason !== undefined && isStopped(cause) ? request.reason : cause;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    await request.settle();
  }
}

/** A statement being stopped, and what became of it. */
class StopRequest {
  reason: MortiseError | undefined;
  /** Rejects when the server does not react. */
  readonly unanswered: Promise<never>;
  readonly #target: StopTarget;
  #stopping: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #giveUp: (cause: unknown) => void = () => undefined;

  constructor(target: StopTarget) {
    this.#target = target;
    this.unanswered = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    this.unanswered.catch(() => undefined);
  }

  make(reason: MortiseError): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    const giveUp = (): void => {
      this.#target.lose(
        new ConnectionError("The server did not end a statement when told to, so that its connection was given up."),
      );
      this.#giveUp(reason);
    };
    this.#timer = setTimeout(giveUp, grace);
    this.#stopping = this.#target.stopper.stop(this.#target.thread).catch(giveUp);
  }

  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopping === undefined) return;
    await this.#stopping;
    await this.#target.absorb();
  }
}

function isStopped(cause: unknown): boolean {
  const number = serverNumber(cause);
  return number === interrupted || number === 1028 || number === 3024 || number === 1969 || isFatal(cause);
}

function cancelled(signal: AbortSignal): MortiseError {
  if (signal.reason instanceof QueryTimeoutError) return signal.reason;
  return new QueryCancelledError("The query was stopped because its signal was aborted.", { cause: signal.reason });
}

function timeUp(timeout: number): QueryTimeoutError {
  return new QueryTimeoutError(`The statement took longer than its time-out of ${timeout} ms and was stopped.`);
}
