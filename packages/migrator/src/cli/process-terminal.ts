import { styleText } from "node:util";
import type { Colours, Terminal } from "./terminal.ts";
import { Cancelled, type Questions } from "./questions.ts";

/** The terminal of this process. Questions load when the first is asked. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    interactive: stdin.isTTY && stdout.isTTY,
    talksToTerminal: stderr.isTTY,
    print: (text) => void stdout.write(`${text}\n`),
    say: (text) => void stderr.write(`${text}\n`),
    enter: (folder) => process.chdir(folder),
    colours: coloursOf(stderr),
    ask: askOn(stderr),
  };
}

/** `styleText` goes by `NO_COLOR`, `FORCE_COLOR` and whether the stream is a terminal. */
function coloursOf(stream: NodeJS.WriteStream): Colours {
  const styled = (style: "green" | "red" | "yellow" | "dim") => (text: string) => styleText(style, text, { stream });
  return { good: styled("green"), bad: styled("red"), warning: styled("yellow"), faint: styled("dim") };
}

function askOn(output: NodeJS.WriteStream): Questions {
  return {
    async select(message, choices) {
      const { select } = await import("@clack/prompts");
      const answer = await select({ message, output, options: choices.map((choice) => ({ ...choice })) });
      if (typeof answer === "symbol") throw new Cancelled();
      return answer;
    },
    async confirm(message) {
      const { confirm } = await import("@clack/prompts");
      const answer = await confirm({ message, output, initialValue: false });
      if (typeof answer === "symbol") throw new Cancelled();
      return answer;
    },
    async text(message) {
      const { text } = await import("@clack/prompts");
      const answer = await text({ message, output });
      if (typeof answer === "symbol") throw new Cancelled();
      return answer;
    },
  };
}
