import { InvalidQueryError } from "../errors/errors.ts";
import type { ModelInfo } from "../model/model-info.ts";

/** The options that a caller gave to a method, by name. Only an object of options that the method knows is taken. */
export function readOptions(
  info: ModelInfo,
  method: string,
  given: unknown,
  known: readonly string[],
): ReadonlyMap<string, unknown> {
  if (given === undefined) return new Map();
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  const options = isObject ? Object.entries(given) : [];
  const [stray] = options.find(([name]) => !known.includes(name)) ?? [];
  if (isObject && stray === undefined) return new Map(options);
  throw new InvalidQueryError(
    `${method} takes its options as an object of: ${known.join(", ")}.` +
      (stray === undefined ? "" : ` It does not know ${JSON.stringify(stray)}.`),
    { model: info.table },
  );
}
