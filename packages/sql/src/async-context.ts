import { AsyncLocalStorage } from "node:async_hooks";
import type { AsyncContext } from "@mortise/core/adapter";

/** A value that follows an async call tree, on Node. */
export function createAsyncContext<T>(): AsyncContext<T> {
  const storage = new AsyncLocalStorage<T>();
  return {
    get: () => storage.getStore(),
    run: (value, body) => storage.run(value, body),
  };
}
