import type { Node } from "oxc-parser";
import { codeLines, countCode } from "./code-lines.ts";
import { report } from "./report.ts";
import { readPackageSources, type SourceFile } from "./source-file.ts";
import { lineAt, place, walk } from "./syntax.ts";

/** Code lines: neither blank nor only comment. */
const budget = { medianFile: 120, ninetiethFile: 300, largestFile: 600, function: 60 };

/** A file or a function with the code lines it takes. */
interface Size {
  readonly name: string;
  readonly lines: number;
}

/** The files and functions that are larger than the budgets allow. */
export function checkBudgets(files: readonly SourceFile[]): string[] {
  const sizes = fileSizes(files);
  return [
    ...checkPercentile(sizes, "median", 0.5, budget.medianFile),
    ...checkPercentile(sizes, "90th percentile", 0.9, budget.ninetiethFile),
    ...checkEach(sizes, budget.largestFile, "file"),
    ...checkEach(functionSizes(files), budget.function, "function"),
  ];
}

function checkPercentile(sizes: readonly Size[], name: string, share: number, allowed: number): string[] {
  const size = sizes[sizes.length - Math.ceil(sizes.length * share)];
  if (size === undefined || size.lines <= allowed) return [];
  return [`The ${name} of the files has ${size.lines} code lines, at most ${allowed} are allowed.`];
}

function checkEach(sizes: readonly Size[], allowed: number, kind: string): string[] {
  return sizes
    .filter(({ lines }) => lines > allowed)
    .map(({ name, lines }) => `${name} has ${lines} code lines, a ${kind} may have ${allowed}.`);
}

function fileSizes(files: readonly SourceFile[]): Size[] {
  return largestFirst(files.map((file) => ({ name: file.path, lines: countCode(codeLines(file)) })));
}

function functionSizes(files: readonly SourceFile[]): Size[] {
  return largestFirst(files.flatMap(functionsIn));
}

function functionsIn(file: SourceFile): Size[] {
  const sizes: Size[] = [];
  const lines = codeLines(file);
  walk(file, (node, ancestors) => {
    if (!isFunction(node)) return;
    const body = lines.slice(lineAt(file, node.start) - 1, lineAt(file, node.end));
    sizes.push({ name: `${place(file, node)} ${functionName(node, ancestors.at(-1))}`, lines: countCode(body) });
  });
  return sizes;
}

function isFunction(node: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function functionName(node: Node, parent: Node | undefined): string {
  if ("id" in node && node.id?.type === "Identifier") return node.id.name;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent && "key" in parent && parent.key?.type === "Identifier") return parent.key.name;
  return "(anonymous)";
}

function largestFirst(sizes: readonly Size[]): Size[] {
  return sizes.toSorted((a, b) => b.lines - a.lines);
}

function printLargest(kind: string, sizes: readonly Size[]): void {
  console.log(`The largest ${kind}:`);
  for (const { name, lines } of sizes.slice(0, 5)) console.log(`  ${String(lines).padStart(4)} ${name}`);
}

if (import.meta.main) {
  const files = readPackageSources();
  printLargest("files", fileSizes(files));
  printLargest("functions", functionSizes(files));
  report("budgets", checkBudgets(files), `${files.length} files`);
}
