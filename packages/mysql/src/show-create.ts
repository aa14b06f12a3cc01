import { closingParenthesis } from "./normal-text.ts";

/** The expressions of a table in SQL, as `show create table` prints them: the catalogue of MySQL garbles quotes and letters. */
export interface CreateText {
  /** Defaults that are expressions, by column. */
  readonly defaults: ReadonlyMap<string, string>;
  readonly generated: ReadonlyMap<string, string>;
  readonly checks: ReadonlyMap<string, { readonly expression: string; readonly enforced: boolean }>;
  /** The parts of indexes that are expressions, by index and in order. */
  readonly indexExpressions: ReadonlyMap<string, readonly string[]>;
}

const name = "`((?:[^`]|``)*)`";

/** Reads the lines of a statement, each of which is one column, key or check. */
export function parseCreate(text: string): CreateText {
  const defaults = new Map<string, string>();
  const generated = new Map<string, string>();
  const checks = new Map<string, { readonly expression: string; readonly enforced: boolean }>();
  const indexExpressions = new Map<string, readonly string[]>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    const column = new RegExp(`^${name} `).exec(line);
    const index = new RegExp(`^(?:UNIQUE )?KEY ${name} \\(`).exec(line);
    if (index !== null) indexExpressions.set(plain(index[1]), expressionsIn(line.slice(index[0].length)));
    const check = new RegExp(`^CONSTRAINT ${name} CHECK `).exec(line);
    if (column !== null) {
      const computed = expressionBehind(line, " GENERATED ALWAYS AS ");
      const given = expressionBehind(line, " DEFAULT ");
      if (computed !== undefined) generated.set(plain(column[1]), computed);
      else if (given !== undefined) defaults.set(plain(column[1]), given);
    }
    if (check !== null) {
      const expression = expressionBehind(line, `${check[0].trimEnd()} `) ?? "";
      checks.set(plain(check[1]), { expression, enforced: !line.includes("/*!80016 NOT ENFORCED */") });
    }
  }
  return { defaults, generated, checks, indexExpressions };
}

/** The parts in parentheses of a list of parts, up to the end of the list. */
function expressionsIn(list: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < list.length && list[at] !== ")") {
    const quoted = /^`(?:[^`]|``)*`(?:\(\d+\))?/.exec(list.slice(at))?.[0];
    const end = list[at] === "(" ? closingParenthesis(list.slice(at)) : undefined;
    if (end !== undefined) found.push(list.slice(at, at + end + 1));
    at += quoted?.length ?? (end ?? 0) + 1;
  }
  return found;
}

function plain(quoted = ""): string {
  return quoted.replaceAll("``", "`");
}

/** What stands in parentheses behind some words; a comment of the column may hold the same words, and comes later. */
function expressionBehind(line: string, words: string): string | undefined {
  const at = line.indexOf(`${words}(`);
  if (at === -1) return undefined;
  const start = at + words.length;
  const end = closingParenthesis(line.slice(start));
  return end === undefined ? undefined : line.slice(start, start + end + 1);
}
