import type { Subject } from "../subject.ts";
import { openRaw } from "./open-raw.ts";

/** Hand-written SQL and mapping; every call sends its text. */
export function open(server: string): Promise<Subject> {
  return openRaw(server, { prepared: false });
}
