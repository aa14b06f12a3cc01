const name = String.raw`"(?:[^"]|"")*"|[\w$\u0080-\uffff]+`;
const value = String.raw`'(?:[^']|'')*'`;
const cast = String.raw`::character varying(?:\(\d+\))?`;
const firstPrint = String.raw`\(ARRAY\[((?:${value}${cast}(?:, )?)+)\]\)::text\[\]`;
const secondPrint = String.raw`ARRAY\[((?:\(${value}${cast}\)::text(?:, )?)+)\]`;
const lists = new RegExp(String.raw`\((${name})\)::text (= ANY|<> ALL) \((?:${firstPrint}|${secondPrint})\)`, "gu");

/**
 * An expression as the server prints it, with its lists of values as one writes them. Of a `character varying` the server prints a list otherwise
 * each time it reads its own print, so that a copy of a table would differ from the table; what is written here prints as the original did.
 *
 * `(state)::text = ANY ((ARRAY['on'::character varying])::text[])` -> `state in ('on')`
 *
 * `columns` are those of the type `character varying`: of any other, the list means something else.
 */
export function withInLists(expression: string, columns: ReadonlySet<string>): string {
  if (!expression.includes("ARRAY[")) return expression;
  return expression.replaceAll(lists, (print, column: string, operator: string, first?: string, second?: string) => {
    if (!columns.has(unquoted(column))) return print;
    const values = [...(first ?? second ?? "").matchAll(new RegExp(value, "gu"))].map(([one]) => one);
    return `${column} ${operator === "= ANY" ? "in" : "not in"} (${values.join(", ")})`;
  });
}

function unquoted(column: string): string {
  return column.startsWith('"') ? column.slice(1, -1).replaceAll('""', '"') : column;
}
