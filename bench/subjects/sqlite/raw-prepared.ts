import { openRaw } from "./open-raw.ts";
import type { Subject } from "../subject.ts";

/** Hand-written SQL and mapping; every statement was prepared once. */
export function open(): Subject {
  return openRaw((database) => (sql) => {
    const statement = database.prepare(sql);
    return () => statement;
  });
}
