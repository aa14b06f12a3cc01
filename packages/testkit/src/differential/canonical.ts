/**
 * One text for each value and type, the same for equal values: `{"id":n:1,"at":date:…}`. The order of properties does not count.
 *
 * What is no integer of at most 13 digits is compared to 13, since engines add up and divide floating point each in their own way.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case "number":
      return `n:${numberText(value)}`;
    case "bigint":
      return `i:${value}`;
    case "boolean":
      return `b:${value}`;
    case "string":
      return JSON.stringify(value);
    case "object":
      return objectText(value);
    default:
      return `${typeof value}:${String(value)}`;
  }
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0";
  const isExact = Number.isSafeInteger(value) && Math.abs(value) < 1e13;
  return isExact || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(13)));
}

function objectText(value: object | null): string {
  if (value === null) return "null";
  if (value instanceof Date) return `date:${Number.isNaN(value.getTime()) ? "invalid" : value.toISOString()}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${entries.sort().join()}}`;
}
