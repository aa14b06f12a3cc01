import type { Awaitable, QueryResult } from "../adapter/adapter.ts";
import { InvalidQueryError, InvalidValueError, UnsupportedError } from "../errors/errors.ts";
import { splitRaw } from "../operation/raw-text.ts";
import { plannedQuery } from "../plan/plan-rows.ts";
import { keyText } from "../query/query-state.ts";
import { after } from "./awaitable.ts";
import type { Session } from "./session.ts";

/** Runs a statement in the engine's own language. */
export function runRaw(session: Session, text: unknown, bindings: unknown): Awaitable<readonly object[]> {
  const { core } = session;
  const { adapter } = core;
  if (!adapter.capabilities.raw) throw new UnsupportedError({ capability: "db.raw", adapter: adapter.name });
  if (typeof text !== "string" || text.trim() === "") throw new InvalidQueryError("db.raw needs a statement as text.");
  const values: readonly unknown[] = Array.isArray(bindings) ? bindings : [];
  if (values.includes(undefined)) throw new InvalidValueError("A binding of db.raw is undefined.");
  const texts = splitRaw(text);
  if (texts.length - 1 !== values.length) {
    throw new InvalidQueryError(
      `The statement ${JSON.stringify(text)} has ${texts.length - 1} placeholders but was given ${values.length} bindings.`,
    );
  }
  const plan = core.plans.get(`raw${keyText(text)}`, () => {
    const operands = values.map((_, slot) => ({ kind: "parameter", slot, place: undefined }) as const);
    const query = plannedQuery({ kind: "rawStatement", texts, operands }, [], undefined);
    return { query, compiled: adapter.compile(query) };
  });
  return after(session.execute(plan, values), (result) => {
    // Text of the caller's own may have made a trigger, or a default.
    if (!/^\s*(?:select|insert|update|delete|with)\b/i.test(text)) core.insertFacts.clear();
    return objectRows(result);
  });
}

/** Rows of a statement of unknown shape as plain objects. A column named `__proto__` is data like any other. */
export function objectRows({ rows, columns = [] }: QueryResult): readonly object[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
}
