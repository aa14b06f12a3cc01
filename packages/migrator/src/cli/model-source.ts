import { camelName, fileName, modelName, pascalName, plural, wordsOf } from "../codegen/names.ts";
import { configError } from "../config/config-error.ts";

/** A model that is to be made. */
export interface NewModel {
  /** `BlogPost` */
  readonly model: string;
  /** Its key in the schema: `blogPosts`. */
  readonly key: string;
  /** `blog_posts` */
  readonly table: string;
  /** `blog-post` */
  readonly file: string;
  readonly source: string;
  /** Its columns in the words of a migration. */
  readonly columns: readonly string[];
}

/** A model by its name: `User`, `blog_post`; a pivot of two by both of theirs: `PostTag`. */
export function newModel(name: string, pivot: boolean): NewModel {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || !/^[\p{ID_Start}]/u.test(name)) {
    throw configError(
      `A model cannot be called ${JSON.stringify(name)}: its name begins with a letter, as in User or BlogPost.`,
    );
  }
  if (pivot && words.length < 2) {
    throw configError(`A pivot is named after the two models that it ties, as in PostTag. "${name}" is one word.`);
  }
  const many = [...words.slice(0, -1), plural(last)];
  const table = many.join("_");
  const model = modelName(table);
  const names = { model, key: camelName(many, "models"), table, file: fileName(pascalName(words, model)) };
  return { ...names, ...(pivot ? pivotOf(model, table, words) : plainOf(model, table)) };
}

type Body = Pick<NewModel, "source" | "columns">;

function plainOf(model: string, table: string): Body {
  const source = sourceOf(model, table, [
    "  columns: {",
    "    id: col.increment(),",
    "    createdAt: col.datetime({ autoCreate: true }),",
    "    updatedAt: col.datetime({ autoCreate: true, autoUpdate: true }),",
    "  },",
  ]);
  const columns = ['table.increments("id");', 'table.datetime("created_at");', 'table.datetime("updated_at");'];
  return { source, columns };
}

/** The last word is the second model, the others are the first. */
function pivotOf(model: string, table: string, words: readonly string[]): Body {
  const sides = [words.slice(0, -1), words.slice(-1)].map((side) => [...side, "id"]);
  const properties = sides.map((side) => camelName(side, "id"));
  const source = sourceOf(model, table, [
    "  columns: {",
    ...properties.map((property) => `    ${property}: col.integer({ nullable: false }),`),
    "  },",
    `  primaryKey: [${properties.map((property) => JSON.stringify(property)).join(", ")}],`,
  ]);
  const names = sides.map((side) => JSON.stringify(side.join("_")));
  const columns = [
    ...names.map((name) => `table.integer(${name}).notNullable();`),
    `table.primary([${names.join(", ")}]);`,
  ];
  return { source, columns };
}

function sourceOf(model: string, table: string, body: readonly string[]): string {
  return [
    'import { col, defineModel } from "@mortise/core";',
    "",
    `export const ${model} = defineModel(${JSON.stringify(table)}, {`,
    ...body,
    "});",
    "",
  ].join("\n");
}
