/**
 * Whether a document contains a value: an object has at least these properties, a list has an entry for each of these entries, and
 * a list contains a scalar that is one of its entries.
 */
export function jsonContains(document: unknown, value: unknown): boolean {
  if (Array.isArray(document)) {
    const entries: readonly unknown[] = document;
    if (!Array.isArray(value)) return !isRecord(value) && entries.some((entry) => entry === value);
    return value.every((wanted: unknown) => entries.some((entry) => containsEntry(entry, wanted)));
  }
  return containsEntry(document, value);
}

/** Inside a document a list never contains a scalar: there only lists contain lists. */
function containsEntry(document: unknown, value: unknown): boolean {
  if (Array.isArray(document) || Array.isArray(value)) {
    return Array.isArray(document) && Array.isArray(value) && jsonContains(document, value);
  }
  if (!isRecord(document) || !isRecord(value)) return document === value;
  return Object.keys(value).every((key) => Object.hasOwn(document, key) && containsEntry(document[key], value[key]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
