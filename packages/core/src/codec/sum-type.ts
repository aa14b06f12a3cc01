import type { ColumnType } from "../model/column-type.ts";

/** The type of a sum: that of integers is an integer of 64 bits. */
export function sumType(type: ColumnType): ColumnType {
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return { kind: "bigInteger", unsigned: false, mode: "auto" };
    case "bigInteger":
    case "float":
    case "double":
    case "real":
      return type;
    default:
      return { kind: "any" };
  }
}
