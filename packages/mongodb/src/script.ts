import { MigrationError } from "@mortise/core/adapter";
import type { Document } from "mongodb";
import { counterCollection } from "./command.ts";
import { fromExactText, isDocument } from "./extended-json.ts";

/** The commands of a script: documents of Extended JSON one after the other, with `--` before comments and perhaps a semicolon between. */
export function commandsOf(script: string): readonly Document[] {
  const text = script.replaceAll(/^\s*--.*$/gm, "");
  const commands: Document[] = [];
  let start = 0;
  for (const end of endsOf(text)) {
    const one = text.slice(start, end).replace(/^[\s;]+/, "");
    commands.push(commandOf(one));
    start = end;
  }
  const rest = text
    .slice(start)
    .replaceAll(/[\s;]+/g, " ")
    .trim();
  if (rest !== "") throw notCommand();
  return commands;
}

/** Whether commands take documents or fields away. Fields that only get another name go after they were copied. */
export function takesAway(script: string): boolean {
  return commandsOf(script).some((command) => {
    if (command["drop"] !== undefined || command["dropDatabase"] !== undefined) return true;
    if (command["delete"] !== undefined) return command["delete"] !== counterCollection;
    const updates: unknown = command["updates"];
    return (
      Array.isArray(updates) && updates.some(({ u }: Document) => (Array.isArray(u) ? u[0] : u)?.$unset !== undefined)
    );
  });
}

/** Where each outermost brace is closed. */
function endsOf(text: string): readonly number[] {
  const ends: number[] = [];
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (piece === "{") depth += 1;
    if (piece !== "}") continue;
    depth -= 1;
    if (depth === 0) ends.push(index + 1);
  }
  return ends;
}

function commandOf(text: string): Document {
  try {
    const command = fromExactText(text);
    if (isDocument(command)) return command;
  } catch {
    throw notCommand();
  }
  throw notCommand();
}

function notCommand(): MigrationError {
  return new MigrationError(
    'MongoDB has no SQL: a statement is a command as Extended JSON, such as { "collMod": "users", "validator": {} }. ' +
      "Write what has to do with documents as a TypeScript migration.",
  );
}
