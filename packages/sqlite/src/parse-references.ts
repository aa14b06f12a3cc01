import type { ReferenceAction } from "@mortise/core/adapter";
import type { ParsedForeignKey, ParsedTable } from "./parse-table.ts";
import type { TokenReader } from "./token-reader.ts";

const actions: readonly (readonly [ReferenceAction, ...string[]])[] = [
  ["cascade", "CASCADE"],
  ["restrict", "RESTRICT"],
  ["set null", "SET", "NULL"],
  ["set default", "SET", "DEFAULT"],
  ["no action", "NO", "ACTION"],
];

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `REFERENCES table (columns) ON DELETE … MATCH … [NOT] DEFERRABLE INITIALLY …` */
export function parseReferences(
  reader: TokenReader,
  name: string | undefined,
  columns: readonly string[],
): ParsedForeignKey | undefined {
  if (!reader.takes("REFERENCES")) return undefined;
  const table = reader.name();
  if (table === undefined) return undefined;
  const key: Writable<ParsedForeignKey> = {
    name,
    columns,
    table,
    references: parseNames(reader),
    onDelete: "no action",
    onUpdate: "no action",
    deferrable: false,
  };
  for (;;) {
    if (reader.takes("ON", "DELETE")) key.onDelete = parseAction(reader);
    else if (reader.takes("ON", "UPDATE")) key.onUpdate = parseAction(reader);
    else if (reader.takes("ON", "INSERT")) parseAction(reader);
    else if (reader.takes("MATCH")) reader.name();
    else if (reader.takes("NOT", "DEFERRABLE")) parseInitially(reader);
    else if (reader.takes("DEFERRABLE")) key.deferrable = parseInitially(reader);
    else return key;
  }
}

/** Only `INITIALLY DEFERRED` makes SQLite wait until the commit. */
function parseInitially(reader: TokenReader): boolean {
  if (reader.takes("INITIALLY", "DEFERRED")) return true;
  reader.takes("INITIALLY", "IMMEDIATE");
  return false;
}

function parseAction(reader: TokenReader): ReferenceAction {
  return actions.find(([, ...words]) => reader.takes(...words))?.[0] ?? "no action";
}

function parseNames(reader: TokenReader): readonly string[] {
  const names: string[] = [];
  if (!reader.takes("(")) return names;
  while (!reader.done && !reader.takes(")")) {
    const name = reader.name();
    if (name === undefined) reader.next();
    else names.push(name);
  }
  return names;
}

/** A conflict clause changes what a violation does; states have no word for it, so it is noted. */
export function parseConflict(reader: TokenReader, table: ParsedTable, of: string): void {
  if (!reader.takes("ON", "CONFLICT")) return;
  table.notes.push(`ON CONFLICT ${reader.name() ?? ""} of ${of}`);
}
