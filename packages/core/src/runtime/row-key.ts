/** A key that a Map tells apart as the database does. */
export type KeyValue = string | number | bigint;

/** The key of an undecoded row; `undefined` when any part of it is null, which matches nothing. */
export function keyOf(row: readonly unknown[], positions: readonly number[]): KeyValue | undefined {
  const [first] = positions;
  if (positions.length === 1 && first !== undefined) return part(row[first]);
  const parts: string[] = [];
  for (const position of positions) {
    const value = part(row[position]);
    if (value === undefined) return undefined;
    const text = String(value);
    parts.push(`${text.length}:${text}`);
  }
  return parts.join("");
}

function part(value: unknown): KeyValue | undefined {
  if (typeof value === "number" || typeof value === "string") return value;
  if (value === null || value === undefined) return undefined;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return value instanceof Date ? value.getTime() : JSON.stringify(value);
}
