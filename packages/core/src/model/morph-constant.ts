import { SchemaError } from "../errors/errors.ts";
import type { ColumnDefinition } from "./column.ts";
import type { ModelInfo } from "./model-info.ts";
import type { ConstantInfo } from "./relation.ts";
import { requireColumn } from "./require-column.ts";

/** What a polymorphic relation stores in its type column for rows of the model `of`. */
interface StoredType {
  readonly name: string;
  readonly source: ModelInfo;
  readonly at: ConstantInfo["at"];
  readonly holder: ModelInfo;
  readonly of: ModelInfo;
  readonly column: unknown;
}

/** The constant that tells rows of one model apart in a type column: its `morphName`, or its table. */
export function morphConstant({ name, source, at, holder, of, column: given }: StoredType): ConstantInfo {
  const column = requireColumn(holder, given);
  const value = of.options.morphName ?? of.table;
  if (holdsType(column.definition, value)) return { at, column, value };
  throw new SchemaError(
    `The column "${column.property}" of model "${holder.table}" cannot hold the type ${JSON.stringify(value)} that the relation ` +
      `"${name}" of model "${source.table}" stores in it. Make it a col.string, or a col.enum with that value, without callbacks.`,
    { model: holder.table, column: column.property },
  );
}

function holdsType({ type, prepare, serialize }: ColumnDefinition, value: string): boolean {
  if (prepare !== undefined || serialize !== undefined) return false;
  switch (type.kind) {
    case "any":
    case "text":
    case "mediumText":
    case "longText":
      return true;
    case "string":
      return value.length <= type.length;
    case "enum":
      return type.values.includes(value);
    default:
      return false;
  }
}
