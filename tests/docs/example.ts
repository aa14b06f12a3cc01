/** A block of TypeScript in a page, with the SQL that the page says it runs. */
export interface Example {
  /** `docs/queries.md:42` */
  readonly place: string;
  readonly code: string;
  /** The ```sql block that follows, if one does. */
  readonly sql: string | undefined;
  /** It begins with an import, and so is a program; any other block is part of one and gets the blog. */
  readonly whole: boolean;
}

const block = /^```ts\n(.*?)^```\n(?:\n?^```sql\n(.*?)^```\n)?/gms;

/** The examples of a page in order. */
export function examplesIn(page: string, text: string): Example[] {
  return [...text.matchAll(block)].map((found) => {
    const [, code = "", sql] = found;
    const line = text.slice(0, found.index).split("\n").length;
    return { place: `${page}:${line}`, code, sql, whole: code.startsWith("import ") };
  });
}

/** A page with the SQL of its examples replaced, in order, where it shows some. */
export function withSql(text: string, statements: readonly (readonly string[])[]): string {
  let at = -1;
  return text.replaceAll(block, (whole: string, _: string, sql: string | undefined) => {
    at += 1;
    return sql === undefined
      ? whole
      : whole.replace(`\`\`\`sql\n${sql}`, () => `\`\`\`sql\n${shown(statements[at] ?? [])}`);
  });
}

/** Statements as a page shows them: `...` stands for a long list of columns. */
function shown(statements: readonly string[]): string {
  return statements.map((sql) => `${withoutColumns(sql)};\n`).join("");
}

function withoutColumns(sql: string): string {
  return sql
    .replaceAll(/select (?:(?! from )[^()]){80,} from /g, "select ... from ")
    .replace(/ returning .{60,}$/, " returning ...");
}

/** The module that an example is type-checked and run as. */
export function moduleOf({ code, whole }: Example): string {
  if (whole) return `${code}\nexport {};\n`;
  return [
    `import { isConstraint, raw } from "@mortise/core";`,
    `import { Comment, openBlog, Post, PostTag, Reaction, Report, schema, Tag, User, Video } from "../../../docs/blog.ts";`,
    `type Blog = Awaited<ReturnType<typeof openBlog>>;`,
    `export async function example(db: Blog): Promise<void> {`,
    code,
    `}`,
    "",
  ].join("\n");
}
