import { openMortise } from "./postgres/open-mortise.ts";
import type { Subject } from "./subject.ts";

/** Relations by statements of their own. */
export function open(): Promise<Subject> {
  return openMortise("separate");
}
