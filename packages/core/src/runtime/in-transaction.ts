import type { Reader } from "./reader.ts";
import { allOrNothing } from "./all-or-nothing.ts";

/** Runs a body in the transaction around it, or in one of its own. */
export function inTransaction<T>(reader: Reader, body: (inside: Reader) => Promise<T>): Promise<T> {
  if (reader.session.transaction !== undefined) return body(reader);
  return allOrNothing(reader.session, (session) => body({ ...reader, session }));
}
