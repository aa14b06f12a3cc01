import type { Expression } from "@mortise/core/adapter";
import { cleanText, invalidValue } from "@mortise/core/codecs";
import { BSONRegExp } from "mongodb";
import { Slot } from "../slot.ts";

type LikeNode = Extract<Expression, { kind: "like" }>;
type RegexpNode = Extract<Expression, { kind: "regexp" }>;

const place = { type: { kind: "text" }, nullable: false, model: "", column: "The pattern" } as const;

/** A pattern of `like` as a regular expression; whatever else the text says is taken as it stands. */
export function patternSlot({ pattern, match, caseSensitive }: LikeNode): Slot {
  return new Slot(pattern.slot, (given) => {
    const text = cleanText(given, pattern.place ?? place);
    const options = caseSensitive ? "s" : "is";
    switch (match) {
      case "pattern":
        return new BSONRegExp(`^${likeText(text)}$(?!\\n)`, options);
      case "contains":
        return new BSONRegExp(quoted(text), options);
      case "startsWith":
        return new BSONRegExp(`^${quoted(text)}`, options);
      case "endsWith":
        return new BSONRegExp(`${quoted(text)}$(?!\\n)`, options);
    }
  });
}

export function regexpSlot({ pattern }: RegexpNode): Slot {
  return new Slot(pattern.slot, (given) => new BSONRegExp(cleanText(given, pattern.place ?? place), ""));
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** `%` is any text, `_` one character, and a backslash takes the next character as it stands. */
function likeText(text: string): string {
  let regex = "";
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "%") regex += ".*";
    else if (character === "_") regex += ".";
    else if (character !== "\\") regex += quoted(character);
    else {
      at += 1;
      const next = characters[at];
      if (next === undefined) throw invalidValue(place, "must not end in a backslash, which escapes what follows it");
      regex += quoted(next);
    }
  }
  return regex;
}
