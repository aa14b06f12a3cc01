import type { Document } from "mongodb";
import { fromText, isDocument, plainText, sortedSchema } from "./extended-json.ts";

/** What a validator says of a field: the BSON types that it lets through, none letting all through, and further keywords. */
export interface Rule {
  readonly types: readonly string[];
  readonly more: Document;
}

/** A rule as one text, the form in which two columns compare: `int long {"maximum":127,"minimum":-128}`. */
export function ruleText({ types, more }: Rule): string {
  const keywords = Object.keys(more).length === 0 ? [] : [plainText(sortedSchema(more))];
  return [...types.toSorted(), ...keywords].join(" ");
}

/** The way back. */
export function parseRule(text: string | undefined): Rule {
  const at = (text ?? "").indexOf("{");
  const [names, keywords] = at === -1 ? [text ?? "", "{}"] : [(text ?? "").slice(0, at), (text ?? "").slice(at)];
  const more = fromText(keywords);
  return { types: names.split(" ").filter((name) => name !== ""), more: isDocument(more) ? more : {} };
}
