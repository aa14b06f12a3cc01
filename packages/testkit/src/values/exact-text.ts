/** A value with its type as text: `1n` is not `1`, `-0` is not `0`, a `Buffer` is no `Uint8Array`, and own keys are keys whatever their name. */
export function exactText(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "string":
      return JSON.stringify(value);
    case "object":
      return value === null ? "null" : objectText(value);
    default:
      return String(value);
  }
}

function objectText(value: object): string {
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof Uint8Array) return `${value.constructor.name}(${Buffer.from(value).toString("hex")})`;
  if (Array.isArray(value)) return `[${value.map(exactText).join(", ")}]`;
  const entries = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${exactText(entry)}`);
  return `${nameOf(value)}{${entries.join(", ")}}`;
}

/** Own keys may be named `constructor`, so that the class is read from the prototype. */
function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? "" : String(Reflect.get(Object(prototype).constructor, "name"));
}
