import type { ValuePlace } from "@mortise/core/adapter";
import type { ColumnState } from "@mortise/core/state";
import { quoteName, quoteText } from "./spelling.ts";
import { typeRow } from "./types.ts";

/** The declared type of a column, as its row in `types.ts` says it. */
export function declaredType(place: ValuePlace): string {
  return typeRow(place.type, place).declared(place.type);
}

export type ColumnParts = Pick<
  ColumnState,
  "name" | "type" | "databaseType" | "nullable" | "default" | "autoIncrement" | "generated" | "collation" | "comment"
>;

/** A column as a part of `create table` and `alter table`. */
export function columnDefinition(column: ColumnParts): string {
  return [
    quoteName(column.name),
    typeText(column),
    column.collation === undefined ? "" : `COLLATE ${collationName(column.collation)}`,
    column.generated === undefined
      ? ""
      : `GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    nullability(column),
    column.default === undefined ? "" : `DEFAULT ${defaultClause(column)}`,
    column.autoIncrement ? "AUTO_INCREMENT" : "",
    column.comment === undefined ? "" : `COMMENT ${quoteText(column.comment)}`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** The type in our own words where they are known: the catalogue's cannot say every label of an enum. */
function typeText({ type, databaseType = "", name }: ColumnParts): string {
  return type === undefined ? databaseType : declaredType({ type, nullable: true, model: "", column: name });
}

/** A computed column says nothing of nulls unless it has none: not every server takes the word there. */
function nullability({ nullable, generated }: ColumnParts): string {
  if (!nullable) return "NOT NULL";
  return generated === undefined ? "NULL" : "";
}

/** Types whose default can only be an expression. */
const longTypes = /^(tiny|medium|long)?(text|blob)$|^json$|^geometry$/;

/** A default as a clause takes it: an expression in parentheses. */
export function defaultClause(column: Pick<ColumnParts, "default" | "databaseType">): string {
  const text = column.default?.kind === "expression" ? column.default.expression : "null";
  const [, given = text, renewed = ""] =
    /^([^]*?)( on update (?:current_timestamp|now)(?:\(\d?\))?)$/i.exec(text) ?? [];
  // Beside what updates set, the moment cannot be an expression.
  const moment = renewed === "" ? given : given.replace(/^now(?=\()/i, "current_timestamp");
  return `${givenClause(moment, column)}${renewed}`;
}

function givenClause(text: string, { databaseType }: Pick<ColumnParts, "databaseType">): string {
  const isLiteral = /^(-?[\d.]+(e[+-]?\d+)?|0x[\da-f]+|b'[01]*'|x?'(?:[^'\\]|\\[\s\S]|'')*'|null)$/i.test(text);
  const isPlain = (isLiteral && !longTypes.test(databaseType ?? "")) || /^current_timestamp(\(\d?\))?$/i.test(text);
  return isPlain ? text : `(${text})`;
}

/** A collation is a word; anything else is no name of one. */
export function collationName(name: string): string {
  return /^\w+$/.test(name) ? name : quoteName(name);
}
