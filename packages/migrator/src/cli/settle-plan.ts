import { MigrationError } from "@mortise/core/adapter";
import type { PlanOptions } from "../apply/run-plan.ts";
import { diff, plan } from "../database.ts";
import { hazardLine, unacknowledged } from "../plan/acknowledgement.ts";
import { ambiguities } from "../plan/ambiguities.ts";
import type { Choice, Plan, Refusal } from "../plan/plan-changes.ts";
import type { Given } from "./command.ts";
import type { OpenDatabase } from "./open-database.ts";
import { Cancelled } from "./questions.ts";
import type { Terminal } from "./terminal.ts";

/** A plan for which everything that is for a person to decide has been decided, with the options that say so. */
export interface SettledPlan {
  readonly planned: Plan;
  readonly options: PlanOptions;
}

interface Decisions {
  readonly rename: readonly string[];
  readonly keep: readonly string[];
  readonly acknowledge: readonly string[];
}

/**
 * Plans, and asks what only a person can know: whether something is a rename, and whether values may go. Where nobody can be asked, an
 * open rename is an error that names the flags.
 */
export async function settlePlan(
  { db, connection }: Pick<OpenDatabase, "db" | "connection">,
  given: Given,
  terminal: Terminal,
): Promise<SettledPlan> {
  const start = { rename: given.list("rename"), keep: given.list("keep"), acknowledge: given.list("acknowledge") };
  const drop = given.flag("drop");
  const { rename, acknowledge } = await settleRenames(db, start, drop, terminal);
  const online = given.flag("online") || connection.migrations.online === true;
  const options = { drop, rename, acknowledge, online };
  const planned = await plan(db, options);
  const allowed = await settleLosses(planned, acknowledge, terminal);
  return { planned, options: { ...options, acknowledge: allowed } };
}

/** Also without `--drop`: what stays while something like it comes may have been meant as a rename. */
async function settleRenames(db: object, start: Decisions, drop: boolean, terminal: Terminal): Promise<Decisions> {
  let decided = start;
  for (;;) {
    const { changes } = await diff(db, { drop: true, rename: decided.rename });
    const kept = decided.keep.flatMap((name) => [`drop-column:${name}`, `drop-table:${name}`]);
    const [open] = ambiguities(changes, [...decided.acknowledge, ...kept]);
    if (open === undefined) return decided;
    if (!terminal.interactive) throw openRename(open, drop);
    decided = await askRename(open, decided, drop, terminal);
  }
}

async function askRename(open: Refusal, decided: Decisions, drop: boolean, { ask }: Terminal): Promise<Decisions> {
  const { renames, target, acknowledge } = partsOf(open);
  const answer = await ask.select(`"${target}" is not in the schema any more. What became of it?`, [
    ...renames.map((rename) => ({
      value: rename,
      label: `It was renamed to ${rename.slice(rename.lastIndexOf(":") + 1)}`,
    })),
    { value: "", label: drop ? "It shall go" : "It stays as it is, and the other one is new" },
  ]);
  if (answer !== "") return { ...decided, rename: [...decided.rename, answer] };
  if (drop) return { ...decided, acknowledge: [...decided.acknowledge, acknowledge] };
  return { ...decided, keep: [...decided.keep, target] };
}

function openRename(open: Refusal, drop: boolean): MigrationError {
  const { renames, target, acknowledge } = partsOf(open);
  const flags = renames.map((rename) => `--rename ${rename}`).join(" or ");
  const other = drop
    ? `If "${target}" shall go, say --acknowledge ${acknowledge}.`
    : `If "${target}" stays and the other one is new, say --keep ${target}.`;
  return new MigrationError(
    `"${target}" is not in the schema, and something like it is new, so it may be a rename. If it is, say ${flags}. ${other} Nothing was changed.`,
  );
}

function partsOf({ choices }: Refusal): { renames: readonly string[]; target: string; acknowledge: string } {
  const renames = choices.flatMap((choice: Choice) => ("rename" in choice ? [choice.rename] : []));
  const acknowledge =
    choices.flatMap((choice: Choice) => ("acknowledge" in choice ? [choice.acknowledge] : []))[0] ?? "";
  return { renames, acknowledge, target: acknowledge.slice(acknowledge.indexOf(":") + 1) };
}

/** Asks for each loss, with the rows concerned. Where nobody can be asked the library refuses them all in one sentence. */
async function settleLosses(
  planned: Plan,
  acknowledged: readonly string[],
  terminal: Terminal,
): Promise<readonly string[]> {
  if (!terminal.interactive || planned.refused.length > 0) return acknowledged;
  const allowed = [...acknowledged];
  for (const hazard of unacknowledged(planned, acknowledged)) {
    if (!(await terminal.ask.confirm(`${hazardLine(hazard)} Go on?`))) throw new Cancelled();
    allowed.push(`${hazard.code}:${hazard.target}`);
  }
  return allowed;
}
