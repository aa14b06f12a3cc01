import type { CallExpression, ObjectLiteralExpression, SourceFile } from "ts-morph";
import { MigrationError } from "@mortise/core/adapter";

/** A model as the schema file gets to know it. */
export interface AddedModel {
  /** `BlogPost` */
  readonly model: string;
  /** `blogPosts` */
  readonly key: string;
  /** Where the import finds it: `./models/blog-post.ts`. */
  readonly from: string;
}

/**
 * The text of a schema file with one more model: imported, in `createSchema`, and beside the models that are exported by name.
 *
 * Nothing else of the text changes. A file that calls `createSchema` with anything but an object written there is refused.
 */
export async function addModel(text: string, path: string, { model, key, from }: AddedModel): Promise<string> {
  const { IndentationText, Node, Project, QuoteKind, SyntaxKind } = await import("ts-morph");
  const project = new Project({
    useInMemoryFileSystem: true,
    manipulationSettings: {
      indentationText: IndentationText[indentationOf(text)],
      quoteKind: QuoteKind.Double,
      useTrailingCommas: true,
    },
  });
  const file = project.createSourceFile(`schema${path.slice(path.lastIndexOf("."))}`, text);
  const calls = file.getDescendantsOfKind(SyntaxKind.CallExpression);
  const made = calls.find((call) => call.getExpression().getText() === "createSchema");
  const models = made?.getArguments()[0];
  if (made === undefined || !Node.isObjectLiteralExpression(models)) throw notUnderstood(path, model, key, from);
  if (models.getProperty(key) !== undefined) {
    throw new MigrationError(`${path} has "${key}" in its schema already, so nothing was written.`);
  }
  addEntry(models, key, model);
  exportByName(file, made, model, key);
  file.addImportDeclaration({ moduleSpecifier: from, namedImports: [model] });
  return file.getFullText();
}

function addEntry(models: ObjectLiteralExpression, key: string, model: string): void {
  if (key === model) models.addShorthandPropertyAssignment({ name: key });
  else models.addPropertyAssignment({ name: key, initializer: model });
}

/** `export const { users: UserModel } = schema` gets one more, where the file has it. */
function exportByName(file: SourceFile, made: CallExpression, model: string, key: string): void {
  const held = file
    .getVariableDeclarations()
    .find((declaration) => declaration.getInitializer() === made)
    ?.getName();
  const named = file.getVariableDeclarations().find((one) => one.getInitializer()?.getText() === held);
  const pattern = named?.getNameNode();
  if (held === undefined || pattern === undefined || !pattern.getText().startsWith("{")) return;
  const inside = pattern.getText().slice(1, -1).trim().replace(/,$/, "");
  const entry = `${key}: ${model}Model`;
  pattern.replaceWithText(inside === "" ? `{ ${entry} }` : `{ ${inside}, ${entry} }`);
}

function indentationOf(text: string): "Tab" | "TwoSpaces" | "FourSpaces" {
  const first = /^(\t| {2,4})\S/m.exec(text)?.[1];
  return first === "\t" ? "Tab" : first === "    " ? "FourSpaces" : "TwoSpaces";
}

function notUnderstood(path: string, model: string, key: string, from: string): MigrationError {
  return new MigrationError(
    `${path} does not call createSchema({ … }) with its models written there, so nothing was written. ` +
      `Add by hand what the new model needs: import { ${model} } from "${from}", and ${key}: ${model} in the schema.`,
  );
}
