import process from "node:process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AdapterUnderTest } from "../conformance.ts";
import { DEPTH, type Abilities } from "./arbitrary-command.ts";
import { batchArbitrary } from "./arbitrary-program.ts";
import { Coverage, featuresOf } from "./coverage.ts";
import { lengthOf, type Answer } from "./evaluator/answer.ts";
import { rowTerminals, type Batch, type ModelSpec, type Program, relationKinds, toMany } from "./program.ts";
import { prune } from "./prune.ts";
import { runBatch, type Finding } from "./run.ts";

/** A way in which an adapter is known to differ from the evaluator. */
export interface DeclaredDifference {
  readonly reason: string;
  /** The features that differ, as `featuresOf` names them. */
  readonly features: RegExp;
  /** What is wrong then. Anything else is a difference that nobody declared. */
  readonly shows: RegExp;
}

/** An adapter and where it is known to differ from the evaluator. */
export interface DifferentialTarget extends AdapterUnderTest {
  /** One that a run of all its cases with a chosen seed does not meet fails. */
  readonly differences?: readonly DeclaredDifference[];
  /** Why the server itself errs at times, so that only a difference that shows again counts. */
  readonly unsteady?: string;
}

export interface DifferentialOptions {
  /** How many programs at least; `DIFFERENTIAL_CASES` says otherwise. */
  readonly cases: number;
  /** How many programs share a schema at most: more where making tables takes long. */
  readonly perSchema: number;
  /** How deep filters nest: 2 unless the engine takes too long over it. `DIFFERENTIAL_NESTING` says otherwise. */
  readonly nesting?: number;
  /** `DIFFERENTIAL_SEED` says otherwise; without either every run has its own. */
  readonly seed?: number;
}

/** How long a failing program is made smaller, by shrinking and then by taking parts away: milliseconds each. */
const SHRINKING = 30_000;

/** Enough programs for every feature to turn up. */
const MANY = 2000;

/** Runs random programs on an adapter and compares every result with what the evaluator says. */
export function runDifferential(under: DifferentialTarget, options: DifferentialOptions): void {
  const cases = Number(process.env["DIFFERENTIAL_CASES"] ?? options.cases);
  const chosen = process.env["DIFFERENTIAL_SEED"] ?? options.seed;
  const seed = Number(chosen ?? Date.now() % 2 ** 31);
  const coverage = new Coverage();
  const trial = new Trial(under, coverage);
  describe(`${under.name} agrees with the evaluator`, () => {
    test(`on ${cases} programs`, { timeout: 120_000 + cases * 2000 }, async () => {
      const batch = batchArbitrary(abilitiesOf(under, options), options.perSchema);
      const law = fc.asyncProperty(batch, async (one) => trial.agrees(one));
      for (let part = 0; coverage.programs < cases; part += 1) {
        const numRuns = Math.ceil((cases - coverage.programs) / options.perSchema);
        const { counterexample } = await fc.check(law, { numRuns, seed: seed + part });
        if (counterexample === null) continue;
        throw new Error(await trial.report(counterexample[0], seed));
      }
      expect(coverage.programs).toBeGreaterThanOrEqual(cases);
      if (process.env["DIFFERENTIAL_VERBOSE"] !== undefined) console.log(`${under.name}: ${coverage.describe()}`);
    });
    test("in all but the declared differences, and these do differ", () => {
      const isWhole = chosen !== undefined && cases >= options.cases;
      const idle = (under.differences ?? []).filter((declared) => !trial.used.has(declared));
      expect(isWhole ? idle : []).toEqual([]);
    });
    test("on every feature that is asked for", () => {
      expect(cases < MANY ? [] : everyFeature.filter((feature) => !coverage.has(feature))).toEqual([]);
    });
  });
}

function abilitiesOf({ capabilities }: AdapterUnderTest, options: DifferentialOptions): Abilities {
  const { relations: strategies, returning, savepoints } = capabilities;
  const nesting = Number(process.env["DIFFERENTIAL_NESTING"] ?? options.nesting ?? DEPTH);
  return { strategies, returning: returning === "rows", savepoints, nesting };
}

/** Tries programs on one adapter. */
class Trial {
  /** Declared differences that were met. */
  readonly used = new Set<DeclaredDifference>();
  readonly #under: DifferentialTarget;
  readonly #coverage: Coverage;
  #shrinks: AbortSignal | undefined;

  constructor(under: DifferentialTarget, coverage: Coverage) {
    this.#under = under;
    this.#coverage = coverage;
  }

