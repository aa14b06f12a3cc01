import process from "node:process";
import type { Orders, Word } from "./orders.ts";

/** What the parent says next. */
export function heard(): Promise<Orders> {
  return new Promise((resolve) => process.once("message", (orders: Orders) => resolve(orders)));
}

export function tell(word: Word): Promise<void> {
  return new Promise((resolve) => process.send?.(word, () => resolve()));
}
