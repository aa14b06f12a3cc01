import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stateAfter, type Change, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import { requireAcknowledged } from "../plan/acknowledgement.ts";
import { refuse } from "../apply/failure.ts";
import { planWithStates, type PlanOptions, type PlanWithStates } from "../apply/run-plan.ts";
import { planChanges, type Plan } from "../plan/plan-changes.ts";
import { printPlan } from "../plan/print-plan.ts";
import { renderMigration } from "../render/render-migration.ts";
import { slugOf, stampOf } from "./migration-name.ts";
import { withTools } from "../tools.ts";

export interface GenerateOptions extends PlanOptions {
  readonly directory: string;
  /** What the migration is about: `add users`. */
  readonly name: string;
  /** `"ts"` unless said; the text is JavaScript, too. `"sql"` writes the statements of this engine. */
  readonly extension?: "ts" | "js" | "sql" | undefined;
  /** The moment that the file is named after; now unless said. */
  readonly at?: Date;
}

/**
 * Writes what separates the database from its schema as a migration: `<stamp>_<name>.ts`, with its way back in it.
 *
 * `await generate(db, { directory: "migrations", name: "add users" })`
 *
 * Gives the names of the files, none when there are no differences. What would lose values has to be acknowledged as for `push`, and the
 * migration says so. With `extension: "sql"` it is a pair of files, `<stamp>_<name>.up.sql` and `….down.sql`, in the SQL of this engine.
 */
export async function generate(db: object, options: GenerateOptions): Promise<readonly string[]> {
  return withTools(db, async (schema, desired) => {
    const planned = await planWithStates(schema, desired, options);
    const { plan } = planned;
    if (plan.refused.length > 0) throw refuse(plan);
    if (plan.steps.length === 0) return [];
    requireAcknowledged(plan, options.acknowledge ?? []);
    const stem = `${stampOf(options.at ?? new Date())}_${slugOf(options.name)}`;
    await mkdir(options.directory, { recursive: true });
    const texts =
      options.extension === "sql"
        ? { [`${stem}.up.sql`]: upText(plan), [`${stem}.down.sql`]: downText(planned, schema, options.online === true) }
        : { [`${stem}.${options.extension ?? "ts"}`]: moduleText(planned, desired, options.online === true) };
    for (const [file, text] of Object.entries(texts)) {
      await writeFile(join(options.directory, file), text, { flag: "wx" });
    }
    return Object.keys(texts);
  });
}

/** What may be lost is told in the migration, whether there are rows now or not: elsewhere there may be some. */
function moduleText({ plan, wanted, changes }: PlanWithStates, asked: SchemaState, online: boolean): string {
  const losses = plan.steps.flatMap(({ hazards }) => hazards.filter(({ level }) => level === "destructive"));
  const acknowledge = [...new Set(losses.map(({ code, target }) => `${code}:${target}`))];
  const isAlone = plan.steps.some(({ alone, change }) => alone && !isOnline(change));
  return renderMigration({ changes, asked, wanted, acknowledge, isAlone, online });
}

function isOnline(change: Change): boolean {
  return "online" in change && change.online === true;
}

function upText(plan: Plan): string {
  const alone = plan.steps.some((step) => step.alone) ? "-- mortise: no transaction\n" : "";
  return `${alone}${printPlan(plan, "sql")}\n`;
}

/** The way back from the database as it is then, names last; or the reason why there is none. */
function downText({ plan, actual, renamed }: PlanWithStates, schema: SchemaAdapter, online: boolean): string {
  const reasons = plan.steps.flatMap(({ reverse }) => ("none" in reverse ? [reverse.none] : []));
  if (reasons.length > 0) return irreversible(reasons);
  const changes = plan.steps
    .toReversed()
    .flatMap(({ reverse }): readonly Change[] => ("none" in reverse ? [] : reverse.changes));
  const after = stateAfter(
    renamed,
    plan.steps.map(({ change }) => change),
  );
  const manner = { acknowledge: ["all"], online };
  const plans = [
    planChanges({ changes: changes.filter((change) => !isRename(change)), kept: [] }, schema, after, manner),
    planChanges({ changes: namesBack(changes.filter(isRename)), kept: [] }, schema, actual, manner),
  ];
  const refused = plans.flatMap((back) => back.refused.map(({ reason }) => reason));
  if (refused.length > 0) return irreversible(refused);
  return upText({ steps: plans.flatMap(({ steps }) => steps), refused: [], kept: [] });
}

function irreversible(reasons: readonly string[]): string {
  return `-- mortise: irreversible: ${reasons.join(" ").replaceAll(/[\r\n]+/g, " ")}\n`;
}

/** Tables get their old names first, so that columns go back in the tables of those names. */
function namesBack(renames: readonly Change[]): readonly Change[] {
  return renames.map((change) => {
    if (change.kind !== "renameColumn") return change;
    const table = renames.find(
      (other) => other.kind === "renameTable" && other.from === change.table && other.namespace === change.namespace,
    );
    return table?.kind === "renameTable" ? { ...change, table: table.to } : change;
  });
}

function isRename({ kind }: Change): boolean {
  return kind === "renameTable" || kind === "renameColumn";
}
