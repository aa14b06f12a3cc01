import { quoteName } from "./spelling.ts";

/** A quoted text or name, a word with the sign before it, or anything else. */
const pieces = /e?'(?:[^']|'')*'|"(?:[^"]|"")*"|::\s*[a-z_][\w$]*|[a-z_][\w$]*\s*\(|[a-z_][\w$]*|[^]/giu;

/** Words that the server prints in quotes when they are names. */
const reserved: ReadonlySet<string> = new Set(
  (
    "all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character " +
    "check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role " +
    "current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except " +
    "exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner " +
    "inout int integer intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national " +
    "natural nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position " +
    "precision primary real references returning right row select session_user setof similar smallint some substring symmetric " +
    "system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic " +
    "verbose when where window with xmlattributes"
  ).split(" "),
);

/** An expression as the server prints it after a column of it got another name. A type or a function of that name stays. */
export function renameIn(expression: string, from: string, to: string): string {
  const old = printedName(from);
  const next = printedName(to);
  return expression.replaceAll(pieces, (piece) => (piece === old ? next : piece));
}

function printedName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoteName(name);
}
