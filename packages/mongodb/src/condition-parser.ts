/** A condition of SQL as far as documents can be asked it. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly all: readonly Condition[] }
  | { readonly kind: "not"; readonly one: Condition }
  | { readonly kind: "null"; readonly value: Term }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Term; readonly right: Term };

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";

export type Term =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "call"; readonly name: "length" | "lower" | "upper" | "abs"; readonly of: Term }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/" | "%";
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "choice"; readonly when: Condition; readonly chosen: Term; readonly otherwise: Term };

const token =
  /\s*(?:("(?:[^"]|"")+"|`(?:[^`]|``)+`)|('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<>|!=|<=|>=|[=<>()+\-*/%,]))/y;

/** Reads a check or the condition of an index; `undefined` for words that it does not know. */
export function parseCondition(text: string, named: (column: string) => string): Condition | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new ConditionReader(tokens, named);
  try {
    const condition = reader.condition();
    return reader.isAtEnd ? condition : undefined;
  } catch (error) {
    if (error instanceof UnknownWords) return undefined;
    throw error;
  }
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed);
    if (found === null) return undefined;
    tokens.push(found[0].trim());
  }
  return tokens;
}

/** The reader met something that it has no words for. */
class UnknownWords extends Error {}

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};
const functions: Readonly<Record<string, "length" | "lower" | "upper" | "abs">> = {
  length: "length",
  char_length: "length",
  lower: "lower",
  upper: "upper",
  abs: "abs",
};
const reserved = new Set("and or not is null in between case when then else end like exists select".split(" "));

/** Goes through the words of a condition once, from the loosest operator to the tightest. */
class ConditionReader {
  readonly #tokens: readonly string[];
  readonly #named: (column: string) => string;
  #at = 0;

  constructor(tokens: readonly string[], named: (column: string) => string) {
    this.#tokens = tokens;
    this.#named = named;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  condition(): Condition {
    const all = [this.#conjunction()];
    while (this.#take("or")) all.push(this.#conjunction());
    return all.length === 1 && all[0] !== undefined ? all[0] : { kind: "or", all };
  }

  #conjunction(): Condition {
    const all = [this.#negation()];
    while (this.#take("and")) all.push(this.#negation());
    return all.length === 1 && all[0] !== undefined ? all[0] : { kind: "and", all };
  }

  #negation(): Condition {
    return this.#take("not") ? { kind: "not", one: this.#negation() } : this.#predicate();
  }

  /** A parenthesis may hold a condition or a value: it is read as the one, and then as the other. */
  #predicate(): Condition {
    const start = this.#at;
    if (this.#take("(")) {
      try {
        const inner = this.condition();
        this.#need(")");
        if (!this.#continuesValue()) return inner;
      } catch (error) {
        if (!(error instanceof UnknownWords)) throw error;
      }
      this.#at = start;
    }
    return this.#comparison(this.#sum());
  }

  #continuesValue(): boolean {
    const next = this.#tokens[this.#at]?.toLowerCase() ?? "";
    return Object.hasOwn(comparisons, next) || "+-*/%".includes(next || " ") || ["is", "in", "between"].includes(next);
  }

  #comparison(left: Term): Condition {
    if (this.#take("is")) {
      const negated = this.#take("not");
      this.#need("null");
      return negate({ kind: "null", value: left }, negated);
    }
    const negated = this.#take("not");
    if (this.#take("in")) return negate(this.#list(left), negated);
    if (this.#take("between")) {
      const low = this.#sum();
      this.#need("and");
      const all: readonly Condition[] = [
        { kind: "compare", operator: ">=", left, right: low },
        { kind: "compare", operator: "<=", left, right: this.#sum() },
      ];
      return negate({ kind: "and", all }, negated);
    }
    const operator = negated ? undefined : comparisons[this.#tokens[this.#at] ?? ""];
    if (operator === undefined) throw new UnknownWords();
    this.#at += 1;
    return { kind: "compare", operator, left, right: this.#sum() };
  }

  #list(left: Term): Condition {
    this.#need("(");
    const all: Condition[] = [];
    do all.push({ kind: "compare", operator: "=", left, right: this.#sum() });
    while (this.#take(","));
    this.#need(")");
    return { kind: "or", all };
  }

  #sum(): Term {
    let term = this.#product();
    for (;;) {
      if (this.#take("+")) term = { kind: "arithmetic", operator: "+", left: term, right: this.#product() };
      else if (this.#take("-")) term = { kind: "arithmetic", operator: "-", left: term, right: this.#product() };
      else return term;
    }
  }

  #product(): Term {
    let term = this.#single();
    for (;;) {
      if (this.#take("*")) term = { kind: "arithmetic", operator: "*", left: term, right: this.#single() };
      else if (this.#take("/")) term = { kind: "arithmetic", operator: "/", left: term, right: this.#single() };
      else if (this.#take("%")) term = { kind: "arithmetic", operator: "%", left: term, right: this.#single() };
      else return term;
    }
  }

  #single(): Term {
    if (this.#take("(")) {
      const inner = this.#sum();
      this.#need(")");
      return inner;
    }
    if (this.#take("-")) return negative(this.#single());
    if (this.#take("case")) return this.#choice();
    const word = this.#tokens[this.#at] ?? "";
    this.#at += 1;
    return this.#word(word);
  }

  #word(word: string): Term {
    if (/^\d/.test(word)) return { kind: "literal", value: Number(word) };
    if (word.startsWith("'")) return { kind: "literal", value: word.slice(1, -1).replaceAll("''", "'") };
    if (word.startsWith('"')) return { kind: "field", name: this.#named(word.slice(1, -1).replaceAll('""', '"')) };
    if (word.startsWith("`")) return { kind: "field", name: this.#named(word.slice(1, -1).replaceAll("``", "`")) };
    const small = word.toLowerCase();
    if (small === "true" || small === "false") return { kind: "literal", value: small === "true" };
    if (!/^[a-z_]/i.test(word) || reserved.has(small)) throw new UnknownWords();
    if (this.#tokens[this.#at] !== "(") return { kind: "field", name: this.#named(word) };
    const name = Object.hasOwn(functions, small) ? functions[small] : undefined;
    if (name === undefined) throw new UnknownWords();
    this.#need("(");
    const of = this.#sum();
    this.#need(")");
    return { kind: "call", name, of };
  }

  /** `case when … then … else … end`, with one condition. */
  #choice(): Term {
    this.#need("when");
    const when = this.condition();
    this.#need("then");
    const chosen = this.#sum();
    this.#need("else");
    const otherwise = this.#sum();
    this.#need("end");
    return { kind: "choice", when, chosen, otherwise };
  }

  #take(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #need(word: string): void {
    if (!this.#take(word)) throw new UnknownWords();
  }
}

function negate(condition: Condition, negated: boolean): Condition {
  return negated ? { kind: "not", one: condition } : condition;
}

function negative(term: Term): Term {
  if (term.kind === "literal" && typeof term.value === "number") return { kind: "literal", value: -term.value };
  return { kind: "arithmetic", operator: "-", left: { kind: "literal", value: 0 }, right: term };
}
