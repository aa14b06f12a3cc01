import { UnsupportedError, type Codec, type ColumnKind, type ColumnType, type ValuePlace } from "@mortise/core/adapter";
import { plainForm, type Encode, type JsonForm } from "@mortise/sql";
import { anyEncoder, decodeAny } from "./any-codec.ts";
import {
  type EntryForm,
  arrayDecoder,
  arrayEncoder,
  autoInteger,
  bigIntegerDecoder,
  bigIntegerEncoder,
  binaryDecoder,
  binaryEncoder,
  booleanDecoder,
  booleanEncoder,
  cleanText,
  dateDecoder,
  dateEncoder,
  decimalDecoder,
  decimalEncoder,
  encryptedDecoder,
  encryptedEncoder,
  enumEncoder,
  floatDecoder,
  floatEncoder,
  instantDecoder,
  instantEncoder,
  jsonDecoder,
  jsonEncoder,
  setEncoder,
  shapedEncoder,
  smallIntegerDecoder,
  smallIntegerEncoder,
  textEncoder,
  textShapes,
  timeDecoder,
  timeEncoder,
} from "@mortise/sql/codecs";
import { digitsForm, hexForm, markedForm } from "./json-form.ts";
import { listForms, type ListForm } from "./list-form.ts";

/** The column type of one kind: `TypeOf<"string">` is the type with a length. */
type TypeOf<K extends ColumnKind, T extends ColumnType = ColumnType> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? T
    : never
  : never;

/** Everything SQLite has to know of one logical type. */
export interface TypeRow<T> {
  /** The declared type, also in STRICT tables. */
  readonly storage: "INTEGER" | "REAL" | "TEXT" | "BLOB" | "ANY";
  readonly encode: (type: T, place: ValuePlace) => Encode;
  /** `undefined` where the driver's value is already right. */
  readonly decode: (type: T, place: ValuePlace) => Encode | undefined;
  /** Set where `decode` only checks. */
  readonly checks?: true;
  /** Set where the engine keeps and gives back exactly what `encode` made. */
  readonly stored?: "decode";
  readonly list: ListForm;
  /** How an entry of an array of this type stands in JSON. */
  readonly entry: EntryForm;
  /** How a column of this type stands in the JSON of a relation's rows. */
  readonly json: JsonForm;
}

/** Text comes from the driver as it is wanted. */
const asStored = () => undefined;

const same: EntryForm = { toJson: (encoded) => encoded, fromJson: (entry) => entry };

/** JSON numbers are doubles: beyond them an integer is written as text. */
const wide: EntryForm = {
  toJson: (encoded) => {
    if (typeof encoded !== "bigint") return encoded;
    const integer = autoInteger(encoded);
    return typeof integer === "bigint" ? String(integer) : integer;
  },
  fromJson: (entry) => (typeof entry === "string" && /^-?\d+$/.test(entry) ? BigInt(entry) : entry),
};

const flag: EntryForm = {
  toJson: (encoded) => encoded === 1,
  fromJson: (entry) => (typeof entry === "boolean" ? Number(entry) : entry),
};

const base64: EntryForm = {
  toJson: (encoded) => (Buffer.isBuffer(encoded) ? encoded.toString("base64") : encoded),
  fromJson: (entry) => (typeof entry === "string" ? Buffer.from(entry, "base64") : entry),
};

const document: EntryForm = {
  toJson: (encoded) => JSON.parse(String(encoded)),
  fromJson: (entry) => JSON.stringify(entry),
};

