import { createDatabase } from "@mortise/core";
import { push } from "@mortise/migrator";
import type { OpenAdapter } from "../suite.ts";
import { from, type Workshop } from "./build-query.ts";
import { buildSchema, givenRow } from "./build-schema.ts";
import type { Answer } from "./evaluator/answer.ts";
import { evaluate, tableRows } from "./evaluator/evaluate.ts";
import { Store } from "./evaluator/store.ts";
import { judge } from "./judge.ts";
import { looseDatabase } from "./loose-query.ts";
import type { Batch, Command, ModelSpec, Program } from "./program.ts";
import { attempt, runCommand, type Outcome } from "./run-command.ts";

/** Where an engine and the evaluator disagree. */
export interface Difference {
  readonly command: Command | undefined;
  readonly wrong: string;
  /** The statements that were sent for the command. */
  readonly sent: readonly string[];
}

/** A difference with the program that shows it. */
export interface Finding {
  /** The round of the batch. */
  readonly round: number;
  readonly program: Program;
  readonly difference: Difference;
}

/** Told of each command that was judged. */
export type Watch = (command: Command, answer: Answer) => void;

/** Runs programs on an empty database of an adapter, beside the evaluator, up to the first difference. */
export async function runBatch(open: OpenAdapter, batch: Batch, watch: Watch): Promise<Finding | undefined> {
  const { schema, models } = buildSchema(batch.models);
  const db = createDatabase(schema, await open());
  const sent: string[] = [];
  db.on("query", ({ sql }) => sent.push(sql ?? ""));
  try {
    await push(db);
    const shop: Workshop = { db: looseDatabase(db), specs: batch.models, models };
    for (const [at, round] of batch.rounds.entries()) {
      if (at > 0) await empty(shop);
      const program: Program = { models: batch.models, ...round };
      const difference = await runRound(shop, program, { sent, watch });
      if (difference !== undefined) return { round: at, program, difference };
    }
    return undefined;
  } finally {
    await db.close();
  }
}

interface Log {
  /** The statements since the last command, filled by the database. */
  readonly sent: string[];
  readonly watch: Watch;
}

async function runRound(shop: Workshop, program: Program, { sent, watch }: Log): Promise<Difference | undefined> {
  const store = new Store(program);
  const difference = (command: Command | undefined, wrong: string) => ({ command, wrong, sent: [...sent] });
  for (const model of program.models) {
    const wrong = await fill(shop, store, program, model);
    if (wrong !== undefined) return difference(undefined, wrong);
  }
  for (const command of program.commands) {
    sent.length = 0;
    const answer = evaluate(store, command);
    const wrong = judge(command, answer, await runCommand(shop, command));
    watch(command, answer);
    if (wrong !== undefined) return difference(command, wrong);
  }
  const wrong = program.commands.every(reads) ? undefined : await compareTables(shop, store);
  return wrong === undefined ? undefined : difference(undefined, wrong);
}

async function empty(shop: Workshop): Promise<void> {
  for (const { name } of shop.specs) await from(shop, name).withTrashed().unfiltered().forceDelete();
}

function reads(command: Command): boolean {
  return /^(rows|find|aggregate|exists|pluck|group|page|cursor)$/.test(command.do);
}

/** Stores the rows of a model; what the library gives back for them must be what they are. */
async function fill(shop: Workshop, store: Store, { rows }: Program, model: ModelSpec): Promise<string | undefined> {
  const given = (rows[model.name] ?? []).map((row) => givenRow(model, row));
  if (given.length === 0) return undefined;
  const outcome = await attempt(async () => ({ is: "value", value: await from(shop, model.name).insertMany(given) }));
  return judgeTable(model, tableRows(store, model.name), outcome, "insertMany");
}

/** What the tables hold in the end. */
async function compareTables(shop: Workshop, store: Store): Promise<string | undefined> {
  for (const model of shop.specs) {
    const all = from(shop, model.name).withTrashed();
    const outcome = await attempt(async () => ({ is: "value", value: await all.many() }));
    const wrong = judgeTable(model, tableRows(store, model.name), outcome, "what the commands left behind");
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function judgeTable(model: ModelSpec, answer: Answer, outcome: Outcome, what: string): string | undefined {
  const whole: Command = { do: "insert", model: model.name, row: {} };
  const wrong = judge(whole, answer, outcome);
  return wrong === undefined ? undefined : `The rows of "${model.name}" (${what}): ${wrong}`;
}
