import type { ColumnType } from "@mortise/core/adapter";
import type { ColumnState, SaidType } from "@mortise/core/state";

/** How a model may say a type of the server, best first. */
export function typesOf(column: ColumnState): readonly SaidType[] {
  const declared = column.databaseType ?? "";
  const own: SaidType = { type: { kind: "specific", sqlType: declared }, value: valueOf(declared) };
  return [...plainTypes(declared).map((type): SaidType => ({ type })), own];
}

const integers = {
  tinyint: "tinyInteger",
  smallint: "smallInteger",
  mediumint: "mediumInteger",
  int: "integer",
} as const;

function isInteger(name: string): name is keyof typeof integers {
  return Object.hasOwn(integers, name);
}

function plainTypes(declared: string): readonly ColumnType[] {
  const [, name = "", size, scale, mark] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?( unsigned)?$/.exec(declared) ?? [];
  const unsigned = mark !== undefined;
  const length = size === undefined ? undefined : Number(size);
  if (declared === "tinyint(1)") return [{ kind: "boolean" }];
  if (isInteger(name) && length === undefined) return [{ kind: integers[name], unsigned }];
  switch (name) {
    case "bigint":
      return [{ kind: "bigInteger", unsigned, mode: "auto" }];
    case "double":
      return [{ kind: "double" }];
    case "decimal": {
      const mode = length !== undefined && length <= 15 ? "number" : "string";
      return [{ kind: "decimal", precision: length, scale: scale === undefined ? undefined : Number(scale), mode }];
    }
    case "varchar":
      return length === undefined || length === 0 ? [] : [{ kind: "string", length }];
    case "mediumtext":
      return [{ kind: "mediumText" }];
    case "longtext":
      return [{ kind: "longText" }];
    case "json":
      return [{ kind: "json" }];
    case "date":
      return [{ kind: "date", as: "date" }];
    case "datetime":
      return [{ kind: "datetime", as: "date", useTz: true, precision: length ?? 0 }];
    case "time":
      return [{ kind: "time", as: "date", precision: length ?? 0 }];
    case "longblob":
      return [{ kind: "binary", length: undefined }];
    case "varbinary":
      return length === undefined ? [] : [{ kind: "binary", length }];
    default:
      return labelTypes(declared);
  }
}

/** `enum('a','it''s')`. A label that the catalogue cannot show comes out wrong, and the type is told in the server's words. */
function labelTypes(declared: string): readonly ColumnType[] {
  const [, name, list] = /^(enum|set)\((.*)\)$/s.exec(declared) ?? [];
  if (list === undefined) return [];
  const values = [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) => label.replaceAll("''", "'"));
  return name === "enum" ? [{ kind: "enum", values, native: undefined }] : [{ kind: "set", values }];
}

/** What the driver gives of a type that is not one of ours. */
function valueOf(declared: string): string {
  if (/^(tinyint|smallint|mediumint|int|float|double|year)\b/.test(declared)) return "number";
  if (declared.startsWith("bigint")) return "number | bigint";
  return /blob|binary|^bit|geometry|point|polygon|linestring/.test(declared) ? "Uint8Array" : "string";
}
