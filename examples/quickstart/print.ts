/** `1  Make the tables`, with air around it. */
export function heading(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}

/** The code that ran, and under it what it gave. */
export function say(code: string, ...results: string[]): void {
  console.log(`> ${code}`);
  for (const line of results.flatMap((result) => result.split("\n"))) console.log(`    ${line}`);
}

/** SQL on one line, without its list of columns. */
export function brief(sql: string): string {
  return sql.replaceAll(/\s+/g, " ").replace(/^select .*? from /, "select ... from ");
}
