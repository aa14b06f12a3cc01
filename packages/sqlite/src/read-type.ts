import type { ColumnType } from "@mortise/core/adapter";
import { derivedName, type ColumnState, type SaidType, type TableState } from "@mortise/core/state";
import { affinityOf } from "./normal-text.ts";

/** How a model may say a declared type, best first. The checks of our own tables tell more than the type does. */
export function typesOf(column: ColumnState, table: TableState): readonly SaidType[] {
  const declared = column.databaseType ?? "";
  const own: SaidType = { type: { kind: "specific", sqlType: declared }, value: valueOf(declared) };
  return [...checkedTypes(column, table), ...plainTypes(declared)].map((type): SaidType => ({ type })).concat(own);
}

function plainTypes(declared: string): readonly ColumnType[] {
  switch (declared.toUpperCase()) {
    case "INTEGER":
      return [{ kind: "integer", unsigned: false }];
    case "REAL":
      return [{ kind: "double" }];
    case "TEXT":
      return [{ kind: "text" }];
    case "BLOB":
      return [{ kind: "binary", length: undefined }];
    default:
      return [];
  }
}

/** `length(name) <= 45` under the name that we give such a check was a `col.string({ length: 45 })`. */
function checkedTypes({ name }: ColumnState, table: TableState): readonly ColumnType[] {
  const check = table.checks.find((one) => one.name === derivedName(table.name, [name], "check"));
  if (check === undefined) return [];
  const { expression } = check;
  const length = Number(/^length\(.*\) <= (\d+)$/.exec(expression)?.[1]);
  const labels = / in \(('.*')\)$/s.exec(expression)?.[1];
  return [
    ...(length > 0 ? [{ kind: "string", length } as const, { kind: "binary", length } as const] : []),
    ...(labels === undefined ? [] : [{ kind: "enum", values: labelsOf(labels), native: undefined } as const]),
    ...(expression.endsWith(" in (0, 1)") ? [{ kind: "boolean" } as const] : []),
    ...(/^json_valid\([^)]*\)$/.test(expression) ? [{ kind: "json" } as const] : []),
    ...(expression.endsWith(" >= 0") ? [{ kind: "integer", unsigned: true } as const] : []),
  ];
}

function labelsOf(text: string): readonly string[] {
  return [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) => label.replaceAll("''", "'"));
}

/** What a column holds whose type is not one of ours, going by how SQLite stores it. */
function valueOf(declared: string): string {
  switch (affinityOf(declared)) {
    case "integer":
    case "real":
      return "number";
    case "text":
      return "string";
    case "none":
      return /blob/i.test(declared) && !/text/i.test(declared) ? "Uint8Array" : "unknown";
    case "numeric":
      return /date|time|binary|uuid|json/i.test(declared) ? "string" : "number";
  }
}
