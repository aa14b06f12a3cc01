/** Prints one sentence per violation and a summary as the last line; any violation makes the process fail. */
export function report(check: string, violations: readonly string[], looked: string): void {
  for (const violation of violations) console.error(violation);
  const found = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  console.log(`${check}: ${found} in ${looked}.`);
  if (violations.length > 0) process.exitCode = 1;
}
