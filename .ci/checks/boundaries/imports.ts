import type { Node } from "oxc-parser";
import type { SourceFile } from "../source-file.ts";
import { place, walk } from "../syntax.ts";

/** One import, re-export, `import()` or `require()` in a file. */
export interface Import {
  readonly file: SourceFile;
  readonly specifier: string;
  /** True when nothing of it is left once the types are stripped; `import { type A }` still loads the module. */
  readonly typeOnly: boolean;
  /** An `import()`: it is loaded when it is reached, not with the file. */
  readonly deferred: boolean;
  /** `path:line` */
  readonly place: string;
}

/** Every import of a file, in the order of the text. */
export function importsOf(file: SourceFile): Import[] {
  const imports: Import[] = [];
  walk(file, (node) => {
    const found = readImport(node);
    if (found) imports.push({ file, place: place(file, node), ...found });
  });
  return imports;
}

type Found = Pick<Import, "specifier" | "typeOnly" | "deferred">;

function readImport(node: Node): Found | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return { specifier: node.source.value, typeOnly: node.importKind === "type", deferred: false };
    case "ExportAllDeclaration":
      return { specifier: node.source.value, typeOnly: node.exportKind === "type", deferred: false };
    case "ExportNamedDeclaration":
      return node.source
        ? { specifier: node.source.value, typeOnly: node.exportKind === "type", deferred: false }
        : undefined;
    case "TSImportType":
      return { specifier: node.source.value, typeOnly: true, deferred: false };
    case "ImportExpression":
      return readSpecifier(node.source, true);
    case "CallExpression":
      return node.callee.type === "Identifier" && node.callee.name === "require"
        ? readSpecifier(node.arguments[0], false)
        : undefined;
    default:
      return undefined;
  }
}

function readSpecifier(node: Node | undefined, deferred: boolean): Found | undefined {
  return node?.type === "Literal" && typeof node.value === "string"
    ? { specifier: node.value, typeOnly: false, deferred }
    : undefined;
}

/** The package a specifier names: `@mortise/core` for `@mortise/core/x`; undefined for a relative path or `node:`. */
export function packageNamed(specifier: string): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The source file an import leads to: beside the importer, or the entry point of a package of this repository. */
export function targetOf({ file, specifier }: Import): string | undefined {
  if (specifier.startsWith(".")) return new URL(specifier, `file:///${file.path}`).pathname.slice(1);
  const [scope, name, entry = "index"] = specifier.split("/");
  return scope === "@mortise" ? `packages/${name}/src/${entry}.ts` : undefined;
}