  /** Whether a batch runs through. Behind the first difference smaller ones are tried, and for so long only. */
  async agrees(batch: Batch): Promise<boolean> {
    if (this.#shrinks?.aborted === true) return true;
    const first = await this.#find(batch);
    const found = first === undefined || this.#under.unsteady === undefined ? first : await this.#find(batch);
    if (found !== undefined) this.#shrinks ??= AbortSignal.timeout(SHRINKING);
    return found === undefined;
  }

  /** The first difference that is not declared; behind a declared one the next program goes on, on tables of its own. */
  async #find({ models, rounds }: Batch): Promise<Finding | undefined> {
    for (let rest = rounds; rest.length > 0;) {
      const found = await runBatch(this.#under.open, { models, rounds: rest }, (command, answer) => {
        this.#coverage.note(featuresOf(models, command), gives(answer));
      });
      const ran = found === undefined ? rest.length : found.round + 1;
      this.#coverage.programs += ran;
      const declared = found && this.#declared(models, found);
      if (declared === undefined) return found;
      this.used.add(declared);
      rest = rest.slice(ran);
    }
    return undefined;
  }

  #declared(models: readonly ModelSpec[], { difference: { command, wrong } }: Finding): DeclaredDifference | undefined {
    const all = command === undefined ? [] : [...featuresOf(models, command)];
    return this.#under.differences?.find(
      ({ features, shows }) => shows.test(wrong) && all.some((feature) => features.test(feature)),
    );
  }

  /** The failing program of a batch made as small as it goes, with what was sent and what is wrong. */
  async report(batch: Batch, seed: number): Promise<string> {
    const first = await this.#find(batch);
    if (first === undefined) return `A second run of the batch agrees; its seed is ${seed}.`;
    const alone = (program: Program) => this.#find({ models: program.models, rounds: [program] });
    const time = AbortSignal.timeout(SHRINKING);
    const small = await prune(first.program, async (smaller) => {
      return !time.aborted && isAlike(await alone(smaller).catch(() => undefined), first);
    });
    const { program, difference } = (await alone(small)) ?? first;
    const { command } = difference;
    return [
      `${this.#under.name} disagrees with the evaluator. Run it again with DIFFERENTIAL_SEED=${seed}.`,
      programText({ ...program, commands: command === undefined ? program.commands : [command] }),
      ...difference.sent.map((sql) => `sent: ${sql}`),
      difference.wrong,
    ].join("\n");
  }
}

/** Whether a part of a program fails at the same command in the same way, and not because something it names is gone. */
function isAlike(found: Finding | undefined, { difference }: Finding): boolean {
  if (found === undefined || found.difference.command?.do !== difference.command?.do) return false;
  return errorCodes(found.difference.wrong) === errorCodes(difference.wrong);
}

function errorCodes(wrong: string): string {
  return (wrong.match(/\b[A-Z]+_[A-Z_]+\b/g) ?? []).join();
}

function gives(answer: Answer): boolean {
  switch (answer.is) {
    case "error":
      return false;
    case "value":
      return answer.value !== null && answer.value !== 0 && answer.value !== false;
    case "steps":
      return answer.answers.some(gives);
    case "list":
    case "first":
    case "page":
    case "pages":
      return lengthOf(answer.list) > 0;
  }
}

function programText(program: Program): string {
  const models = program.models.map((model) => ({
    ...model,
    columns: model.columns.map((column) => (column.kind === "enum" ? column : { ...column, pool: undefined })),
  }));
  const replacer = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);
  return JSON.stringify({ ...program, models }, replacer, 1)
    .replace(/\n\s*/g, " ")
    .replaceAll('{ "name"', '\n{ "name"')
    .replaceAll('"commands"', '\n"commands"')
    .replaceAll('"rows"', '\n"rows"');
}

const ordered = [
  "integer",
  "bigInteger",
  "double",
  "decimal",
  "string",
  "text",
  "boolean",
  "datetime",
  "date",
  "uuid",
  "enum",
];
const numbers = ["integer", "bigInteger", "double", "decimal"];
const across = (calls: readonly string[], kinds: readonly string[]) =>
  calls.flatMap((one) => kinds.map((kind) => `${one} ${kind}`.trimEnd()));

/** Every operator with every kind it takes. */
const everyFeature: readonly string[] = [
  ...across(["=", "!=", "<", "<=", ">", ">=", "in", "not in", "between", "not between", "column"], ordered),
  ...across(["null", "not null", "order", "distinct", "groupBy", "cursor order"], ordered),
  ...across(["null", "not null", "set"], [...ordered, "json"]),
  ...across(["like", "ilike", "contains", "startsWith", "endsWith", "not like", "not ilike"], ["string", "text"]),
  ...across(["date", "year", "month", "day"], ["datetime", "date"]),
  ...across(["sum", "avg", "min", "max", "select sum", "select avg", "having sum", "increment"], numbers),
  ...across(["min", "max"], ["string", "text", "datetime", "date", "enum"]),
  ...across(["has some", "has none", "has >=", "load"], relationKinds),
  ...across(["with count", "with exists"], relationKinds),
  ...across(["limit per parent"], toMany),
  ...across(["or", "not", "trashed with", "trashed only", "transaction", "transaction rolled back"], [""]),
  ...across(
    ["insert", "upsert", "firstOrCreate", "updateOrCreate", "delete", "softDelete", "restore", "forceDelete"],
    [""],
  ),
  ...across([...rowTerminals, "find", "exists", "cursor", "paginate", "simplePaginate"], [""]),
  "time datetime",
];
