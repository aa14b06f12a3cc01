import type { Database } from "@mortise/core";
import { toolsOf } from "@mortise/core/adapter";
import type { Change } from "@mortise/core/state";
import { push } from "@mortise/migrator";
import type { OpenAdapter } from "./suite.ts";

const known = new WeakMap<OpenAdapter, Map<object, readonly Change[]>>();

/**
 * Makes a schema's tables in an empty database: the first time on a target by `push`, later by the changes that it made then. All
 * databases of a target are equally empty, and looking at them again and again would take most of the time of a case.
 */
export async function makeTables<R>(open: OpenAdapter, schema: object, db: Database<R>): Promise<void> {
  const ofTarget = known.get(open) ?? new Map<object, readonly Change[]>();
  known.set(open, ofTarget);
  const changes = ofTarget.get(schema);
  if (changes === undefined) ofTarget.set(schema, (await push(db)).changes);
  else await repeat(db, changes);
}

async function repeat(db: object, changes: readonly Change[]): Promise<void> {
  const tools = await toolsOf(db).openSchema();
  try {
    await tools.atomic(async (inside) => {
      for (const statement of changes.flatMap((change) => inside.render(change))) await inside.run(statement);
    });
  } finally {
    await tools.close();
  }
}
