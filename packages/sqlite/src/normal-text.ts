import { tokenise, type Token } from "./sql-tokens.ts";
import { foldName, quoteName, quoteText } from "./spelling.ts";

/** Words that mean something else without quotes: such a name keeps them in the normal form. */
const meaningful: ReadonlySet<string> = new Set(
  (
    "add all alter and as autoincrement between case cast check collate commit constraint create current_date current_time " +
    "current_timestamp default deferrable delete distinct drop else end escape except exists false foreign from glob group " +
    "having in index insert intersect into is isnull join like limit match not nothing notnull null on or order primary " +
    "raise references regexp returning select set table then to transaction true union unique update using values when where"
  ).split(" "),
);

const synonyms: ReadonlyMap<string, string> = new Map([
  ["==", "="],
  ["!=", "<>"],
]);

/**
 * The normal form of an expression: one spelling for names, keywords, numbers, operators, space and outer parentheses.
 * What could change the meaning, such as inner parentheses, stays as written.
 *
 * `( "Age">=18 /* adult *\/ )` -> `age >= 18`
 *
 * `columns` are the folded names of the table: a name in double quotes that is none of them is a text, as SQLite reads it.
 */
export function normalExpression(text: string, columns: ReadonlySet<string> | undefined): string {
  const tokens = withoutOuterParentheses(tokenise(text));
  return tokens.map((token, index) => normalToken(token, tokens[index + 1], columns)).reduce(join, "");
}

/** An expression in normal form after a column of it got another name. */
export function renameInExpression(text: string, from: string, to: string): string {
  const tokens = tokenise(text);
  const isColumn = ({ kind, value }: Token, index: number): boolean =>
    (kind === "word" || kind === "quotedName") &&
    foldName(value) === foldName(from) &&
    tokens[index + 1]?.text !== "(" &&
    (kind === "quotedName" || !meaningful.has(foldName(value)));
  const renamed = tokens.map((token, index) => (isColumn(token, index) ? quoteName(to) : token.text));
  return normalExpression(renamed.join(" "), undefined);
}

function normalToken(token: Token, following: Token | undefined, columns: ReadonlySet<string> | undefined): string {
  switch (token.kind) {
    case "word":
      return foldName(token.text);
    case "quotedName": {
      const name = foldName(token.value);
      const isText =
        token.text.startsWith('"') &&
        columns !== undefined &&
        !columns.has(name) &&
        !/^[(.]$/.test(following?.text ?? "");
      if (isText) return quoteText(token.value);
      return /^[a-z_][a-z0-9_]*$/.test(name) && !meaningful.has(name) ? name : quoteName(name);
    }
    case "string":
      return token.text;
    case "blob":
      return token.text.toLowerCase();
    case "number":
      return token.text
        .toLowerCase()
        .replaceAll("_", "")
        .replace(/^\./, "0.")
        .replace(/\.(?!\d)/, ".0");
    case "symbol":
      return synonyms.get(token.text) ?? token.text;
  }
}

/** No space inside parentheses and before a comma; a name keeps the parenthesis of its call. */
function join(before: string, token: string): string {
  if (before === "" || before.endsWith("(") || before.endsWith(".") || /^[),.]$/.test(token)) return before + token;
  if (token === "(" && isCall(before)) return before + token;
  return `${before} ${token}`;
}

