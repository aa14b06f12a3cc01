/** A value that the types refuse, as a caller without types or a request body brings it. */
export function untrusted(value: unknown): never {
  return value as never;
}
