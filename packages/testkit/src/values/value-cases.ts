import { documentValues } from "./document-values.ts";
import { numberValues } from "./number-values.ts";
import { textValues } from "./text-values.ts";
import { timeValues } from "./time-values.ts";
import type { ValueCase } from "./value-case.ts";

/** Every column type that engines share, with its edge values. */
export const valueCases: readonly ValueCase[] = [...numberValues, ...textValues, ...timeValues, ...documentValues];

/** The case of a name, for an engine that holds it in part: what it does hold is a case of its own. */
export function valueCase(name: string): ValueCase {
  const found = valueCases.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new TypeError(`There is no value case "${name}".`);
}
