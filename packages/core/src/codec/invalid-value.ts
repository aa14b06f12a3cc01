import { InvalidValueError } from "../errors/errors.ts";
import type { ValuePlace } from "../operation/expression.ts";

/** `invalidValue(place, "must be a whole number")` says "users.age must be a whole number."; the value itself is never told. */
export function invalidValue(place: ValuePlace, what: string, cause?: unknown): InvalidValueError {
  const name = place.model === "" ? place.column : `${place.model}.${place.column}`;
  return new InvalidValueError(`${name} ${what}.`, { model: place.model, column: place.column, cause });
}

/** For a stored value that this column can never have written. */
export function unreadable(place: ValuePlace, expected: string): InvalidValueError {
  return invalidValue(
    place,
    `holds a stored value that is not ${expected}; declare the column by what is stored in it`,
  );
}