function isCall(before: string): boolean {
  const word = /(?:^|[^\w"'])([a-z_]\w*)$/.exec(before)?.[1];
  return word !== undefined && (!meaningful.has(word) || word === "cast" || word === "raise");
}

function withoutOuterParentheses(tokens: readonly Token[]): readonly Token[] {
  return isWrapped(tokens) ? withoutOuterParentheses(tokens.slice(1, -1)) : tokens;
}

/** True when the first parenthesis closes with the last token. */
function isWrapped(tokens: readonly Token[]): boolean {
  if (tokens.length < 2 || tokens[0]?.text !== "(") return false;
  let depth = 0;
  for (const [index, { text, kind }] of tokens.entries()) {
    if (kind !== "symbol") continue;
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    if (depth === 0) return index === tokens.length - 1;
  }
  return false;
}

/** How SQLite converts what is stored in a column, from the words in its declared type. */
export type Affinity = "integer" | "text" | "real" | "numeric" | "none";

export function affinityOf(databaseType: string): Affinity {
  const type = databaseType.toUpperCase();
  if (type.includes("INT")) return "integer";
  if (/CHAR|CLOB|TEXT/.test(type)) return "text";
  if (type === "" || type === "ANY" || type.includes("BLOB")) return "none";
  return /REAL|FLOA|DOUB/.test(type) ? "real" : "numeric";
}

/** The normal form of a declared type: `varchar ( 20 )` -> `VARCHAR(20)`, `int` -> `INTEGER`, `"my type"` -> `MY TYPE`. */
export function normalType(declared: string): string {
  const type = tokenise(declared)
    .map(normalTypeToken)
    .join(" ")
    .replace(/ ?([(),]) ?/g, "$1")
    .replace(/([+-]) /g, "$1");
  return type === "INT" ? "INTEGER" : type;
}

/** A type may be any quoted text; words lose their quotes, anything else keeps them. */
function normalTypeToken(token: Token): string {
  if (token.kind !== "quotedName" && token.kind !== "string") return token.text.toUpperCase();
  const words = token.value.trim().toUpperCase();
  return /^[A-Z_][\w ]*$/.test(words) ? words.replace(/ +/g, " ") : quoteName(words);
}

/**
 * The normal form of a default: what a row gets, not how it was written. `undefined` for none, which `DEFAULT NULL` is too.
 *
 * On an INTEGER column `+1`, `'1'`, `(1)`, `TRUE` and `0x1` are all `1`.
 */
export function normalDefault(text: string, affinity: Affinity): string | undefined {
  const tokens = withoutOuterParentheses(tokenise(text));
  const [first, second] = tokens;
  if (first === undefined) return undefined;
  if (tokens.length === 1) return normalTerm(first, affinity);
  if (tokens.length === 2 && second?.kind === "number" && /^[+-]$/.test(first.text)) {
    return normalNumber((first.text === "-" ? "-" : "") + plainNumber(second), affinity);
  }
  return normalExpression(text, undefined);
}

function normalTerm(token: Token, affinity: Affinity): string | undefined {
  switch (token.kind) {
    case "number":
      return normalNumber(plainNumber(token), affinity);
    case "string":
      return normalText(token.value, affinity);
    case "quotedName":
      return token.text.startsWith("[") || token.text.startsWith("`")
        ? quoteText(token.value)
        : normalText(token.value, affinity);
    case "word":
      return normalWord(token.text, affinity);
    case "blob":
    case "symbol":
      return token.text.toLowerCase();
  }
}

/** A bare word as a default is a text, except for the few that are values. */
function normalWord(word: string, affinity: Affinity): string | undefined {
  const folded = foldName(word);
  if (folded === "null") return undefined;
  if (folded === "true" || folded === "false") return normalNumber(folded === "true" ? "1" : "0", affinity);
  return folded.startsWith("current_") ? folded : normalText(word, affinity);
}

function normalText(text: string, affinity: Affinity): string {
  const isNumber = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
  return isNumber && affinity !== "text" && affinity !== "none" ? normalNumber(text.trim(), affinity) : quoteText(text);
}

function plainNumber(token: Token): string {
  const text = token.text.toLowerCase().replaceAll("_", "");
  return text.startsWith("0x") ? String(BigInt.asIntN(64, BigInt(text))) : text;
}

function normalNumber(text: string, affinity: Affinity): string {
  const digits = text.replace(/^\+/, "");
  const isInteger = /^-?\d+$/.test(digits);
  if (affinity === "text") return quoteText(isInteger ? String(BigInt(digits)) : realText(Number(digits)));
  if (isInteger && affinity !== "real") return String(BigInt(digits));
  const value = Number(digits);
  const whole = Number.isSafeInteger(value) && affinity !== "none";
  return whole ? String(value) : realText(value);
}

/** A real number keeps a mark of being one, as SQLite prints it: `1000.0`. */
function realText(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
