import { readFileSync, writeFileSync } from "node:fs";
import type { Node } from "oxc-parser";
import { codeLines, countCode } from "./code-lines.ts";
import { report } from "./report.ts";
import { packageOf, readPackageSources, type SourceFile } from "./source-file.ts";
import { lineAt, parse, place, walk } from "./syntax.ts";

/** What is counted in each package. */
interface Counts {
  readonly casts: number;
  readonly any: number;
}

/** The committed counts: package -> counts. They may only fall. */
type Recorded = Readonly<Record<string, Counts>>;

const perThousandLines = 5;

/** Everything that steps around the type checker: counted where it may happen, refused where it may not. */
export function checkRatchets(files: readonly SourceFile[], recorded: Recorded): string[] {
  return [...checkRecorded(countPackages(files), recorded), ...checkDensity(files), ...files.flatMap(refuseIn)];
}

/** The lower of what is recorded and what is there, for every package there is. */
export function tighten(files: readonly SourceFile[], recorded: Recorded): Recorded {
  const tightened = Object.entries(countPackages(files)).map(([name, { casts, any }]) => {
    const before = recorded[name] ?? { casts, any };
    return [name, { casts: Math.min(casts, before.casts), any: Math.min(any, before.any) }] as const;
  });
  return Object.fromEntries(tightened);
}

function checkRecorded(counted: Recorded, recorded: Recorded): string[] {
  return Object.entries(counted).flatMap(([name, counts]) => {
    const before = recorded[name];
    if (!before) return [`${name} has no recorded counts; run \`pnpm ratchets --record\`.`];
    return [
      ...compare(`casts in ${name}`, counts.casts, before.casts),
      ...compare(`uses of any in ${name}`, counts.any, before.any),
    ];
  });
}

function compare(what: string, found: number, recorded: number): string[] {
  if (found > recorded) return [`There are ${found} ${what}, and only ${recorded} are recorded: remove the new ones.`];
  if (found < recorded)
    return [`There are only ${found} ${what}, and ${recorded} are recorded: run \`pnpm ratchets --record\`.`];
  return [];
}

function checkDensity(files: readonly SourceFile[]): string[] {
  const lines = files.reduce((sum, file) => sum + countCode(codeLines(file)), 0);
  const all = count(files);
  const allowed = (lines / 1000) * perThousandLines;
  return [
    ...(all.casts > allowed ? [`${all.casts} casts in ${lines} code lines are more than 5 in 1,000.`] : []),
    ...(all.any > allowed ? [`${all.any} uses of any in ${lines} code lines are more than 5 in 1,000.`] : []),
  ];
}

function countPackages(files: readonly SourceFile[]): Recorded {
  const packages = Object.groupBy(files, (file) => packageOf(file.path));
  return Object.fromEntries(Object.entries(packages).map(([name, own]) => [name, count(own ?? [])]));
}

function count(files: readonly SourceFile[]): Counts {
  let casts = 0;
  let any = 0;
  for (const file of files) {
    walk(file, (node) => {
      if (isCast(node)) casts += 1;
      if (node.type === "TSAnyKeyword") any += 1;
    });
  }
  return { casts, any };
}

function isCast(node: Node): boolean {
  if (node.type === "TSTypeAssertion") return true;
  if (node.type !== "TSAsExpression") return false;
  const { typeAnnotation: type } = node;
  return !(type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const");
}

function refuseIn(file: SourceFile): string[] {
  const violations: string[] = [];
  walk(file, (node, ancestors) => {
    if (node.type === "TSAnyKeyword" && !isConstraint([...ancestors, node])) {
      violations.push(`${place(file, node)} uses any outside a constraint or a type argument; write unknown.`);
    }
    if (isEvaluation(node)) violations.push(`${place(file, node)} makes code from text.`);
  });
  for (const { value, start } of parse(file).comments) {
    const directive = /@ts-(ignore|expect-error|nocheck)/.exec(value);
    if (directive)
      violations.push(`${file.path}:${lineAt(file, start)} silences the type checker with ${directive[0]}.`);
  }
  return violations;
}

/** `<T extends any>`, `Column<any>` and `T extends any ? ...`, and whatever stands inside them. */
function isConstraint(path: readonly Node[]): boolean {
  return path.some((node, index) => {
    const child = path[index + 1];
    if (node.type === "TSTypeParameter") return child === node.constraint;
    if (node.type === "TSConditionalType") return child === node.extendsType;
    return node.type === "TSTypeParameterInstantiation";
  });
}

function isEvaluation(node: Node): boolean {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  return node.callee.type === "Identifier" && /^(eval|Function)$/.test(node.callee.name);
}

if (import.meta.main) {
  const path = new URL("ratchets.json", import.meta.url);
  const files = readPackageSources();
  const recorded: Recorded = JSON.parse(readFileSync(path, "utf8"));
  if (process.argv.includes("--record")) {
    writeFileSync(path, `${JSON.stringify(tighten(files, recorded), undefined, 2)}\n`);
  } else {
    report("ratchets", checkRatchets(files, recorded), `${files.length} files`);
  }
}
