import { parseSync, visitorKeys, type Node, type ParseResult } from "oxc-parser";
import type { SourceFile } from "./source-file.ts";

const parsed = new WeakMap<SourceFile, ParseResult>();

/** Parses a file once; a file that does not parse is an error of the check, not a violation. */
export function parse(file: SourceFile): ParseResult {
  const known = parsed.get(file);
  if (known) return known;
  const result = parseSync(file.path, file.text);
  const [error] = result.errors;
  if (error) throw new Error(`${file.path} does not parse: ${error.message}`);
  parsed.set(file, result);
  return result;
}

/** Calls `visit` for every node of a file, parents first, with the nodes above it, the nearest last. */
export function walk(file: SourceFile, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const ancestors: Node[] = [];
  const enter = (node: Node): void => {
    visit(node, ancestors);
    ancestors.push(node);
    for (const child of childrenOf(node)) enter(child);
    ancestors.pop();
  };
  enter(parse(file).program);
}

function childrenOf(node: Node): Node[] {
  const values: unknown[] = (visitorKeys[node.type] ?? []).map((key) => Reflect.get(node, key));
  return values.flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

/** The line, counted from 1, of an offset into the text. */
export function lineAt(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split("\n").length;
}

/** `path:line`, which editors and terminals turn into a link. */
export function place(file: SourceFile, node: Node): string {
  return `${file.path}:${lineAt(file, node.start)}`;
}
