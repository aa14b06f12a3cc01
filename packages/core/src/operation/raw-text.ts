/**
 * Cuts raw text at its placeholders: `"a = ? and b = '?'"` gives `["a = ", " and b = '?'"]`.
 *
 * A `?` inside quotes, comments or a dollar-quoted text is no placeholder, nor are the operators `?|` and `?&`; `\?` is a plain `?`.
 */
export function splitRaw(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let at = 0;
  while (at < text.length) {
    const skipped = skipQuoted(text, at);
    if (skipped > at) {
      part += text.slice(at, skipped);
      at = skipped;
    } else if (text[at] === "\\" && text[at + 1] === "?") {
      part += "?";
      at += 2;
    } else if (text[at] === "?" && text[at + 1] !== "|" && text[at + 1] !== "&") {
      parts.push(part);
      part = "";
      at += 1;
    } else {
      part += text[at];
      at += 1;
    }
  }
  parts.push(part);
  return parts;
}

/** The end of the quoted text or comment that starts here, or `at` itself. */
function skipQuoted(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === "--") return until(text, at + 2, "\n");
  if (two === "/*") return until(text, at + 2, "*/");
  const quote = text[at];
  if (quote === "'" || quote === '"' || quote === "`") return closing(text, at + 1, quote);
  if (quote === "$") {
    const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at));
    if (tag !== null) return until(text, at + tag[0].length, tag[0]);
  }
  return at;
}

function until(text: string, from: number, end: string): number {
  const found = text.indexOf(end, from);
  return found === -1 ? text.length : found + end.length;
}

/** After the closing quote; a doubled quote stands for itself. */
function closing(text: string, from: number, quote: string): number {
  let at = from;
  for (;;) {
    const found = text.indexOf(quote, at);
    if (found === -1) return text.length;
    if (text[found + 1] !== quote) return found + 1;
    at = found + 2;
  }
}
