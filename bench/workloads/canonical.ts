/** A result as text in which equal results are equal: keys sorted, instants and integers in one spelling. */
export function canonicalText(result: unknown): string {
  return JSON.stringify(canonical(result));
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

function canonical(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === "object") return canonicalObject(value);
  throw new TypeError(`A result holds a ${typeof value}, which has no canonical form.`);
}

function canonicalObject(value: object): JsonValue {
  const entries = Object.entries(value).map(([key, entry]) => [key, canonical(entry)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
