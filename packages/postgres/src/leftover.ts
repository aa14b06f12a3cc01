import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";
import { isTemporaryName } from "./temporary-name.ts";

const name = '"(?:[^"]|"")+"';
const index = new RegExp(`^create (?:unique )?index concurrently (${name}) on ((?:${name}\\.)?${name})`);
const constraint = new RegExp(`^alter table ((?:${name}\\.)?${name}) add constraint (${name}) .* not valid$`, "s");

/**
 * Takes away what a run that was cut off left of the same statement: an index that is not valid, or was built for a key that never got it; a
 * constraint that is not validated. It would be in the way of its name.
 */
export async function clearLeftover(session: Session, statement: string): Promise<void> {
  const [, made = "", on = ""] = index.exec(statement) ?? [];
  if (made !== "") return clearIndex(session, bare(made), on);
  const [, altered = "", added = ""] = constraint.exec(statement) ?? [];
  if (added !== "") return clearConstraint(session, bare(added), altered);
}

async function clearIndex(session: Session, made: string, on: string): Promise<void> {
  const isLeft = isTemporaryName(made) ? "true" : "not i.indisvalid";
  const [[found] = []] = await session.query(
    "select format('drop index concurrently %I.%I', n.nspname, c.relname) from pg_index i " +
      "join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace " +
      `where i.indrelid = ${quoteText(on)}::regclass and c.relname = ${quoteText(made)} and ${isLeft}`,
  );
  if (typeof found === "string") await session.run(found);
}

async function clearConstraint(session: Session, added: string, on: string): Promise<void> {
  const [[found] = []] = await session.query(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) from pg_constraint ` +
      `where conrelid = ${quoteText(on)}::regclass and conname = ${quoteText(added)} and not convalidated`,
  );
  if (typeof found === "string") await session.run(found);
}

function bare(quoted: string): string {
  return quoted.slice(1, -1).replaceAll('""', '"');
}
