import type { Spelling } from "./spelling.ts";

/** One column of the wide table beside its key. */
export interface WideColumn {
  readonly name: string;
  readonly kind: "integer" | "text" | "flag" | "instant" | "document" | "number";
  readonly nullable: boolean;
  /** Its value in row `i`. */
  readonly value: (spelling: Spelling) => string;
}

/** 30 columns of mixed kinds, a fifth of which may be null. Every number has few digits, since MySQL's texts have no more. */
export const wideColumns: readonly WideColumn[] = [
  ...columns("integer", 5, "integer", (at) => () => `i * ${at * 37} % 100003`),
  ...columns("maybe_integer", 2, "integer", (at) => () => unless(`i % ${at + 1} = 0`, `i + ${at}`)),
  ...columns("text", 6, "text", (at) => () => `concat('text ', i, ' of column ${at}')`),
  ...columns("maybe_text", 2, "text", (at) => () => unless(`i % ${at + 2} = 0`, "concat('perhaps ', i)")),
  ...columns("flag", 4, "flag", (at) => () => `i % ${at + 1} = 0`),
  ...columns("maybe_flag", 1, "flag", () => () => unless("i % 3 = 0", "i % 2 = 1")),
  ...columns("instant", 4, "instant", (at) => (spelling) => spelling.instant(`i * ${at} * 977`)),
  ...columns("maybe_instant", 1, "instant", () => (spelling) => unless("i % 4 = 0", spelling.instant("i * 977"))),
  ...columns(
    "document",
    2,
    "document",
    (at) =>
      ({ object, list }) =>
        object(`'n', i, 'list', ${list(`${at}, 'b', 'c'`)}`),
  ),
  ...columns(
    "maybe_document",
    1,
    "document",
    () =>
      ({ object }) =>
        unless("i % 5 = 0", object(`'deep', ${object("'n', i")}`)),
  ),
  ...columns("number", 2, "number", (at) => () => `i / ${2 ** at}e0`),
];

function columns(
  prefix: string,
  count: number,
  kind: WideColumn["kind"],
  value: (at: number) => WideColumn["value"],
): readonly WideColumn[] {
  const nullable = prefix.startsWith("maybe");
  return Array.from({ length: count }, (_, at) => ({
    name: `${prefix}${at + 1}`,
    kind,
    nullable,
    value: value(at + 1),
  }));
}

function unless(condition: string, value: string): string {
  return `case when ${condition} then null else ${value} end`;
}
