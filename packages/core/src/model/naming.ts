import type { CaseConvention } from "./model-info.ts";

/** `userId` -> `user_id`, `userID` -> `user_id`, `address2Line` -> `address2_line`, `HTTPServer` -> `http_server`. */
export function toSnake(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .toLowerCase();
}

/** `user_id` -> `userId`; a leading underscore is kept. */
export function toCamel(name: string): string {
  const words = name.replace(/(?<=[^_])_+([^_])/g, (_, letter: string) => letter.toUpperCase());
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** `user_id` and `userId` -> `UserId`. */
export function toPascal(name: string): string {
  const camel = toCamel(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** The name in the database of a property, by the model's convention. */
export function applyConvention(name: string, convention: CaseConvention): string {
  if (typeof convention === "function") return convention(name);
  switch (convention) {
    case "snake":
      return toSnake(name);
    case "camel":
      return toCamel(name);
    case "pascal":
      return toPascal(name);
    case "preserve":
      return name;
  }
}

/** Whether a text can be a name in every database: not empty, without NUL and without halves of characters. */
export function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "" && !name.includes("\0") && name.isWellFormed();
}
