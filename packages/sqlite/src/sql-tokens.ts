/** A piece of SQLite's SQL. `value` is the name or text without its quotes; `text` is the source as written. */
export interface Token {
  readonly kind: "word" | "quotedName" | "string" | "blob" | "number" | "symbol";
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const twoCharacterSymbols: ReadonlySet<string> = new Set(["||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"]);
const closing: Readonly<Record<string, string>> = { '"': '"', "`": "`", "[": "]", "'": "'" };

/** Cuts SQL text into tokens as SQLite does; white space and comments are dropped. */
export function tokenise(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < sql.length) {
    const end = skipBlank(sql, position);
    if (end > position) {
      position = end;
      continue;
    }
    const token = readToken(sql, position);
    tokens.push(token);
    position = token.end;
  }
  return tokens;
}

/** The end of the white space or comment that begins here; the same place when there is none. */
function skipBlank(sql: string, start: number): number {
  if (/\s/.test(sql.charAt(start))) return start + 1;
  if (sql.startsWith("--", start)) return indexOrEnd(sql, "\n", start);
  if (sql.startsWith("/*", start)) return indexOrEnd(sql, "*/", start + 2);
  return start;
}

function indexOrEnd(sql: string, mark: string, from: number): number {
  const at = sql.indexOf(mark, from);
  return at === -1 ? sql.length : at + mark.length;
}

function readToken(sql: string, start: number): Token {
  const first = sql.charAt(start);
  if (/[xX]/.test(first) && sql.charAt(start + 1) === "'") return quoted(sql, start, start + 1, "blob");
  if (first === "'") return quoted(sql, start, start, "string");
  if (Object.hasOwn(closing, first)) return quoted(sql, start, start, "quotedName");
  const number = match(/(?:0[xX][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)/y, sql, start);
  if (number !== undefined) return plain("number", number, start);
  const word = match(/[A-Za-z_$\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy, sql, start);
  if (word !== undefined) return plain("word", word, start);
  const three = sql.slice(start, start + 3);
  if (three === "->>") return plain("symbol", three, start);
  const two = sql.slice(start, start + 2);
  return plain("symbol", twoCharacterSymbols.has(two) ? two : first, start);
}

function match(pattern: RegExp, sql: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(sql)?.[0];
}

function plain(kind: Token["kind"], text: string, start: number): Token {
  return { kind, text, value: text, start, end: start + text.length };
}

/** A quoted piece ends at its closing quote; two of them stand for one, except in square brackets. */
function quoted(sql: string, start: number, open: number, kind: Token["kind"]): Token {
  const quote = sql.charAt(open);
  const close = closing[quote] ?? quote;
  let end = open + 1;
  while (end < sql.length) {
    if (sql.charAt(end) !== close) end += 1;
    else if (close !== "]" && sql.charAt(end + 1) === close) end += 2;
    else break;
  }
  const inner = sql.slice(open + 1, end);
  const value = close === "]" ? inner : inner.replaceAll(close + close, close);
  return { kind, text: sql.slice(start, end + 1), value, start, end: Math.min(end + 1, sql.length) };
}
