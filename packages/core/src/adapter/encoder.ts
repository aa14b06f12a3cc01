import { NotNullViolationError } from "../errors/constraint-errors.ts";
import { InvalidValueError } from "../errors/errors.ts";
import type { ValuePlace } from "../operation/expression.ts";
import type { CodecFor } from "./codec.ts";

export type Encode = (value: unknown) => unknown;

/** How values of a place are encoded: the check for null, its own `prepare`, which may say null too, then the codec. */
export function encoderOf(place: ValuePlace, codecFor: CodecFor): Encode {
  const { encode } = codecFor(place);
  const { prepare } = place;
  const checked = (value: unknown): unknown => {
    if (value === null) return encodeNull(place);
    if (value === undefined) return refuseUndefined(place);
    return encode(value);
  };
  if (prepare === undefined) return checked;
  return (value) => checked(value === null || value === undefined ? value : prepare(value));
}

function encodeNull(place: ValuePlace): null {
  if (place.nullable) return null;
  throw new NotNullViolationError(`${place.model}.${place.column} may not be null.`, {
    table: place.model,
    columns: [place.column],
    model: place.model,
  });
}

function refuseUndefined(place: ValuePlace): never {
  throw new InvalidValueError(`${place.model}.${place.column} was given undefined; leave the key out, or give null.`, {
    model: place.model,
    column: place.column,
  });
}
