/** Ends a total `switch`: a kind without a case does not compile, and a forged one says so. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected kind: ${JSON.stringify((value as { kind?: unknown }).kind)}.`);
}
