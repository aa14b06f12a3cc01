import {
  UnsupportedError,
  type Codec,
  type ColumnKind,
  type ColumnType,
  type ValuePlace,
  type Encode,
} from "@mortise/core/adapter";
import {
  bigIntegerDecoder,
  bigIntegerEncoder,
  cleanText,
  dateDecoder,
  dateEncoder,
  enumEncoder,
  invalidValue,
  shapedEncoder,
  smallIntegerDecoder,
  smallIntegerEncoder,
  textEncoder,
  textShapes,
  timeDecoder,
  timeEncoder,
} from "@mortise/core/codecs";
import { Double, ObjectId } from "mongodb";
import { binaryDecoder, binaryEncoder } from "./codec/binary-codec.ts";
import { decimal128Decoder, decimal128Encoder } from "./codec/decimal-codec.ts";
import { documentDecoder, documentEncoder } from "./codec/document-codec.ts";
import { instantDecoder, instantEncoder } from "./codec/instant-codec.ts";
import { arrayDecoder, arrayEncoder, setEncoder } from "./codec/list-codec.ts";
import { numberDecoder } from "./codec/number-codec.ts";
import { anyEncoder } from "./codec/any-codec.ts";

/** The column type of one kind: `TypeOf<"string">` is the type with a length. */
type TypeOf<K extends ColumnKind, T extends ColumnType = ColumnType> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? T
    : never
  : never;

/** Everything MongoDB has to know of one logical type. */
export interface TypeRow<T> {
  /** The BSON types that a validator lets through; none lets all through. */
  readonly bson: readonly string[];
  readonly encode: (type: T, place: ValuePlace) => Encode;
  /** `undefined` where the driver's value is already right. */
  readonly decode: (type: T, place: ValuePlace) => Encode | undefined;
  /** Set where `decode` only checks. */
  readonly checks?: true;
}

const asStored = () => undefined;

/** The driver takes a number beyond 32 bits with a sign for a double. */
function wholeNumber(value: number): number | bigint {
  return value > 2 ** 31 - 1 ? BigInt(value) : value;
}

const smallInteger: TypeRow<TypeOf<"integer">> = {
  bson: ["int", "long"],
  encode: (type, place) => {
    const encode = smallIntegerEncoder(type.kind, type.unsigned, place);
    return (value) => wholeNumber(Number(encode(value)));
  },
  decode: (_, place) => smallIntegerDecoder(place),
};

const float: TypeRow<TypeOf<"float">> = {
  bson: ["double", "int", "long"],
  encode: (_, place) => (value) => {
    if (typeof value === "number" && Number.isFinite(value)) return new Double(value + 0);
    throw invalidValue(place, "must be a finite number");
  },
  decode: (_, place) => numberDecoder(place),
};

const sizedText: TypeRow<TypeOf<"string">> = {
  bson: ["string"],
  encode: (type, place) => textEncoder(place, type.length),
  decode: asStored,
};

const text: TypeRow<ColumnType> = {
  bson: ["string"],
  encode: (_, place) => (value) => cleanText(value, place),
  decode: asStored,
};

const document: TypeRow<TypeOf<"json">> = {
  bson: [],
  encode: (_, place) => documentEncoder(place),
  decode: (_, place) => documentDecoder(place),
};

const instant: TypeRow<TypeOf<"datetime">> = {
  bson: ["date"],
  encode: (type, place) => instantEncoder(type, place),
  decode: (type, place) => instantDecoder(type, place),
};

function shaped(kind: "uuid" | "ulid"): TypeRow<ColumnType> {
  return { bson: ["string"], encode: (_, place) => shapedEncoder(textShapes[kind], place), decode: asStored };
}

