import type { SourceFile } from "./source-file.ts";
import { parse } from "./syntax.ts";

/** The code of a file line by line: comments are blanked out, so a line of nothing but space is not code. */
export function codeLines(file: SourceFile): string[] {
  let code = file.text;
  for (const { start, end } of parse(file).comments) {
    const blank = code.slice(start, end).replace(/[^\n]/g, " ");
    code = code.slice(0, start) + blank + code.slice(end);
  }
  return code.split("\n");
}

/** How many of the lines hold code. */
export function countCode(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== "").length;
}
