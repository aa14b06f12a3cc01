/** How an engine writes what may hold a semicolon. */
export interface ScriptRules {
  /** A backslash in a text escapes what follows. */
  readonly backslashes: boolean;
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `$tag$ … $tag$` is a text, and comments nest. */
  readonly dollarQuotes: boolean;
}

const closings: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "[": "]" };

/** A statement with a body of statements. */
const compound = /^(?:create|alter)\b[^;]*?\b(?:trigger|procedure|function|event)\b/i;

/** Cuts a script into its statements, without the semicolons between them; `DELIMITER //` changes what stands between. */
export function splitScript(text: string, rules: ScriptRules): readonly string[] {
  const statements: string[] = [];
  let delimiter = ";";
  let start = 0;
  let depth = 0;
  let at = 0;
  const cut = (end: number): void => {
    const statement = withoutLeadingComments(text.slice(start, end), rules).trim();
    if (statement !== "") statements.push(statement);
    depth = 0;
  };
  while (at < text.length) {
    const skipped = skip(text, at, rules);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const changed = /^delimiter[ \t]+(\S+)[^\n]*\n?/i.exec(text.slice(at));
    if (changed !== null && text.slice(start, at).trim() === "") {
      delimiter = changed[1] ?? ";";
      at += changed[0].length;
      start = at;
      continue;
    }
    if (depth === 0 && text.startsWith(delimiter, at)) {
      cut(at);
      at += delimiter.length;
      start = at;
      continue;
    }
    const word = /^[a-z_]\w*/i.exec(text.slice(at))?.[0];
    if (word !== undefined && delimiter === ";")
      depth = Math.max(0, depth + depthOf(word, text.slice(at), text.slice(start, at)));
    at += word?.length ?? 1;
  }
  cut(text.length);
  return statements;
}

/** Bodies and cases open, ends close; `end if` and its like close what nothing here has opened. */
function depthOf(word: string, rest: string, before: string): number {
  if (!compound.test(before.trimStart())) return 0;
  if (/^(begin|case)$/i.test(word)) return /\bend\s+$/i.test(before) ? 0 : 1;
  return /^end$/i.test(word) && !/^end\s+(if|loop|while|repeat)\b/i.test(rest) ? -1 : 0;
}

/** The end of a comment or of something quoted that begins here; the same place when nothing does. */
function skip(text: string, at: number, rules: ScriptRules): number {
  const comment = skipComment(text, at, rules);
  if (comment > at) return comment;
  const tag = rules.dollarQuotes ? /^\$(?:[a-z_]\w*)?\$/i.exec(text.slice(at))?.[0] : undefined;
  if (tag !== undefined && !/\w/.test(text.charAt(at - 1))) return endOf(text, tag, at + tag.length);
  const quote = text.charAt(at);
  const close = Object.hasOwn(closings, quote) ? closings[quote] : undefined;
  if (close === undefined || (quote === "[" && (rules.dollarQuotes || rules.backslashes))) return at;
  const escapes =
    rules.backslashes || (rules.dollarQuotes && quote === "'" && /(^|\W)e$/i.test(text.slice(Math.max(0, at - 2), at)));
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== close) end += escapes && text.charAt(end) === "\\" ? 2 : 1;
  return Math.min(end + 1, text.length);
}

function skipComment(text: string, at: number, rules: ScriptRules): number {
  if (text.startsWith("--", at) || (rules.hashComments && text.charAt(at) === "#")) return endOf(text, "\n", at);
  if (!text.startsWith("/*", at)) return at;
  if (!rules.dollarQuotes) return endOf(text, "*/", at + 2);
  let depth = 1;
  let end = at + 2;
  while (end < text.length && depth > 0) {
    const pair = text.slice(end, end + 2);
    if (pair === "/*") depth += 1;
    if (pair === "*/") depth -= 1;
    end += pair === "/*" || pair === "*/" ? 2 : 1;
  }
  return end;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

function withoutLeadingComments(text: string, rules: ScriptRules): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const isHint = text.startsWith("/*!", at);
    const end = isHint ? at : skipComment(text, at, rules);
    if (end === at) return text.slice(at);
    at = end;
  }
}
