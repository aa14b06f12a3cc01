/** A value with its type as text: `1n` is not `1`, `-0` is not `0`, a `Buffer` is no `Uint8Array`, own keys are keys whatever their name and order. */
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
  const keys = Object.keys(value).toSorted();
  const entries = keys.map((key) => `${JSON.stringify(key)}: ${exactText(Reflect.get(value, key))}`);
  return `${nameOf(value)}{${entries.join(", ")}}`;
}

/** Own keys may be named `constructor`, so that the class is read from the prototype. */
function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? ""
    : String(Reflect.get(Object(prototype).constructor, "name"));
}
