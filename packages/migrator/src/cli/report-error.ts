import { MortiseError } from "@mortise/core/adapter";
import { UsageError } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** Tells an error as a sentence; its stack only where somebody asks for it, or where it is a fault of the program. */
export function reportError(error: unknown, { say, colours }: Pick<Terminal, "say" | "colours">, debug: boolean): void {
  say(`${colours.bad("error:")} ${withoutSecrets(said(error))}`);
  if (error instanceof UsageError) say(colours.faint("Run it with --help for what it takes."));
  if (!debug) {
    if (!isForUser(error)) say(colours.faint("Run it with --debug for where this comes from."));
    return;
  }
  for (let at: unknown = error; at instanceof Error; at = at.cause) say(colours.faint(withoutSecrets(at.stack ?? "")));
}

function isForUser(error: unknown): boolean {
  return error instanceof MortiseError || error instanceof UsageError;
}

function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}

/** The password of an address is never shown, whoever wrote it into a message. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(/(\w+:\/\/[^\s:/@]*):[^\s@]*@/g, "$1:***@");
}