const smallInteger: TypeRow<TypeOf<"integer">> = {
  storage: "INTEGER",
  encode: (type, place) => smallIntegerEncoder(type.kind, type.unsigned, place),
  decode: (_, place) => smallIntegerDecoder(place),
  checks: true,
  list: listForms.plain,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const float: TypeRow<TypeOf<"float">> = {
  storage: "REAL",
  encode: (_, place) => floatEncoder(place),
  decode: (_, place) => floatDecoder(place),
  list: listForms.real,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const sizedText: TypeRow<TypeOf<"string">> = {
  storage: "TEXT",
  encode: (type, place) => textEncoder(place, type.length),
  decode: asStored,
  list: listForms.plain,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const text: TypeRow<TypeOf<"text">> = {
  storage: "TEXT",
  encode: (_, place) => (value) => cleanText(value, place),
  decode: asStored,
  list: listForms.plain,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const shapedText: TypeRow<TypeOf<"uuid">> = {
  storage: "TEXT",
  encode: (type, place) => shapedEncoder(textShapes[type.kind], place),
  decode: asStored,
  list: listForms.plain,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const json: TypeRow<TypeOf<"json">> = {
  storage: "TEXT",
  encode: (_, place) => jsonEncoder(place),
  decode: (_, place) => jsonDecoder(place),
  list: listForms.plain,
  stored: "decode",
  entry: document,
  json: plainForm,
};

const instant: TypeRow<TypeOf<"datetime">> = {
  storage: "TEXT",
  encode: (type, place) => instantEncoder(type, place),
  decode: (type, place) => instantDecoder(type, place),
  list: listForms.plain,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const anything: TypeRow<TypeOf<"any"> | TypeOf<"specific">> = {
  storage: "ANY",
  encode: (_, place) => anyEncoder(place),
  decode: () => decodeAny,
  list: listForms.mixed,
  entry: wide,
  json: markedForm,
};

/** One row for each logical type; `undefined` for what SQLite cannot hold. */
export const types: { readonly [K in ColumnKind]: TypeRow<TypeOf<K>> | undefined } = {
  any: anything,
  specific: anything,
  tinyInteger: smallInteger,
  smallInteger,
  mediumInteger: smallInteger,
  integer: smallInteger,
  bigInteger: {
    storage: "INTEGER",
    encode: (type, place) => bigIntegerEncoder(type, place),
    decode: (type, place) => bigIntegerDecoder(type.mode, place),
    list: listForms.plain,
    stored: "decode",
    entry: wide,
    json: digitsForm,
  },
  float,
  double: float,
  real: float,
  decimal: {
    storage: "TEXT",
    encode: (type, place) => decimalEncoder(type, place),
    decode: (type, place) => decimalDecoder(type, place),
    list: listForms.plain,
    stored: "decode",
    entry: same,
    json: plainForm,
  },
  string: sizedText,
  char: sizedText,
  text,
  mediumText: text,
  longText: text,
  boolean: {
    storage: "INTEGER",
    encode: (_, place) => booleanEncoder(place),
    decode: (_, place) => booleanDecoder(place),
    list: listForms.plain,
    stored: "decode",
    entry: flag,
    json: plainForm,
  },
  json,
  jsonb: json,
  date: {
    storage: "TEXT",
    encode: (_, place) => dateEncoder(place),
    decode: (type, place) => dateDecoder(type, place),
    list: listForms.plain,
    stored: "decode",
    entry: same,
    json: plainForm,
  },
  datetime: instant,
  timestamp: instant,
  time: {
    storage: "TEXT",
    encode: (type, place) => timeEncoder(type, place),
    decode: (type, place) => timeDecoder(type, place),
    list: listForms.plain,
    stored: "decode",
    entry: same,
    json: plainForm,
  },
  uuid: shapedText,
  ulid: shapedText,
  objectId: shapedText,
  binary: {
    storage: "BLOB",
    encode: (type, place) => binaryEncoder(type.length, place),
    decode: (_, place) => binaryDecoder(place),
    list: listForms.bytes,
    entry: base64,
    json: hexForm,
  },
  enum: {
    storage: "TEXT",
    encode: (type, place) => enumEncoder(type.values, place),
    decode: asStored,
    list: listForms.plain,
    stored: "decode",
    entry: same,
    json: plainForm,
  },
  set: {
    storage: "TEXT",
    encode: (type, place) => setEncoder(type.values, place),
    decode: (_, place) => arrayDecoder(undefined, same, place),
    list: listForms.plain,
    stored: "decode",
    entry: document,
    json: plainForm,
  },
  array: {
    storage: "TEXT",
    encode: (type, place) => {
      const inner = typeRow(type.inner, place);
      return arrayEncoder(inner.encode(type.inner, place), inner.entry, place);
    },
    decode: (type, place) => {
      const inner = typeRow(type.inner, place);
      return arrayDecoder(inner.decode(type.inner, place), inner.entry, place);
    },
    list: listForms.plain,
    stored: "decode",
    entry: document,
    json: plainForm,
  },
  encrypted: {
    storage: "TEXT",
    encode: (type, place) => encryptedEncoder(type.cipher, place),
    decode: (type, place) => encryptedDecoder(type.cipher, place),
    list: listForms.plain,
    entry: same,
    json: plainForm,
  },
  inet: undefined,
  macaddr: undefined,
  tsvector: undefined,
  range: undefined,
  vector: undefined,
  geometry: undefined,
};

/** The kinds of columns that SQLite can hold. */
export const columnKinds: readonly ColumnKind[] = Object.keys(types).filter(isHeld);

function isHeld(kind: string): kind is ColumnKind {
  return Object.entries(types).some(([name, row]) => name === kind && row !== undefined);
}

/** The row of a type. Refuses by name what SQLite cannot hold. */
export function typeRow(type: ColumnType, place: ValuePlace): TypeRow<ColumnType> {
  const row = rowOf(type.kind);
  if (row !== undefined) return row;
  throw new UnsupportedError({
    capability: `The column type "${type.kind}" of ${place.model}.${place.column}`,
    adapter: "sqlite",
    alternative: `Use a text or JSON column, or col.specific<T>({ sqlite: "TEXT" }) with serialize and prepare.`,
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
  return {
    encode: row.encode(place.type, place),
    decode: row.decode(place.type, place),
    checks: row.checks,
    stored: row.stored,
  };
}
