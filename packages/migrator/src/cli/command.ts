import type { LockOptions } from "@mortise/core/state";
import type { MigrationSettings } from "../config/define-config.ts";
import type { Terminal } from "./terminal.ts";

/** An option of a command, as the help and the page of the documentation show it. */
export interface CommandOption {
  readonly name: string;
  /** One letter: `-m`. */
  readonly short?: string;
  readonly kind: "flag" | "text" | "number" | "list";
  /** What stands behind it in the help: `--to <stamp>`. */
  readonly value?: string;
  readonly summary: string;
  /** The words that it may be. */
  readonly choices?: readonly string[];
}

/** One command: what it is called, what it takes and what it does. Files under `commands` export one each. */
export interface CommandDefinition {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly summary: string };
  readonly options: readonly CommandOption[];
  /** Lines as one would type them. */
  readonly examples: readonly string[];
  /** Gives the exit code: 0 when all is well, 1 for a failure or a difference. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** What stood on the command line. A name that the command does not define is a fault of the command. */
export interface Given {
  readonly argument: string;
  flag(name: string): boolean;
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  list(name: string): readonly string[];
}

/** The command line was not understood: exit code 2. */
export class UsageError extends Error {}

/** Taken by every command that reads the configuration. */
export const configOptions: readonly CommandOption[] = [
  {
    name: "config",
    kind: "text",
    value: "path",
    summary: "the configuration; mortise.config.ts, .js or .mjs unless said",
  },
  { name: "debug", kind: "flag", summary: "tell every statement, and the stack of an error" },
];

/** Taken by every command that uses a database. */
export const connectionOptions: readonly CommandOption[] = [
  { name: "connection", kind: "text", value: "name", summary: "the connection; the default one unless said" },
  ...configOptions,
];

export const forceOption: CommandOption = {
  name: "force",
  kind: "flag",
  summary: "do it without being asked",
};

export const jsonOption: CommandOption = { name: "json", kind: "flag", summary: "print JSON" };

/** Taken by the commands that compare the schema with the database. */
export const differenceOptions: readonly CommandOption[] = [
  {
    name: "rename",
    kind: "list",
    value: "old:new",
    summary: "a rename, in the names of the database: users.name:full_name, or users:people",
  },
  {
    name: "keep",
    kind: "list",
    value: "name",
    summary: "what stays beside something new, and is no rename: users.name",
  },
  { name: "drop", kind: "flag", summary: "also remove what the schema does not name" },
];

export const acknowledgeOption: CommandOption = {
  name: "acknowledge",
  kind: "list",
  value: "code",
  summary: "allow what loses values: drop-column:users.name, drop-column, or all",
};

/** Taken by the commands that change the database. */
export const waitOption: CommandOption = {
  name: "lock-timeout",
  kind: "number",
  value: "ms",
  summary: "how long to wait for another migrator, and for each lock on a table",
};

/** Taken by the commands that plan changes. */
export const onlineOption: CommandOption = {
  name: "online",
  kind: "flag",
  summary: "make changes in forms that let others read and write meanwhile",
};

/** How long a command waits: what it is told, else what the configuration says. */
export function waitOf(given: Given, { lockTimeout }: MigrationSettings): LockOptions {
  return { lockTimeout: given.number("lock-timeout") ?? lockTimeout };
}
