/** The shortest limit of the engines: PostgreSQL cuts names after 63 bytes without a word. */
const longest = 63;

/** What a derived name ends in. */
export type NameSuffix = "index" | "unique" | "foreign" | "check" | "primary";

/**
 * The name of an index or constraint that the model does not name: `users_email_index`.
 *
 * A name over 63 bytes is cut and carries a hash of the whole, so that two long names stay two.
 */
export function derivedName(table: string, parts: readonly string[], suffix: NameSuffix): string {
  const name = [table, ...parts, suffix].join("_");
  return byteLength(name) <= longest ? name : hashedName(name, name, suffix);
}

/** The name of the second object whose derived name is taken: it carries a hash of everything the object is. */
export function distinctName(table: string, parts: readonly string[], suffix: NameSuffix, identity: string): string {
  return hashedName([table, ...parts, suffix].join("_"), identity, suffix);
}

/** True for a name that we made up: the database may hold the object under another name just as well. */
export function isDerivedName(
  name: string | undefined,
  table: string,
  parts: readonly string[],
  suffix: NameSuffix,
): boolean {
  if (name === undefined || name === derivedName(table, parts, suffix)) return true;
  const stem = hashedName([table, ...parts, suffix].join("_"), "", suffix);
  const at = stem.length - suffix.length - 9;
  return (
    name.length === stem.length &&
    name.slice(0, at) === stem.slice(0, at) &&
    /^[0-9a-f]{8}_/.test(name.slice(at)) &&
    name.endsWith(`_${suffix}`)
  );
}

/** A short hash of a text, equal on every machine; for names, not for secrets. */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

function hashedName(name: string, identity: string, suffix: NameSuffix): string {
  const stem = name.slice(0, name.length - suffix.length - 1);
  return `${cut(stem, longest - suffix.length - 10)}_${shortHash(identity)}_${suffix}`;
}

/** The longest beginning of a text that fits into so many bytes, without half a character. */
function cut(text: string, bytes: number): string {
  let kept = "";
  let length = 0;
  for (const character of text) {
    length += byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
