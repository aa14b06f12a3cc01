/**
 * PostgreSQL's text form of arrays: `{1,NULL,"a \"b\""}`.
 *
 * Every entry is written in quotes, so that no text is ever taken for `NULL`, a comma or a brace.
 */
export function arrayText(entries: readonly (string | null)[]): string {
  return `{${entries.map((entry) => (entry === null ? "NULL" : quoted(entry))).join(",")}}`;
}

function quoted(text: string): string {
  if (!text.includes('"') && !text.includes("\\")) return `"${text}"`;
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** An entry as the server wrote it, or a list of them for an array of several dimensions. */
export type ArrayEntry = string | null | readonly ArrayEntry[];

/** Reads the text form of an array; `undefined` for any other text. */
export function parseArray(text: string): readonly ArrayEntry[] | undefined {
  const start = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  const reader = new ArrayReader(text, start);
  const entries = reader.list();
  return reader.done ? entries : undefined;
}

class ArrayReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  get done(): boolean {
    return this.#at === this.#text.length;
  }

  list(): readonly ArrayEntry[] | undefined {
    if (this.#text[this.#at] !== "{") return undefined;
    this.#at += 1;
    const entries: ArrayEntry[] = [];
    if (this.#takes("}")) return entries;
    for (;;) {
      const entry = this.#entry();
      if (entry === undefined) return undefined;
      entries.push(entry);
      if (this.#takes("}")) return entries;
      if (!this.#takes(",")) return undefined;
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #entry(): ArrayEntry | undefined {
    if (this.#text[this.#at] === "{") return this.list();
    if (this.#takes('"')) return this.#quoted();
    const start = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== "," && this.#text[this.#at] !== "}") this.#at += 1;
    const bare = this.#text.slice(start, this.#at);
    return bare === "NULL" ? null : bare;
  }

  #quoted(): string | undefined {
    let entry = "";
    for (let from = this.#at; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === '"') {
        entry += this.#text.slice(from, this.#at);
        this.#at += 1;
        return entry;
      }
      if (character !== "\\") continue;
      entry += this.#text.slice(from, this.#at);
      this.#at += 1;
      from = this.#at;
    }
    return undefined;
  }
}
