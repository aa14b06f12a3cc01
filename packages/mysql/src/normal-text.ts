import { quoteText, unquotedText } from "./spelling.ts";

/** A piece of SQL text: a quoted thing as one, with the mark of its character set, and everything between. */
const pieces =
  /(?:_utf8mb[34]|_latin1|_binary|N)?'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`]|``)*`|-\(\d+(?:\.\d+)?\)|\s+|[^]/giu;

/**
 * The normal form of an expression as the server prints it: every text in one spelling and without the mark of its character set, which
 * the server adds, and no outer parentheses nor any around a negative number.
 *
 * ``(`status` in (_utf8mb4'a',_utf8mb4'it\'s'))`` -> ``` `status` in ('a','it''s') ```
 */
export function normalExpression(text: string): string {
  return withoutOuterParentheses(text.replaceAll(pieces, normalPiece).trim());
}

function normalPiece(piece: string): string {
  if (/^\s+$/.test(piece)) return " ";
  // The server puts a negative number into parentheses or not, by how the table was last changed.
  if (piece.startsWith("-(")) return `-${piece.slice(2, -1)}`;
  const start = piece.indexOf("'");
  if (piece.startsWith("`") || start === -1) return piece;
  const value = unquotedText(piece.slice(start));
  return value === undefined ? piece : quoteText(value);
}

function withoutOuterParentheses(text: string): string {
  if (closingParenthesis(text) !== text.length - 1) return text;
  return withoutOuterParentheses(text.slice(1, -1).trim());
}

/** Where the parenthesis closes with which a text begins; `undefined` when it begins with none. */
export function closingParenthesis(text: string): number | undefined {
  if (!text.startsWith("(")) return undefined;
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}

const synonyms: readonly (readonly [RegExp, string])[] = [
  [/^(integer|int4)\b/, "int"],
  [/^(bool|boolean)$/, "tinyint(1)"],
  [/^(numeric|dec|fixed)\b/, "decimal"],
  [/^(double precision|real|float8)\b/, "double"],
  [/^(character varying)\b/, "varchar"],
  [/^character\b/, "char"],
  [/^(decimal)( unsigned)?$/, "decimal(10,0)$2"],
  [/^decimal\((\d+)\)/, "decimal($1,0)"],
  [/^(char|binary|bit)$/, "$1(1)"],
];

/** The normal form of a type: small letters, no display width: `INT(11) UNSIGNED` -> `int unsigned`. */
export function normalType(declared: string): string {
  const type = declared.trim().replaceAll(/'(?:[^']|'')*'|[^']+/g, (piece) =>
    piece.startsWith("'")
      ? piece
      : piece
          .toLowerCase()
          .replaceAll(/\s+/g, " ")
          .replaceAll(/ ?([(,]) ?| (?=\))/g, "$1"),
  );
  const plain = synonyms.reduce((known, [pattern, name]) => known.replace(pattern, name), type);
  if (plain === "tinyint(1)") return plain;
  return plain.replace(/^(tinyint|smallint|mediumint|int|bigint)\(\d+\)/, "$1").replace(/^year\(4\)/, "year");
}

/** A type in our words as the catalogue prints it: line ends in labels escaped, and `?` for what does not fit into three bytes. */
export function cataloguedType(declared: string): string {
  return normalType(declared)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\0", "\\0")
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, "?");
}
