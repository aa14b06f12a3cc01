import { openMortise } from "./postgres/open-mortise.ts";
import type { Subject } from "./subject.ts";

/** Relations inside the rows of their parents. */
export function open(): Promise<Subject> {
  return openMortise("json");
}
