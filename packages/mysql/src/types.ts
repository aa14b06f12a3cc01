import { UnsupportedError, type Codec, type ColumnKind, type ColumnType, type ValuePlace } from "@mortise/core/adapter";
import { plainForm, template, type Encode, type JsonForm } from "@mortise/sql";
import {
  arrayDecoder,
  arrayEncoder,
  autoInteger,
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
  shapedEncoder,
  smallIntegerEncoder,
  textEncoder,
  textShapes,
  timeDecoder,
  timeEncoder,
  type EntryForm,
} from "@mortise/sql/codecs";
import { RawNode, type OperationNode } from "kysely";
import { anyEncoder } from "./any-codec.ts";
import { bigDecoder, bigEncoder } from "./integer-codec.ts";
import { digitsForm, flagForm, hexForm, textForm } from "./json-form.ts";
import { listForms, type ListForm } from "./list-form.ts";
import type { Server } from "./server.ts";
import { setDecoder, setLabels, setTextEncoder } from "./set-codec.ts";
import { quoteText } from "./spelling.ts";

/** The column type of one kind: `TypeOf<"string">` is the type with a length. */
type TypeOf<K extends ColumnKind, T extends ColumnType = ColumnType> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? T
    : never
  : never;

/** Everything the adapter has to know of one logical type. */
export interface TypeRow<T> {
  /** The declared type, as the server itself spells it. */
  readonly declared: (type: T) => string;
  readonly encode: (type: T, place: ValuePlace) => Encode;
  /** `undefined` where the driver's value is already right. */
  readonly decode: (type: T, place: ValuePlace) => Encode | undefined;
  readonly list: (type: T, server: Server) => ListForm;
  /** A parameter, where the server would compare its text with the column in another way than by value. */
  readonly cast?: (type: T, server: Server) => ((parameter: OperationNode) => OperationNode) | undefined;
  /** Whether the server gives back exactly what `encode` made. */
  readonly stored?: "decode";
  /** How an entry of an array of this type stands in JSON. */
  readonly entry: EntryForm;
  /** How a column of this type stands in the JSON of a relation's rows. */
  readonly json: JsonForm;
}

const asStored = () => undefined;
const asText = () => listForms.text;

const same: EntryForm = { toJson: (encoded) => encoded, fromJson: (entry) => entry };

