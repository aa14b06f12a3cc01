import { UnsupportedError, type ColumnType, type ValuePlace } from "@mortise/core/adapter";
import { typeRow } from "./types.ts";
import { quoteName, quoteText } from "./spelling.ts";

/** The declared type of a column, as its row in `types.ts` stores it; a type in the model's own words stands as it is. */
export function declaredType(place: ValuePlace): string {
  return place.type.kind === "specific" ? specificType(place.type.sqlType, place) : typeRow(place.type, place).storage;
}

function specificType(sqlType: string | Readonly<Record<string, string>>, place: ValuePlace): string {
  if (typeof sqlType === "string") return sqlType;
  const own = Object.hasOwn(sqlType, "sqlite") ? sqlType["sqlite"] : undefined;
  if (own !== undefined) return own;
  throw new UnsupportedError({
    capability: `The type of column "${place.column}" of "${place.model}", which names other engines only,`,
    adapter: "sqlite",
    alternative: 'Add an entry for it, as in col.specific({ sqlite: "TEXT" }).',
    model: place.model,
    column: place.column,
  });
}

/**
 * What a logical type admits beyond its declared type, as the check that holds other programs to it. `undefined` where every
 * value of the declared type is good.
 */
export function typeCheck(type: ColumnType, name: string): string | undefined {
  const column = quoteName(name);
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
    case "bigInteger":
      return type.unsigned ? `${column} >= 0` : undefined;
    case "boolean":
      return `${column} in (0, 1)`;
    case "string":
    case "char":
      return `length(${column}) <= ${type.length}`;
    case "binary":
      return type.length === undefined ? undefined : `length(${column}) <= ${type.length}`;
    case "enum":
      return `${column} in (${type.values.map(quoteText).join(", ")})`;
    case "json":
    case "jsonb":
      return `json_valid(${column})`;
    case "set":
    case "array":
      return `json_valid(${column}) and json_type(${column}) = 'array'`;
    default:
      return undefined;
  }
}
