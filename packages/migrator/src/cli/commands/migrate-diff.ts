import { plan } from "../../database.ts";
import { printPlan } from "../../plan/print-plan.ts";
import { connectionOptions, differenceOptions, jsonOption, onlineOption, type CommandDefinition } from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const migrateDiff: CommandDefinition = {
  name: "migrate:diff",
  summary: "Shows what separates the database from the schema, and changes nothing.",
  options: [
    { name: "check", kind: "flag", summary: "exit with 1 when there is a difference" },
    { name: "sql", kind: "flag", summary: "print the statements" },
    jsonOption,
    ...differenceOptions.filter(({ name }) => name !== "keep"),
    onlineOption,
    ...connectionOptions,
  ],
  examples: ["mortise migrate:diff", "mortise migrate:diff --check", "mortise migrate:diff --sql --drop"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "schema", async ({ db, connection }) => {
      const online = given.flag("online") || connection.migrations.online === true;
      const planned = await plan(db, { drop: given.flag("drop"), rename: given.list("rename"), online });
      terminal.print(printPlan(planned, given.flag("json") ? "json" : given.flag("sql") ? "sql" : "text"));
      const isDifferent = planned.steps.length + planned.refused.length > 0;
      return isDifferent && given.flag("check") ? 1 : 0;
    }),
};
