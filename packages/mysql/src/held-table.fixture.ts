import type { HeldTable } from "@mortise/testkit";
import { loadDriver } from "./load-driver.ts";
import { settingsOf } from "./options.ts";
import { isRows, openRaw, queryText } from "./raw-connection.ts";

/** Locks a table for a session of its own, until it is released. */
export async function holdTable(
  { url, name }: { readonly url: string; readonly name: string },
  table: string,
  against: "reads" | "writes",
): Promise<HeldTable> {
  const raw = await openRaw(loadDriver(), settingsOf({ uri: url }), new AbortController().signal);
  try {
    await queryText(raw, "set session lock_wait_timeout = 1");
    await queryText(raw, `lock tables ${table} ${against === "reads" ? "write" : "read"}`);
  } catch (error) {
    raw.destroy();
    throw error;
  }
  return {
    async isAwaited() {
      const { answer } = await queryText(raw, "show processlist");
      const rows = isRows(answer) ? answer : [];
      return rows.some(([, , , database, , , state]) => database === name && String(state).startsWith("Waiting for"));
    },
    async release() {
      await queryText(raw, "unlock tables");
      raw.destroy();
    },
  };
}
