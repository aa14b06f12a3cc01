import { ModelDefinitionError } from "../errors/errors.ts";
import type { IndexPartInfo } from "./model-info.ts";

type Given = Readonly<Record<string, unknown>>;

/** A column as an index has it that says no more. */
export function plainPart(column: string): IndexPartInfo {
  return part({ column, expression: undefined });
}

/** The parts of an index, checked. `order` is that of the columns by name; `find` refuses a column that is none. */
export function indexParts(
  value: unknown,
  order: Given,
  find: (name: unknown) => string,
  table: string,
): readonly IndexPartInfo[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || given.length === 0) {
    throw new ModelDefinitionError(`"indexes" of model "${table}" needs a list of column names.`, { model: table });
  }
  return Object.freeze(
    given.map((one) => {
      if (typeof one !== "object" || one === null) {
        const column = find(one);
        return part({ column, expression: undefined, order: Object.hasOwn(order, column) ? order[column] : undefined });
      }
      return describedPart({ ...one }, find, table);
    }),
  );
}

const options: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  order: [(value) => value === "asc" || value === "desc", '"asc" or "desc"'],
  collation: [isText, "a text"],
  nulls: [(value) => value === "first" || value === "last", '"first" or "last"'],
  operatorClass: [isText, "a text"],
};
const ofColumn = { ...options, length: [isLength, "a whole number of at least 1"] as const };

function describedPart(given: Given, find: (name: unknown) => string, table: string): IndexPartInfo {
  const isColumn = given["column"] !== undefined;
  const known = isColumn ? ofColumn : options;
  for (const [name, value] of Object.entries(given)) {
    const own = name === (isColumn ? "column" : "expression");
    const rule = Object.entries(known).find(([option]) => option === name)?.[1];
    if (own || (rule !== undefined && (value === undefined || rule[0](value)))) continue;
    const what = rule === undefined ? "is not known there" : `must be ${rule[1]}`;
    throw new ModelDefinitionError(`"${name}" of a part of an index of model "${table}" ${what}.`, { model: table });
  }
  if (isColumn) return part({ ...given, column: find(given["column"]), expression: undefined });
  if (isText(given["expression"])) return part({ ...given, column: undefined });
  throw new ModelDefinitionError(
    `An index of model "${table}" has a part that is neither a column nor an expression.`,
    { model: table },
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function part(given: Given): IndexPartInfo {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === "string" ? value : undefined;
  };
  const { length, nulls } = given;
  return Object.freeze({
    column: text("column"),
    expression: text("expression"),
    order: given["order"] === "desc" ? "desc" : "asc",
    collation: text("collation"),
    length: typeof length === "number" ? length : undefined,
    nulls: nulls === "first" || nulls === "last" ? nulls : undefined,
    operatorClass: text("operatorClass"),
  });
}