/** JSON numbers are doubles: beyond them an integer is written as text. */
const wide: EntryForm = {
  toJson: (encoded) => {
    const whole = typeof encoded === "bigint" ? autoInteger(encoded) : encoded;
    return typeof whole === "bigint" ? String(whole) : whole;
  },
  fromJson: (entry) => entry,
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

const integerNames = {
  tinyInteger: "tinyint",
  smallInteger: "smallint",
  mediumInteger: "mediumint",
  integer: "int",
  bigInteger: "bigint",
} as const;

interface Whole {
  readonly kind: keyof typeof integerNames;
  readonly unsigned: boolean;
}

const declaredInteger = ({ kind, unsigned }: Whole): string => `${integerNames[kind]}${unsigned ? " unsigned" : ""}`;
const integerList = ({ unsigned }: Whole): ListForm => (unsigned ? listForms.unsigned : listForms.integer);

const smallInteger: TypeRow<TypeOf<"integer">> = {
  declared: declaredInteger,
  encode: (type, place) => smallIntegerEncoder(type.kind, type.unsigned, place),
  decode: asStored,
  list: integerList,
  stored: "decode",
  entry: same,
  json: plainForm,
};

/** One floating-point type of 8 bytes: 4 bytes would not give back what was written. */
const float: TypeRow<TypeOf<"float">> = {
  declared: () => "double",
  encode: (_, place) => floatEncoder(place),
  decode: (_, place) => floatDecoder(place),
  list: () => listForms.real,
  stored: "decode",
  entry: same,
  json: plainForm,
};

/** The longest `varchar` of four-byte characters that fits into a row. */
const longestVarchar = 16_000;

/** `char` cuts trailing blanks off, so that it is `varchar` too. */
const sizedText: TypeRow<TypeOf<"string">> = {
  declared: ({ length }) => (length > longestVarchar ? "longtext" : `varchar(${length})`),
  encode: (type, place) => textEncoder(place, type.length),
  decode: asStored,
  list: asText,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const text: TypeRow<TypeOf<"text">> = {
  declared: ({ kind }) => (kind === "mediumText" ? "mediumtext" : "longtext"),
  encode: (_, place) => (value) => cleanText(value, place),
  decode: asStored,
  list: asText,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const shapeLengths = { uuid: 36, ulid: 26, objectId: 24 } as const;

const shapedText: TypeRow<TypeOf<"uuid">> = {
  declared: ({ kind }) => `char(${shapeLengths[kind]})`,
  encode: (type, place) => shapedEncoder(textShapes[type.kind], place),
  decode: asStored,
  list: asText,
  stored: "decode",
  entry: same,
  json: plainForm,
};

const asJson = (parameter: OperationNode): OperationNode => template`cast(${parameter} as json)`;

const json: TypeRow<TypeOf<"json">> = {
  declared: () => "json",
  encode: (_, place) => jsonEncoder(place),
  decode: (_, place) => jsonDecoder(place),
  list: (_, { jsonType }) => (jsonType ? listForms.document : listForms.text),
  cast: (_, { jsonType }) => (jsonType ? asJson : undefined),
  entry: document,
  json: textForm,
};

/** DATETIME rather than TIMESTAMP, which ends in 2038; always in UTC. */
const instant: TypeRow<TypeOf<"datetime">> = {
  declared: ({ precision }) => `datetime${precisionOf(precision)}`,
  encode: (type, place) => instantEncoder(type, place),
  decode: (type, place) => instantDecoder(type, place),
  list: () => listForms.instant,
  stored: "decode",
  entry: same,
  json: textForm,
};

function precisionOf(precision = 6): string {
  return precision === 0 ? "" : `(${precision})`;
}

const anything: Omit<TypeRow<unknown>, "cast"> = {
  declared: () => "longtext",
  encode: (_, place) => anyEncoder(place),
  decode: asStored,
  list: asText,
  entry: wide,
  json: textForm,
};

/** A type in the model's own words; `mysql` and `mariadb` name the same engine map entry for both families. */
function specificType(sqlType: TypeOf<"specific">["sqlType"]): string {
  if (typeof sqlType === "string") return sqlType;
  const own = Object.hasOwn(sqlType, "mysql") ? sqlType["mysql"] : undefined;
  if (own !== undefined) return own;
  throw new UnsupportedError({
    capability: "A specific type that names other engines only",
    adapter: "mysql",
    alternative: 'Add an entry for it, as in col.specific({ mysql: "longtext" }).',
  });
}

/** Digits before and behind the point. A decimal without limits gets the most that the engine has. */
function decimalDigits({ precision, scale }: TypeOf<"decimal">): { precision: number; scale: number } {
  if (precision === undefined && scale === undefined) return { precision: 65, scale: 30 };
  return { precision: precision ?? 65, scale: scale ?? 0 };
}

/** One row for each logical type; `undefined` for what the engine cannot hold. */
export const types: { readonly [K in ColumnKind]: TypeRow<TypeOf<K>> | undefined } = {
  any: anything,
  specific: { ...anything, declared: ({ sqlType }) => specificType(sqlType) },
  tinyInteger: smallInteger,
  smallInteger,
  mediumInteger: smallInteger,
  integer: smallInteger,
  bigInteger: {
    declared: declaredInteger,
    encode: (type, place) => bigEncoder(type, place),
    decode: (type, place) => bigDecoder(type.mode, place),
    list: integerList,
    stored: "decode",
    entry: wide,
    json: digitsForm,
  },
  float,
  double: float,
  real: float,
  decimal: {
    declared: (type) => `decimal(${decimalDigits(type).precision},${decimalDigits(type).scale})`,
    encode: (type, place) => decimalEncoder({ ...type, ...decimalDigits(type) }, place),
    decode: (type, place) => decimalDecoder(type, place),
    list: (type) => listForms.decimal(decimalDigits(type).scale),
    cast: (type) => {
      const limits = RawNode.createWithSql(`65, ${decimalDigits(type).scale}`);
      return (parameter) => template`cast(${parameter} as decimal(${limits}))`;
    },
    entry: same,
    json: textForm,
  },
  string: sizedText,
  char: sizedText,
  text,
  mediumText: text,
  longText: text,
  boolean: {
    declared: () => "tinyint(1)",
    encode: (_, place) => booleanEncoder(place),
    decode: (_, place) => booleanDecoder(place),
    list: () => listForms.integer,
    stored: "decode",
    entry: flag,
    json: flagForm,
  },
  json,
  jsonb: json,
  date: {
    declared: () => "date",
    encode: (_, place) => dateEncoder(place),
    decode: (type, place) => dateDecoder(type, place),
    list: () => listForms.date,
    stored: "decode",
    entry: same,
    json: textForm,
  },
  datetime: instant,
  timestamp: instant,
  time: {
    declared: ({ precision }) => `time${precisionOf(precision)}`,
    encode: (type, place) => timeEncoder(type, place),
    decode: (type, place) => timeDecoder(type, place),
    list: () => listForms.time,
    stored: "decode",
    entry: same,
    json: textForm,
  },
  uuid: shapedText,
  ulid: shapedText,
  objectId: shapedText,
  binary: {
    declared: ({ length }) => (length === undefined || length > 65_000 ? "longblob" : `varbinary(${length})`),
    encode: (type, place) => binaryEncoder(type.length, place),
    decode: (_, place) => binaryDecoder(place),
    list: () => listForms.bytes,
    entry: base64,
    json: hexForm,
  },
  enum: {
    declared: ({ values }) => `enum(${values.map(quoteText).join(",")})`,
    encode: (type, place) => enumEncoder(type.values, place),
    decode: asStored,
    list: asText,
    stored: "decode",
    entry: same,
    json: textForm,
  },
  set: {
    declared: ({ values }) => `set(${setLabels(values).map(quoteText).join(",")})`,
    encode: (type, place) => setTextEncoder(type.values, place),
    decode: (_, place) => setDecoder(place),
    list: asText,
    stored: "decode",
    entry: same,
    json: textForm,
  },
  array: {
    declared: () => "json",
    encode: (type, place) => {
      const inner = typeRow(type.inner, place);
      return arrayEncoder(inner.encode(type.inner, place), inner.entry, place);
    },
    decode: (type, place) => {
      const inner = typeRow(type.inner, place);
      return arrayDecoder(inner.decode(type.inner, place), inner.entry, place);
    },
    list: (_, { jsonType }) => (jsonType ? listForms.document : listForms.text),
    cast: (_, { jsonType }) => (jsonType ? asJson : undefined),
    entry: document,
    json: textForm,
  },
  encrypted: {
    declared: () => "longtext",
    encode: (type, place) => encryptedEncoder(type.cipher, place),
    decode: (type, place) => encryptedDecoder(type.cipher, place),
    list: asText,
    entry: same,
    json: plainForm,
  },
  inet: undefined,
  macaddr: undefined,
  tsvector: undefined,
  range: undefined,
  vector: undefined,
  geometry: { ...anything, declared: ({ of }) => of.toLowerCase() },
};

/** The kinds of columns that the engine can hold. */
export const columnKinds: readonly ColumnKind[] = Object.keys(types).filter(isHeld);

function isHeld(kind: string): kind is ColumnKind {
  return Object.entries(types).some(([name, row]) => name === kind && row !== undefined);
}

/** The row of a type. Refuses by name what the engine cannot hold. */
export function typeRow(type: ColumnType, place: ValuePlace): TypeRow<ColumnType> {
  const row = rowOf(type.kind);
  if (row !== undefined) return row;
  throw new UnsupportedError({
    capability: `The column type "${type.kind}" of ${place.model}.${place.column}`,
    adapter: "mysql",
    alternative: `Use a text or JSON column, or col.specific<T>({ mysql: "longtext" }) with serialize and prepare.`,
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
  const { encode, decode, stored } = typeRow(place.type, place);
  return { encode: encode(place.type, place), decode: decode(place.type, place), stored };
}
