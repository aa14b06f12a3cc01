/** Spaces and comments before the first word of a statement. */
const lead = /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*[^!+].*?\*\/)*/s;

const firstWords = (text: string): string => text.replace(lead, "").slice(0, 40).toLowerCase();

/** Whether a statement changes rows and nothing else, so that it can share a transaction with its line in the journal. */
export function changesRows(text: string): boolean {
  return /^(insert|update|delete|replace)\b/.test(firstWords(text));
}

/** Whether a script opens transactions itself. */
export function opensTransactions(texts: readonly string[]): boolean {
  return texts.some((text) => /^(begin|start\s+transaction|set\b.*\bautocommit|xa)\b/.test(firstWords(text)));
}
