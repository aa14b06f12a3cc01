import type { Awaitable } from "../adapter/adapter.ts";

/** Goes on with a value: at once when it is there, later when it is a promise. Synchronous drivers pay for no promise. */
export function after<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Runs a body in order over a list, one at a time. */
export function inOrder<T>(
  list: readonly T[],
  body: (one: T, at: number) => Awaitable<void>,
  from = 0,
): Awaitable<void> {
  for (let at = from; at < list.length; at += 1) {
    const done = body(list[at]!, at);
    if (done instanceof Promise) return done.then(() => inOrder(list, body, at + 1));
  }
}

/** The one promise of a terminal: what a body throws is a rejection. */
export function settle<T>(body: () => Awaitable<T>): Promise<T> {
  try {
    return Promise.resolve(body());
  } catch (error) {
    return Promise.reject(error);
  }
}
