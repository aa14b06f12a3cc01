import { plan } from "../../database.ts";
import { lint } from "../../lint/lint-plan.ts";
import {
  connectionOptions,
  differenceOptions,
  jsonOption,
  onlineOption,
  waitOf,
  waitOption,
  type CommandDefinition,
} from "../command.ts";
import { withDatabase } from "../open-database.ts";

export const migrateLint: CommandDefinition = {
  name: "migrate:lint",
  summary: "Tells what the way to the schema does to rows, to others who wait, and to programs that run.",
  options: [
    { name: "check", kind: "flag", summary: "exit with 1 when there is something to tell" },
    jsonOption,
    ...differenceOptions.filter(({ name }) => name !== "keep"),
    onlineOption,
    waitOption,
    ...connectionOptions,
  ],
  examples: ["mortise migrate:lint", "mortise migrate:lint --check --drop", "mortise migrate:lint --json"],
  run: (given, terminal) =>
    withDatabase(given, terminal, "schema", async ({ db, connection }) => {
      const online = given.flag("online") || connection.migrations.online === true;
      const planned = await plan(db, { drop: given.flag("drop"), rename: given.list("rename"), online });
      const findings = lint(planned, waitOf(given, connection.migrations));
      if (given.flag("json")) terminal.print(JSON.stringify({ version: 1, findings }, undefined, 2));
      else {
        const lines = findings.map(({ code, step, message, advice }) => `${code}: ${step}\n  ${message}\n  ${advice}`);
        terminal.print(lines.length === 0 ? "nothing to tell" : lines.join("\n"));
      }
      return findings.length > 0 && given.flag("check") ? 1 : 0;
    }),
};