const types: { readonly [K in ColumnKind]: TypeRow<TypeOf<K>> | undefined } = {
  any: { bson: [], encode: (_, place) => anyEncoder(place), decode: asStored },
  tinyInteger: smallInteger,
  smallInteger,
  mediumInteger: smallInteger,
  integer: smallInteger,
  bigInteger: {
    bson: ["long", "int"],
    encode: (type, place) => bigIntegerEncoder(type, place),
    decode: (type, place) => bigIntegerDecoder(type.mode, place),
  },
  float,
  double: float,
  real: float,
  decimal: {
    bson: ["decimal"],
    encode: (type, place) => decimal128Encoder(type, place),
    decode: (type, place) => decimal128Decoder(type, place),
  },
  string: sizedText,
  char: sizedText,
  text,
  mediumText: text,
  longText: text,
  boolean: {
    bson: ["bool"],
    encode: (_, place) => (value) => {
      if (typeof value === "boolean") return value;
      throw invalidValue(place, "must be true or false");
    },
    decode: asStored,
  },
  json: document,
  jsonb: document,
  date: {
    bson: ["string"],
    encode: (_, place) => dateEncoder(place),
    decode: (type, place) => dateDecoder(type, place),
  },
  datetime: instant,
  timestamp: instant,
  time: {
    bson: ["string"],
    encode: (type, place) => timeEncoder(type, place),
    decode: (type, place) => timeDecoder(type, place),
  },
  uuid: shaped("uuid"),
  ulid: shaped("ulid"),
  objectId: {
    bson: ["objectId"],
    encode: (_, place) => {
      const encode = shapedEncoder(textShapes.objectId, place);
      return (value) => ObjectId.createFromHexString(String(encode(value)));
    },
    decode: () => (raw) => (raw instanceof ObjectId ? raw.toHexString() : raw),
  },
  binary: {
    bson: ["binData"],
    encode: (type, place) => binaryEncoder(type.length, place),
    decode: (_, place) => binaryDecoder(place),
  },
  enum: { bson: ["string"], encode: (type, place) => enumEncoder(type.values, place), decode: asStored },
  set: { bson: ["array"], encode: (type, place) => setEncoder(type.values, place), decode: asStored },
  array: {
    bson: ["array"],
    encode: (type, place) => arrayEncoder(codecFor({ ...place, type: type.inner }).encode, place),
    decode: (type, place) => arrayDecoder(codecFor({ ...place, type: type.inner }).decode, place),
  },
  // Its rule is what it says itself: see `type-rule.ts`.
  specific: { bson: [], encode: (_, place) => anyEncoder(place), decode: asStored },
  encrypted: undefined,
  inet: undefined,
  macaddr: undefined,
  tsvector: undefined,
  range: undefined,
  vector: undefined,
  geometry: undefined,
};

/** The kinds of columns that MongoDB can hold. */
export const columnKinds: readonly ColumnKind[] = Object.keys(types).filter(isHeld);

function isHeld(kind: string): kind is ColumnKind {
  return Object.entries(types).some(([name, row]) => name === kind && row !== undefined);
}

/** The row of a type. Refuses by name what MongoDB cannot hold. */
export function typeRow(type: ColumnType, place: Pick<ValuePlace, "model" | "column">): TypeRow<ColumnType> {
  const row = rowOf(type.kind);
  if (row !== undefined) return row;
  throw new UnsupportedError({
    capability: `The column type "${type.kind}" of ${place.model}.${place.column}`,
    adapter: "mongodb",
    alternative: "Use a text or JSON column with serialize and prepare.",
    model: place.model,
    column: place.column,
  });
}

/** The record pairs each kind with a row for its type; TypeScript cannot follow the pairing through an index. */
function rowOf(kind: ColumnKind): TypeRow<ColumnType> | undefined {
  return types[kind] as TypeRow<ColumnType> | undefined;
}

/** How values of a place are written and read. */
export function codecFor(place: ValuePlace): Codec {
  const row = typeRow(place.type, place);
  return { encode: row.encode(place.type, place), decode: row.decode(place.type, place), checks: row.checks };
}
