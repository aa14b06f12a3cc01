import type { Subject } from "../subject.ts";
import { openRaw } from "./open-raw.ts";

/** Hand-written SQL and mapping; every connection prepares a statement once. */
export function open(server: string): Promise<Subject> {
  return openRaw(server, { prepared: true });
}
