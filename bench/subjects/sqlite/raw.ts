import { openRaw } from "./open-raw.ts";
import type { Subject } from "../subject.ts";

/** Hand-written SQL and mapping; every call prepares its statements. */
export function open(): Subject {
  return openRaw((database) => (sql) => () => database.prepare(sql));
}
