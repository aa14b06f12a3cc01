import { withTools } from "../tools.ts";

/** What became of the lock. */
export interface UnlockResult {
  readonly cleared: boolean;
  /** For a person. */
  readonly message: string;
}

/**
 * Clears the lock of migrators that a dead one left behind.
 *
 * `console.log((await unlock(db)).message)`
 *
 * On SQL engines there is nothing to clear: their locks end with the connection that holds them.
 */
export async function unlock(db: object): Promise<UnlockResult> {
  return withTools(db, async (schema) => {
    if (schema.unlock === undefined) {
      const holder = (await schema.holder?.("mortise")) ?? "Nobody holds it now.";
      return {
        cleared: false,
        message: `The lock of ${schema.name} ends with the connection that holds it, so there is none to clear. ${holder}`,
      };
    }
    const cleared = await schema.unlock("mortise");
    return { cleared, message: cleared ? "The lock was cleared." : "There was no lock." };
  });
}
