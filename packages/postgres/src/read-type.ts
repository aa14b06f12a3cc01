import type { ColumnType } from "@mortise/core/adapter";
import { derivedName, type ColumnState, type SaidType, type SchemaState, type TableState } from "@mortise/core/state";
import { quoteName } from "./spelling.ts";

/** How a model may say a type of the server, best first. The checks of our own tables tell more than the type does. */
export function typesOf(column: ColumnState, table: TableState, state: SchemaState): readonly SaidType[] {
  const declared = column.databaseType ?? "";
  const known = [...checkedTypes(column, table), ...plainTypes(declared), ...enumTypes(declared, state)];
  const own: SaidType = { type: { kind: "specific", sqlType: declared }, value: valueOf(declared) };
  return [...known.map((type): SaidType => ({ type })), own];
}

const plain: Readonly<Record<string, ColumnType>> = {
  smallint: { kind: "smallInteger", unsigned: false },
  integer: { kind: "integer", unsigned: false },
  bigint: { kind: "bigInteger", unsigned: false, mode: "auto" },
  "double precision": { kind: "double" },
  text: { kind: "text" },
  boolean: { kind: "boolean" },
  json: { kind: "json" },
  jsonb: { kind: "jsonb" },
  date: { kind: "date", as: "date" },
  bytea: { kind: "binary", length: undefined },
};

function plainTypes(declared: string): readonly ColumnType[] {
  if (declared.endsWith("[]")) {
    return plainTypes(declared.slice(0, -2)).map((inner): ColumnType => ({ kind: "array", inner }));
  }
  const found = Object.hasOwn(plain, declared) ? plain[declared] : undefined;
  if (found !== undefined) return [found];
  const [, name = "", first, second, zone] =
    /^([a-z ]+?)(?:\((\d+)(?:,(\d+))?\))?( with(?:out)? time zone)?$/.exec(declared) ?? [];
  const size = first === undefined ? undefined : Number(first);
  switch (name) {
    case "character varying":
      return size === undefined ? [] : [{ kind: "string", length: size }];
    case "numeric":
      return [
        {
          kind: "decimal",
          precision: size,
          scale: second === undefined ? undefined : Number(second),
          mode: decimalMode(size),
        },
      ];
    case "timestamp":
      return [{ kind: "timestamp", as: "date", useTz: zone === " with time zone", precision: size }];
    case "time":
      return zone === " with time zone" ? [] : [{ kind: "time", as: "date", precision: size }];
    default:
      return [];
  }
}

/** A number carries 15 digits for sure. */
function decimalMode(precision: number | undefined): "number" | "string" {
  return precision !== undefined && precision <= 15 ? "number" : "string";
}

function enumTypes(declared: string, { enums }: SchemaState): readonly ColumnType[] {
  const type = enums.find(({ name, namespace }) => namespace === undefined && quoteName(name) === asQuoted(declared));
  return type === undefined ? [] : [{ kind: "enum", values: type.values, native: type.name }];
}

/** The server leaves quotes out where it can. */
function asQuoted(name: string): string {
  return name.startsWith('"') ? name : quoteName(name);
}

/** `code IN ('a', 'b')` under the name that we give such a check was a `col.enum(["a", "b"])`. */
function checkedTypes({ name, databaseType }: ColumnState, table: TableState): readonly ColumnType[] {
  const check = table.checks.find((one) => one.name === derivedName(table.name, [name], "check"));
  if (check === undefined) return [];
  const labels = [...check.expression.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) =>
    label.replaceAll("''", "'"),
  );
  switch (databaseType) {
    case "text":
      return labels.length > 0 ? [{ kind: "enum", values: labels, native: undefined }] : [];
    case "text[]":
      return labels.length > 0 ? [{ kind: "set", values: labels }] : [];
    case "smallint":
      return [
        { kind: "tinyInteger", unsigned: false },
        { kind: "tinyInteger", unsigned: true },
      ];
    case "integer":
      return [
        { kind: "mediumInteger", unsigned: false },
        { kind: "smallInteger", unsigned: true },
        { kind: "mediumInteger", unsigned: true },
      ];
    case "bigint":
      return [
        { kind: "integer", unsigned: true },
        { kind: "bigInteger", unsigned: true, mode: "auto" },
      ];
    case "bytea": {
      const length = Number(/<= (\d+)\)?$/.exec(check.expression)?.[1]);
      return length > 0 ? [{ kind: "binary", length }] : [];
    }
    default:
      return [];
  }
}

/** What a read gives of a type that is not one of ours: what the connection makes of it. */
function valueOf(declared: string): string {
  if (declared.endsWith("[]")) return `${valueOf(declared.slice(0, -2))}[]`;
  return declared === "real" || declared === "oid" ? "number" : "string";
}
