import { UsageError } from "./command.ts";
import { commands } from "./commands.ts";
import { readCommandLine } from "./program.ts";
import { Cancelled } from "./questions.ts";
import { reportError } from "./report-error.ts";
import type { Terminal } from "./terminal.ts";

/** Runs a command line and gives its exit code: 0 all is well, 1 a failure or a difference, 2 the line was not understood. */
export async function runCli(args: readonly string[], version: string, terminal: Terminal): Promise<number> {
  try {
    const asked = await readCommandLine(args, commands, version, terminal);
    return asked === undefined ? 0 : await asked.command.run(asked.given, terminal);
  } catch (error) {
    if (error instanceof Cancelled) {
      terminal.say(error.message);
      return 1;
    }
    reportError(error, terminal, args.includes("--debug"));
    return error instanceof UsageError ? 2 : 1;
  }
}
