import { expectTypeOf } from "vitest";
import type { PlainOf } from "./record.ts";

/** `expectTypeOf` for what a query gives, without the methods of its rows. */
export function expectRows<T>(_rows: T) {
  return expectTypeOf<PlainOf<T>>();
}
