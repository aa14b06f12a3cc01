/** Words that cannot be, or had better not be, the name of a model in code: of the language and of what every program uses. */
const takenWords: ReadonlySet<string> = new Set(
  (
    "Array ArrayBuffer BigInt Boolean Buffer DataView Date Error Event Function Infinity Intl Iterator JSON Map Math NaN Number Object " +
    "Promise Proxy RangeError Record Reflect RegExp Request Response Set String Symbol TypeError URL Uint8Array WeakMap WeakSet " +
    "await break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw " +
    "true try typeof undefined var void while with yield col defineModel sqlDefault createSchema defineRelations schema eval arguments"
  ).split(" "),
);

/** File names that some system keeps for itself, and that of the schema. */
const takenFiles = /^(schema|index|con|prn|aux|nul|com\d|lpt\d)$/;

/** The words of a name: `user_id`, `userId`, `UserID` and `user id` have two. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFC")
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{Nd}\p{Mn}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** `user_id` -> `userId`. Never empty, and always an identifier. */
export function camelName(words: readonly string[], fallback: string): string {
  const [first = "", ...others] = words;
  return identifier(first + others.map(capital).join(""), fallback);
}

/** `user_roles` -> `UserRoles`. */
export function pascalName(words: readonly string[], fallback: string): string {
  return identifier(words.map(capital).join(""), fallback);
}

function capital(word: string): string {
  const [first = "", ...others] = word;
  return first.toUpperCase() + others.join("");
}

function identifier(name: string, fallback: string): string {
  const kept = name.replaceAll(/[^\p{ID_Continue}]/gu, "");
  if (kept === "") return fallback;
  return /^[\p{ID_Start}]/u.test(kept) ? kept : `_${kept}`;
}

/** A name for a model of its table: `user_roles` -> `UserRole`. */
export function modelName(table: string): string {
  const words = wordsOf(table);
  const last = words.at(-1) ?? "";
  const name = pascalName([...words.slice(0, -1), singular(last)], "Table");
  return takenWords.has(name) ? `${name}Model` : name;
}

/** The name of a model's file without its ending. Small letters, digits and hyphens alone: no way leads out of a folder. */
export function fileName(model: string): string {
  const name = wordsOf(model)
    .map((word) => word.replaceAll(/[^a-z0-9]/g, ""))
    .filter((word) => word !== "")
    .join("-")
    .slice(0, 100);
  if (name === "") return "table";
  return takenFiles.test(name) ? `${name}-model` : name;
}

/** The singular of an English word, where its ending tells: `categories` -> `category`, `addresses` -> `address`, `status` stays. */
export function singular(word: string): string {
  if (/^(news|series|species|data|media|lens|alias|bus|gas|chaos)$/.test(word)) return word;
  if (/^(people)$/.test(word)) return "person";
  if (/(?:ss|us|is|os)$/.test(word)) return word;
  if (/(?:el|al|ol)ves$/.test(word)) return word.replace(/ves$/, "f");
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return word.replace(/ies$/, "y");
  if (/(?:sses|shes|ches|xes|zzes|uses|iases)$/.test(word)) return word.replace(/es$/, "");
  return word.length > 2 && word.endsWith("s") ? word.slice(0, -1) : word;
}

/** The plural of an English word that is not one already. */
export function plural(word: string): string {
  if (singular(word) !== word || /^(news|series|species|data|media)$/.test(word)) return word;
  if (word === "person") return "people";
  if (/(?:el|al|ol)f$/.test(word)) return word.replace(/f$/, "ves");
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, "ies");
  return /(?:s|sh|ch|x|z)$/.test(word) ? `${word}es` : `${word}s`;
}

/** Gives each name once: the second `user` becomes `user2`. Names that differ in their case alone count as one. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  /** The first of these names that is free, or the first of them with a number. */
  claim(wanted: string, ...others: readonly string[]): string {
    const free = [wanted, ...others].find((name) => !this.has(name)) ?? this.#numbered(wanted);
    this.#taken.add(free.toLowerCase());
    return free;
  }

  #numbered(name: string): string {
    let number = 2;
    while (this.has(`${name}${number}`)) number += 1;
    return `${name}${number}`;
  }
}
