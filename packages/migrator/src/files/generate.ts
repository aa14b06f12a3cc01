import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MigrationError } from "@mortise/core/adapter";
import { stateAfter, type Change, type SchemaAdapter } from "@mortise/core/state";
import { requireAcknowledged } from "../plan/acknowledgement.ts";
import { refuse } from "../apply/failure.ts";
import { planWithStates, type PlanOptions, type PlanWithStates } from "../apply/run-plan.ts";
import { planChanges, type Plan } from "../plan/plan-changes.ts";
import { printPlan } from "../plan/print-plan.ts";
import { withTools } from "../tools.ts";

export interface GenerateOptions extends PlanOptions {
  readonly directory: string;
  /** What the migration is about: `add users`. */
  readonly name: string;
  /** The moment that the file is named after; now unless said. */
  readonly at?: Date;
}

/**
 * Writes what separates the database from its schema as a migration: `<stamp>_<name>.up.sql`, with its way back beside it.
 *
 * `await generate(db, { directory: "migrations", name: "add users" })`
 *
 * Gives the names of the files, none when there are no differences. What would lose values has to be acknowledged as for `push`. The
 * SQL is that of this engine.
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
    const texts = { [`${stem}.up.sql`]: upText(plan), [`${stem}.down.sql`]: downText(planned, schema) };
    for (const [file, text] of Object.entries(texts)) {
      await writeFile(join(options.directory, file), text, { flag: "wx" });
    }
    return Object.keys(texts);
  });
}

function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/\D/g, "").slice(0, 14);
}

/** Letters, digits and underscores: a name leads to no other folder. */
function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (slug !== "") return slug;
  throw new MigrationError(`A migration cannot be called ${JSON.stringify(name)}: its name needs a letter or a digit.`);
}

function upText(plan: Plan): string {
  const alone = plan.steps.some((step) => step.alone) ? "-- mortise: no transaction\n" : "";
  return `${alone}${printPlan(plan, "sql")}\n`;
}

/** The way back from the database as it is then, names last; or the reason why there is none. */
function downText({ plan, actual, renamed }: PlanWithStates, schema: SchemaAdapter): string {
  const reasons = plan.steps.flatMap(({ reverse }) => ("none" in reverse ? [reverse.none] : []));
  if (reasons.length > 0) return irreversible(reasons);
  const changes = plan.steps
    .toReversed()
    .flatMap(({ reverse }): readonly Change[] => ("none" in reverse ? [] : reverse.changes));
  const after = stateAfter(
    renamed,
    plan.steps.map(({ change }) => change),
  );
  const plans = [
    planChanges({ changes: changes.filter((change) => !isRename(change)), kept: [] }, schema, after, ["all"]),
    planChanges({ changes: changes.filter(isRename), kept: [] }, schema, actual, ["all"]),
  ];
  const refused = plans.flatMap((back) => back.refused.map(({ reason }) => reason));
  if (refused.length > 0) return irreversible(refused);
  return upText({ steps: plans.flatMap(({ steps }) => steps), refused: [], kept: [] });
}

function irreversible(reasons: readonly string[]): string {
  return `-- mortise: irreversible: ${reasons.join(" ").replaceAll(/[\r\n]+/g, " ")}\n`;
}

function isRename({ kind }: Change): boolean {
  return kind === "renameTable" || kind === "renameColumn";
}
