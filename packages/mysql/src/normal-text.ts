/** A piece of SQL text: a quoted thing as one, and everything between. */
const pieces = /_utf8mb[34](?=\\?')|\\'|'(?:[^'\\]|\\[\s\S]|'')*'|`(?:[^`]|``)*`|\s+|[^\s'`\\]|\\/gi;

/**
 * The normal form of an expression as the server prints it: without the marks of the character set, which it adds to every text, and
 * without outer parentheses. The catalogue prints quotes with a backslash, `show create table` does not.
 *
 * ``(`status` in (_utf8mb4\'a\',_utf8mb4\'b\'))`` -> ``` `status` in ('a','b') ```
 */
export function normalExpression(text: string): string {
  const plain = text
    .replaceAll(/\\'/g, "'")
    .replaceAll(pieces, (piece) => (/^_utf8mb/i.test(piece) ? "" : /^\s+$/.test(piece) ? " " : piece))
    .trim();
  return withoutOuterParentheses(plain);
}

function withoutOuterParentheses(text: string): string {
  return isWrapped(text) ? withoutOuterParentheses(text.slice(1, -1).trim()) : text;
}

/** True when the first parenthesis closes with the last character. */
function isWrapped(text: string): boolean {
  if (!text.startsWith("(") || !text.endsWith(")")) return false;
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (depth === 0) return index === text.length - 1;
  }
  return false;
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

/** A type in our words as the catalogue prints it: labels without escapes, and `?` for what does not fit into three bytes. */
export function cataloguedType(declared: string): string {
  return normalType(declared)
    .replaceAll("\\\\", "\\")
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, "?");
}
