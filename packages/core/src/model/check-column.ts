import { ModelDefinitionError } from "../errors/errors.ts";
import type { ColumnDefinition } from "./column.ts";
import type { ColumnType } from "./column-type.ts";

/** Checks one column of a definition; gives it back typed. */
export function checkColumn(table: string, property: string, value: unknown): ColumnDefinition {
  const refuse = (what: string): never => {
    throw new ModelDefinitionError(`Column "${property}" of model "${table}" ${what}`, {
      model: table,
      column: property,
    });
  };
  if (property === "__proto__") refuse("cannot be named __proto__, which JavaScript keeps for itself.");
  if (!isColumn(value)) return refuse("is not a column. Make it with col, as in col.string().");
  const stray = value.unknownOptions[0];
  if (stray !== undefined) refuse(`has the option "${stray}", which this kind of column does not take.`);
  if (value.wrongOption !== undefined) refuse(value.wrongOption);
  if (value.generatedAs !== undefined && value.default !== undefined) {
    refuse("is computed by the database (generatedAs), so it cannot have a default.");
  }
  if (value.type.kind === "encrypted" && (value.primaryKey || value.unique || value.index)) {
    refuse("is encrypted and cannot be a key or have an index, since no two stored values look alike.");
  }
  const problem = typeProblem(value.type);
  if (problem !== undefined) refuse(problem);
  return value;
}

function isColumn(value: unknown): value is ColumnDefinition {
  return typeof value === "object" && value !== null && "type" in value && "unknownOptions" in value;
}

/** What is wrong with a type's own arguments, as the end of a sentence. */
function typeProblem(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "string":
    case "char":
      return positive(type.length) ? undefined : "needs a length of at least 1.";
    case "decimal":
      return decimalProblem(type.precision, type.scale);
    case "enum":
    case "set":
      return valuesProblem(type.values);
    case "datetime":
    case "timestamp":
    case "time":
      return type.precision === undefined ||
        (Number.isInteger(type.precision) && type.precision >= 0 && type.precision <= 6)
        ? undefined
        : "needs a precision between 0 and 6.";
    case "binary":
      return type.length === undefined || positive(type.length) ? undefined : "needs a length of at least 1 byte.";
    case "array":
      return typeProblem(type.inner);
    case "encrypted":
      return cipherProblem(type);
    default:
      return undefined;
  }
}

function positive(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function decimalProblem(precision: number | undefined, scale: number | undefined): string | undefined {
  if (precision !== undefined && !positive(precision)) return "needs a precision of at least 1.";
  if (scale !== undefined && !(Number.isSafeInteger(scale) && scale >= 0)) return "needs a scale of at least 0.";
  if (scale !== undefined && scale > (precision ?? scale)) return "has a scale larger than its precision.";
  return undefined;
}

function valuesProblem(values: readonly string[]): string | undefined {
  if (values.length === 0) return "needs at least one value.";
  if (values.some((value) => typeof value !== "string")) return "takes texts as values.";
  return new Set(values).size === values.length ? undefined : "names the same value twice.";
}

function cipherProblem({ cipher }: ColumnType & { kind: "encrypted" }): string | undefined {
  if (cipher.scheme === "asymmetric") return cipher.publicKey === "" ? "needs a publicKey in PEM form." : undefined;
  if (cipher.keys.length === 0) return "needs at least one encryption key.";
  if (cipher.keys.some((key) => key.id !== undefined && !/^[\w-]{1,32}$/.test(key.id))) {
    return "has a key id that is not 1 to 32 letters, digits, - or _.";
  }
  if (new Set(cipher.keys.map((key) => key.id ?? key.secret)).size !== cipher.keys.length)
    return "names the same key id twice.";
  const bytes = (secret: string | Uint8Array) =>
    (typeof secret === "string" ? new TextEncoder().encode(secret) : secret).length;
  return cipher.keys.some((key) => bytes(key.secret) < 16) ? "has an encryption key of less than 16 bytes." : undefined;
}
