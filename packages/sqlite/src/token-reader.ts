import { tokenise, type Token } from "./sql-tokens.ts";

/** Walks over the tokens of one statement. */
export class TokenReader {
  readonly sql: string;
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(sql: string) {
    this.sql = sql;
    this.tokens = tokenise(sql);
  }

  get done(): boolean {
    return this.position >= this.tokens.length;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  next(): Token | undefined {
    const token = this.tokens[this.position];
    this.position += 1;
    return token;
  }

  /** True when these words or symbols come next, in any case; names in quotes are never keywords. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, ahead) => isKeyword(this.peek(ahead), word));
  }

  /** Steps over these words when they come next. */
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.position += words.length;
    return true;
  }

  /** A name: a word, or quoted in any of the four ways. */
  name(): string | undefined {
    const token = this.peek();
    if (token === undefined || !["word", "quotedName", "string"].includes(token.kind)) return undefined;
    this.position += 1;
    return token.value;
  }

  /** The source between a `(`, which must come next, and its `)`. */
  parenthesised(): string | undefined {
    const open = this.peek();
    if (open === undefined || !this.takes("(")) return undefined;
    const close = this.skipTo(() => this.sees(")"));
    this.takes(")");
    return this.sql.slice(open.end, close).trim();
  }

  /** The end of the `(…)` that comes next, after stepping over it. */
  parenthesisedEnd(): number | undefined {
    if (!this.sees("(")) return undefined;
    this.parenthesised();
    return this.tokens[this.position - 1]?.end;
  }

  /** Steps forward, over whole parentheses, until `stop` holds. Gives the offset of the token it stopped before. */
  skipTo(stop: () => boolean): number {
    let depth = 0;
    while (!this.done && !(depth === 0 && stop())) {
      if (this.sees("(")) depth += 1;
      if (this.sees(")")) depth -= 1;
      this.position += 1;
    }
    return this.peek()?.start ?? this.sql.length;
  }
}

function isKeyword(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === "word" || token.kind === "symbol") && token.text.toUpperCase() === word;
}
