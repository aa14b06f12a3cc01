/** A name or option as a message shows it, whatever it is: a text in quotes, of anything else only its kind. */
export function shown(given: unknown): string {
  if (typeof given === "string") return JSON.stringify(given.length > 60 ? `${given.slice(0, 60)}…` : given);
  if (given === null || given === undefined) return String(given);
  return Array.isArray(given) ? "a list" : `a ${typeof given}`;
}
