import { col, createSchema, defineModel, sqlDefault, type AnySchema } from "@mortise/core";

/** Names that would be code, or end a text or a comment, if they were ever written as they stand. */
const names = [
  'it"s',
  "`b`",
  "${process.exit(9)}",
  "*/ end",
  "a.b",
  "new\nline",
  "\\",
  "'; drop table x; --",
  "</script>",
];

/** A schema full of such names, in tables, columns, defaults, labels, comments and checks. */
export const hostileSchema: AnySchema = createSchema(
  Object.fromEntries(
    names.map((name, at) => {
      const columns = {
        id: col.increment(),
        [`c${at}`]: col.string({ databaseName: name, default: name, comment: name, index: true }),
        kind: col.enum([name, "plain"]),
        when: col.datetime({ default: sqlDefault("now") }),
      };
      return [
        `m${at}`,
        defineModel(name, { columns, options: { comment: name }, uniques: [["kind", `c${at}`]] }),
      ] as const;
    }),
  ),
);
