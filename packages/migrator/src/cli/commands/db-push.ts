import { push } from "../../push.ts";
import type { Plan } from "../../plan/plan-changes.ts";
import { partsOf } from "../../plan/change-place.ts";
import { printPlan } from "../../plan/print-plan.ts";
import { confirmLoss } from "../confirm-loss.ts";
import {
  acknowledgeOption,
  connectionOptions,
  differenceOptions,
  forceOption,
  onlineOption,
  waitOf,
  waitOption,
  type CommandDefinition,
} from "../command.ts";
import { withDatabase } from "../open-database.ts";
import { settlePlan } from "../settle-plan.ts";

export const dbPush: CommandDefinition = {
  name: "db:push",
  summary: "Takes the database to the schema at once, without migration files.",
  options: [
    ...differenceOptions,
    acknowledgeOption,
    { name: "dry-run", kind: "flag", summary: "print the plan, and change nothing" },
    onlineOption,
    waitOption,
    forceOption,
    ...connectionOptions,
  ],
  examples: [
    "mortise db:push",
    "mortise db:push --dry-run",
    "mortise db:push --online --lock-timeout 2000",
    "mortise db:push --drop --acknowledge drop-column --force",
  ],
  run: (given, terminal) =>
    withDatabase(given, terminal, "schema", async (open) => {
      const { planned, options } = await settlePlan(open, given, terminal);
      if (given.flag("dry-run")) {
        terminal.print(printPlan(planned, "text"));
        return 0;
      }
      if (drops(planned)) await confirmLoss("drops what the schema does not name", open, given, terminal);
      const { summary } = await push(open.db, {
        ...options,
        ...waitOf(given, open.connection.migrations),
        onStep: ({ line }) => terminal.say(line),
      });
      terminal.print(summary);
      return 0;
    }),
};

function drops({ steps }: Plan): boolean {
  return steps
    .flatMap(({ change }) => partsOf(change))
    .some(({ kind }) => kind === "dropTable" || kind === "dropColumn");
}
