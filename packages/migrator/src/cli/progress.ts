import type { OnStatement } from "../files/statement-ledger.ts";
import type { Terminal } from "./terminal.ts";

/** Tells how far a run is: a moving line on a terminal, else a line for each migration. */
export function progressOn({ talksToTerminal, say, colours }: Terminal): OnStatement {
  let told = "";
  return (migration, _statement, index, total) => {
    if (talksToTerminal) {
      const end = index + 1 >= total ? "\n" : "";
      process.stderr.write(`\r\u001B[2K${colours.faint(`${bar(index + 1, total)} ${migration}`)}${end}`);
    } else if (migration !== told) {
      told = migration;
      say(migration);
    }
  };
}

const width = 20;

function bar(done: number, total: number): string {
  const filled = Math.round((width * done) / Math.max(total, 1));
  return `${"█".repeat(filled)}${"░".repeat(width - filled)} ${done}/${total}`;
}
