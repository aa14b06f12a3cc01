import type { Questions } from "./questions.ts";

/** Where a command runs: its folder, its streams, and whether a person is there to be asked. */
export interface Terminal {
  readonly cwd: string;
  /** Standard input and output are a terminal. */
  readonly interactive: boolean;
  /** Whether the talk goes to a terminal, where a bar may move. */
  readonly talksToTerminal: boolean;
  /** The result, on standard output. */
  readonly print: (text: string) => void;
  /** The talk, on the standard error stream. */
  readonly say: (text: string) => void;
  /** Goes into the folder of the configuration, at which its paths begin, those of its connections too. */
  readonly enter: (folder: string) => void;
  readonly colours: Colours;
  readonly ask: Questions;
}

/** Colours of the talk; the text as it is where there are none. */
export interface Colours {
  good(text: string): string;
  bad(text: string): string;
  warning(text: string): string;
  faint(text: string): string;
}
