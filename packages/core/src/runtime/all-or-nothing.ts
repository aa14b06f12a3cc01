import type { Session } from "./session.ts";
import type { TransactionScope } from "./transaction-scope.ts";
import { surrounding, transact } from "./transact.ts";

/**
 * Runs statements of which all happen or none: in a transaction of their own, or in a savepoint of the one around. Where the engine has
 * no savepoints they are part of the one around, which cannot be committed any more when they fail.
 */
export function allOrNothing<T>(session: Session, body: (session: Session) => Promise<T> | T): Promise<T> {
  const around = surrounding(session);
  if (around === undefined || session.core.adapter.capabilities.savepoints) return transact(session, body);
  return asPart(session, around, body);
}

async function asPart<T>(
  session: Session,
  around: TransactionScope,
  body: (session: Session) => Promise<T> | T,
): Promise<T> {
  around.open();
  try {
    return await body(session);
  } catch (error) {
    around.spoil(error);
    throw error;
  }
}
