import { TokenReader } from "./token-reader.ts";

/** What a CREATE INDEX says, beyond what SQLite's pragmas tell. */
export interface ParsedIndex {
  /** The text of each part without its direction: `lower(email)`, `name COLLATE NOCASE`. */
  readonly parts: readonly string[];
  readonly where: string | undefined;
}

/** Reads a CREATE INDEX as SQLite stores it. */
export function parseIndex(sql: string): ParsedIndex {
  const reader = new TokenReader(sql);
  reader.skipTo(() => reader.sees("ON"));
  reader.takes("ON");
  reader.name();
  const parts = splitParts(reader.parenthesised() ?? "");
  const where = reader.takes("WHERE") ? textOf(reader) : undefined;
  return { parts, where };
}

function splitParts(text: string): readonly string[] {
  const reader = new TokenReader(text);
  const parts: string[] = [];
  while (!reader.done) {
    const start = reader.peek()?.start ?? 0;
    let end = start;
    while (!reader.done && !reader.sees(",")) {
      const direction = reader.sees("ASC") || reader.sees("DESC");
      const last = reader.peek(1) === undefined || reader.peek(1)?.text === ",";
      if (direction && last) {
        reader.next();
        continue;
      }
      end = reader.parenthesisedEnd() ?? reader.next()?.end ?? end;
    }
    reader.takes(",");
    parts.push(text.slice(start, end));
  }
  return parts;
}

/** The rest of a statement, without comments at its end. */
function textOf(reader: TokenReader): string {
  const start = reader.peek()?.start ?? reader.sql.length;
  let end = start;
  while (!reader.done && !reader.sees(";")) end = reader.next()?.end ?? end;
  return reader.sql.slice(start, end);
}
