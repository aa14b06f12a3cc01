/** One row of a printed table. */
export type Cells = readonly (string | number | bigint | null | undefined)[];

/** Columns as wide as their widest cell; numbers, prices and times stand to the right. */
export function table(columns: readonly string[], rows: readonly Cells[]): string {
  const texts = rows.map((row) => row.map((cell) => String(cell ?? "-")));
  const widths = columns.map((name, at) => Math.max(name.length, ...texts.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, at) => align(cell, widths[at] ?? 0)).join("  ")}`.trimEnd();
  const rule = widths.map((width) => "-".repeat(width));
  return [columns, rule, ...texts].map(line).join("\n");
}

function align(text: string, width: number): string {
  return /^\d+([.:]\d+)?$/.test(text) ? text.padStart(width) : text.padEnd(width);
}
