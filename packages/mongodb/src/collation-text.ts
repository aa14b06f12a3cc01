import type { Document } from "mongodb";
import { isDocument } from "./extended-json.ts";

/** What a server adds to a collation that does not say so. */
const defaults: Document = {
  caseLevel: false,
  caseFirst: "off",
  strength: 3,
  numericOrdering: false,
  alternate: "non-ignorable",
  maxVariable: "punct",
  normalization: false,
  backwards: false,
};

/** A collation as models say it, only with what differs from its defaults: `de`, `en strength=2 numericOrdering=true`. */
export function collationText(collation: unknown): string | undefined {
  if (!isDocument(collation) || collation["locale"] === "simple") return undefined;
  const { locale, version: _, ...rules } = collation;
  const said = Object.entries(rules)
    .filter(([name, value]) => defaults[name] !== value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${String(value)}`);
  return [String(locale), ...said].join(" ");
}

/** The way back; `undefined` for a text that is none. */
export function collationOf(text: string): Document | undefined {
  const [locale = "", ...rules] = text.trim().split(/\s+/);
  const said = rules.map((rule) => /^(\w+)=([\w-]+)$/.exec(rule));
  if (
    !/^[A-Za-z][\w@=-]*$/.test(locale) ||
    said.some((rule) => rule === null || !Object.hasOwn(defaults, rule[1] ?? ""))
  )
    return undefined;
  return { locale, ...Object.fromEntries(said.map((rule) => [rule?.[1], valueOf(rule?.[2] ?? "")])) };
}

function valueOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}
