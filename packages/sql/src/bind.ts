import { InvalidValueError, NotNullViolationError, type CodecFor, type ValuePlace } from "@mortise/core/adapter";

export type Encode = (value: unknown) => unknown;

/** One parameter of a compiled statement: which caller value it takes, and how that value is encoded. */
export interface Bind {
  readonly slot: number;
  readonly encode: Encode;
}

/** Encodes all parameters of a statement, in the order of its SQL. Throws before anything is sent. */
export function encodeBinds(binds: readonly Bind[], values: readonly unknown[]): unknown[] {
  const encoded: unknown[] = [];
  for (const bind of binds) encoded.push(bind.encode(values[bind.slot]));
  return encoded;
}

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

/** Refuses anything that is not a scalar, for values without a column: parameters of raw text. */
export function scalarOf(value: unknown): string | number | bigint | boolean | Date | Uint8Array | null {
  switch (typeof value) {
    case "string":
    case "bigint":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      throw new InvalidValueError("A raw parameter is NaN or infinite; give a finite number.");
    default:
      if (value === null || value instanceof Date || value instanceof Uint8Array) return value;
      throw new InvalidValueError(
        "A raw parameter must be a string, number, bigint, boolean, Date, Uint8Array or null; encode anything else yourself.",
      );
  }
}
