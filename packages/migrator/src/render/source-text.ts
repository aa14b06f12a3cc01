import type { TablePlace } from "../builder/table-name.ts";

/** A text as a literal: whatever is in it stays data. */
export function literal(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Any value of a default as source. */
export function valueSource(value: unknown): string {
  if (typeof value === "string") return literal(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `new Date(${literal(value.toISOString())})`;
  if (value instanceof Uint8Array) return `new Uint8Array([${Array.from(value).join(", ")}])`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(valueSource).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).map(([key, field]) => `${keySource(key)}: ${valueSource(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

/** `__proto__` as a plain key would set the prototype. */
function keySource(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key);
}

/** A text as a comment of one line. */
export function comment(text: string): string {
  return `// ${text.replaceAll(/[\r\n\u2028\u2029]+/g, " ")}`;
}

export function tableSource({ name, namespace }: TablePlace): string {
  const isPlain = !name.includes(".") && namespace?.includes(".") !== true;
  if (isPlain) return literal(namespace === undefined ? name : `${namespace}.${name}`);
  return valueSource(namespace === undefined ? { name } : { name, schema: namespace });
}

/** One name alone, or a list of them. */
export function namesSource(names: readonly string[]): string {
  return names.length === 1 ? literal(names[0] ?? "") : valueSource(names);
}

/** Arguments without the `undefined` at their end. */
export function call(method: string, ...given: readonly (string | undefined)[]): string {
  const last = given.findLastIndex((one) => one !== undefined);
  return `${method}(${given
    .slice(0, last + 1)
    .map((one) => one ?? "undefined")
    .join(", ")})`;
}
