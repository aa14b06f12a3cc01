import { ModelDefinitionError, type ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "@mortise/sql";
import { invalidValue, unreadable } from "@mortise/sql/codecs";

/** The labels of a SET column, which the engine keeps as one text with commas. */
export function setLabels(values: readonly string[]): readonly string[] {
  const odd = values.find((value) => value.includes(",") || value === "" || value.endsWith(" "));
  if (odd === undefined && values.length <= 64) return values;
  throw new ModelDefinitionError(
    odd === undefined
      ? "A set has at most 64 values on MySQL."
      : `The set value ${JSON.stringify(odd)} cannot be kept by MySQL: it is empty, has a comma or ends in a blank.`,
  );
}

/** Writes a set as its labels in the order in which they were declared. */
export function setTextEncoder(values: readonly string[], place: ValuePlace): Encode {
  return (value: unknown): string => {
    if (!Array.isArray(value)) throw invalidValue(place, "must be an array");
    const given = new Set<unknown>(value);
    if (given.size !== value.length) throw invalidValue(place, "must be a set: no value may be there twice");
    const known = values.filter((one) => given.has(one));
    if (known.length === given.size) return known.join(",");
    throw invalidValue(place, `takes only ${values.map((one) => JSON.stringify(one)).join(", ")}`);
  };
}

export function setDecoder(place: ValuePlace): Encode {
  return (raw: unknown): string[] | null => {
    if (raw === null) return null;
    if (typeof raw !== "string") throw unreadable(place, "a set");
    return raw === "" ? [] : raw.split(",");
  };
}
