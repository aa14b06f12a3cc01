import type { Node } from "oxc-parser";
import { packageOf, type SourceFile } from "../source-file.ts";
import { place, walk } from "../syntax.ts";

/** The adapter that may compare with each database's name. */
const adapterOf: Readonly<Record<string, string>> = {
  postgres: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
  sqlite: "sqlite",
  mongodb: "mongodb",
};

/** Code that asks which database it talks to belongs in that database's adapter, or asks a capability instead. */
export function checkDatabaseNames(files: readonly SourceFile[]): string[] {
  const violations: string[] = [];
  for (const file of files.filter(({ path }) => packageOf(path) !== "testkit")) {
    walk(file, (node) => {
      for (const name of comparedTexts(node)) {
        const adapter = Object.hasOwn(adapterOf, name) ? adapterOf[name] : undefined;
        if (adapter === undefined || adapter === packageOf(file.path)) continue;
        violations.push(`${place(file, node)} compares with "${name}"; read a capability or call a hook instead.`);
      }
    });
  }
  return violations;
}

function comparedTexts(node: Node): string[] {
  if (node.type === "SwitchCase") return textOf(node.test);
  if (node.type !== "BinaryExpression" || !/^[!=]==?$/.test(node.operator)) return [];
  return [...textOf(node.left), ...textOf(node.right)];
}

function textOf(node: Node | null): string[] {
  if (node?.type === "Literal" && typeof node.value === "string") return [node.value];
  if (node?.type === "TemplateLiteral") return node.quasis.map((quasi) => quasi.value.raw);
  return [];
}
