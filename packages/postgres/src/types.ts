import { UnsupportedError, type Codec, type ColumnKind, type ColumnType, type ValuePlace } from "@mortise/core/adapter";
import { scalarOf, type Encode, type JsonForm } from "@mortise/sql";
import {
  bigIntegerEncoder,
  binaryEncoder,
  cleanText,
  dateDecoder,
  dateEncoder,
  decimalDecoder,
  decimalEncoder,
  encryptedDecoder,
  encryptedEncoder,
  enumEncoder,
  floatEncoder,
  invalidValue,
  jsonDecoder,
  jsonEncoder,
  shapedEncoder,
  smallIntegerEncoder,
  textEncoder,
  textShapes,
  timeDecoder,
  timeEncoder,
} from "@mortise/sql/codecs";
import { arrayDecoder, arrayEncoder, setEncoder } from "./array-codec.ts";
import {
  bigIntegerTextDecoder,
  booleanEncoder,
  decodeBoolean,
  decodeBytes,
  decodeNumber,
  zonedInstantDecoder,
  zonedInstantEncoder,
} from "./scalar-codec.ts";
import { textForm, typedForm } from "./json-form.ts";
import { quoteName } from "./spelling.ts";

/** The column type of one kind: `TypeOf<"string">` is the type with a length. */
type TypeOf<K extends ColumnKind, T extends ColumnType = ColumnType> = T extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? T
    : never
  : never;

/** Everything PostgreSQL has to know of one logical type. */
export interface TypeRow<T> {
  /** The declared type, as `format_type` writes it. */
  readonly storage: (type: T, place: ValuePlace) => string;
  /** Text that sorts and compares by its bytes, as on every engine. */
  readonly text: boolean;
  readonly encode: (type: T, place: ValuePlace) => Encode;
  /** `undefined` where the server's text is the value. */
  readonly decode: (type: T, place: ValuePlace) => Encode | undefined;
  /** The type of the entries of an array that holds values of many rows; absent where an array could hold them otherwise. */
  readonly listed?: ((type: T, place: ValuePlace) => string) | undefined;
  /** What a read of the encoded value would give, where the server stores exactly that. */
  readonly stored?: ((type: T, place: ValuePlace) => Encode | undefined) | undefined;
  /** How a column of this type stands in the JSON of a relation's rows. */
  readonly json: JsonForm;
}

const asStored = () => undefined;
/** The encoded value is what is read. */
const asEncoded = () => same;

function same(encoded: unknown): unknown {
  return encoded;
}

function row<T>(
  storage: string | ((type: T, place: ValuePlace) => string),
  encode: TypeRow<T>["encode"],
  decode: TypeRow<T>["decode"] = asStored,
): TypeRow<T> {
  return {
    storage: typeof storage === "string" ? () => storage : storage,
    text: false,
    encode,
    decode,
    json: textForm,
  };
}

function textRow<T>(
  storage: string | ((type: T) => string),
  encode: TypeRow<T>["encode"],
  decode?: TypeRow<T>["decode"],
) {
  return {
    ...row<T>(storage, encode, decode),
    text: true,
    listed: () => "text",
    stored: decode === undefined ? asEncoded : undefined,
  };
}

/** There are no unsigned types: the next wider one holds them. */
function integerRow(signed: string, unsigned: string): TypeRow<TypeOf<"integer">> {
  const made = row<TypeOf<"integer">>(
    (type) => (type.unsigned ? unsigned : signed),
    (type, place) => smallIntegerEncoder(type.kind, type.unsigned, place),
    () => decodeNumber,
  );
  return { ...made, listed: made.storage, stored: asEncoded };
}

/** A type of which the decoder takes what was encoded, too. */
function twoWayRow<T>(
  storage: string | ((type: T, place: ValuePlace) => string),
  encode: TypeRow<T>["encode"],
  decode: TypeRow<T>["decode"],
): TypeRow<T> {
  const made = row(storage, encode, decode);
  return { ...made, listed: made.storage, stored: decode };
}

const float: TypeRow<TypeOf<"float">> = {
  ...row<TypeOf<"float">>(
    "double precision",
    (_, place) => floatEncoder(place),
    () => decodeNumber,
  ),
  stored: asEncoded,
};
/** `char(n)` of PostgreSQL loses blanks at the end. */
const sizedText = textRow<TypeOf<"string">>(
  ({ length }) => `character varying(${length})`,
  (type, place) => textEncoder(place, type.length),
);
const text = textRow<TypeOf<"text">>("text", (_, place) => (value) => cleanText(value, place));
const shapedText = (length: number) =>
  textRow<TypeOf<"uuid">>(`character varying(${length})`, (type, place) => shapedEncoder(textShapes[type.kind], place));

function jsonRow(storage: string): TypeRow<TypeOf<"json">> {
  const made = row<TypeOf<"json">>(
    storage,
    (_, place) => jsonEncoder(place),
    (_, place) => jsonDecoder(place),
  );
  return { ...made, listed: made.storage };
}

const instant = twoWayRow<TypeOf<"datetime">>(
  ({ useTz, precision }) =>
    `timestamp${precision === undefined ? "" : `(${precision})`} ${useTz ? "with" : "without"} time zone`,
  zonedInstantEncoder,
  zonedInstantDecoder,
);

/** A value in PostgreSQL's own text form, which the server checks. */
function ownText<T>(storage: string | ((type: T) => string)): TypeRow<T> {
  return row(storage, (_, place) => (value) => cleanText(value, place));
}

const shapes = { geometry: "geometry", point: "point", lineString: "path", polygon: "polygon" } as const;

function vectorEncoder({ dimensions }: TypeOf<"vector">, place: ValuePlace): Encode {
  return (value: unknown): string => {
    const fits = Array.isArray(value) && value.length === dimensions && value.every((entry) => Number.isFinite(entry));
    if (fits) return JSON.stringify(value);
    throw invalidValue(place, `must be an array of ${dimensions} finite numbers`);
  };
}

/** A scalar of a column whose type only the server knows. */
export function encodeScalar(value: unknown): unknown {
  const scalar = scalarOf(value);
  if (typeof scalar === "string") return cleanText(scalar, rawPlace);
  if (scalar instanceof Date) return encodeRawInstant(scalar);
  return scalar;
}

const rawInstant: TypeOf<"datetime"> = { kind: "datetime", as: "date", useTz: true, precision: undefined };
const rawPlace: ValuePlace = { type: rawInstant, nullable: true, model: "", column: "A raw parameter" };
const encodeRawInstant = zonedInstantEncoder(rawInstant, rawPlace);

/** One row for each logical type. */
export const types: { readonly [K in ColumnKind]: TypeRow<TypeOf<K>> } = {
  any: { ...row("text", () => encodeScalar), json: typedForm },
  specific: { ...row(specificStorage, () => encodeScalar), json: typedForm },
  tinyInteger: integerRow("smallint", "smallint"),
  smallInteger: integerRow("smallint", "integer"),
  mediumInteger: integerRow("integer", "integer"),
  integer: integerRow("integer", "bigint"),
  bigInteger: {
    ...row<TypeOf<"bigInteger">>(
      "bigint",
      (type, place) => bigIntegerEncoder(type, place),
      (type, place) => bigIntegerTextDecoder(type.mode, place),
    ),
    listed: () => "bigint",
    stored: (type, place) => {
      const decode = bigIntegerTextDecoder(type.mode, place);
      return (encoded) => decode(String(encoded));
    },
  },
  float,
  double: float,
  real: float,
  decimal: {
    ...row<TypeOf<"decimal">>(
      ({ precision, scale }) => {
        if (precision === undefined) return "numeric";
        return `numeric(${precision},${scale ?? 0})`;
      },
      (type, place) => decimalEncoder(type, place),
      (type, place) => decimalDecoder(type, place),
    ),
    listed: () => "numeric",
  },
  string: sizedText,
  char: sizedText,
  text,
  mediumText: text,
  longText: text,
  boolean: {
    ...row<TypeOf<"boolean">>(
      "boolean",
      (_, place) => booleanEncoder(place),
      () => decodeBoolean,
    ),
    listed: () => "boolean",
    stored: asEncoded,
  },
  json: jsonRow("json"),
  jsonb: jsonRow("jsonb"),
  date: twoWayRow(
    "date",
    (_, place) => dateEncoder(place),
    (type, place) => dateDecoder(type, place),
  ),
  datetime: instant,
  timestamp: instant,
  time: twoWayRow(
    ({ precision }) => `time${precision === undefined ? "" : `(${precision})`} without time zone`,
    (type, place) => timeEncoder(type, place),
    (type, place) => timeDecoder(type, place),
  ),
  uuid: {
    ...row<TypeOf<"uuid">>("uuid", (type, place) => shapedEncoder(textShapes[type.kind], place)),
    listed: () => "uuid",
    stored: asEncoded,
  },
  ulid: shapedText(26),
  objectId: shapedText(24),
  binary: {
    ...row<TypeOf<"binary">>(
      "bytea",
      (type, place) => binaryEncoder(type.length, place),
      () => decodeBytes,
    ),
    listed: () => "bytea",
  },
  enum: {
    ...textRow<TypeOf<"enum">>(
      ({ native }) => (native === undefined ? "text" : quoteName(native)),
      (type, place) => enumEncoder(type.values, place),
    ),
    listed: ({ native }) => (native === undefined ? "text" : quoteName(native)),
  },
  set: row(
    "text[]",
    (type, place) => setEncoder(type.values, place),
    (_, place) => arrayDecoder(undefined, place),
  ),
  array: row(
    (type, place) => `${inner(type, place).storage(type.inner, place)}[]`,
    (type, place) => arrayEncoder(inner(type, place).encode(type.inner, place), place),
    (type, place) => arrayDecoder(inner(type, place).decode(type.inner, place), place),
  ),
  encrypted: textRow(
    "text",
    (type, place) => encryptedEncoder(type.cipher, place),
    (type, place) => encryptedDecoder(type.cipher, place),
  ),
  inet: ownText("inet"),
  macaddr: ownText("macaddr"),
  tsvector: ownText("tsvector"),
  range: ownText(({ of }) => of),
  vector: row(
    ({ dimensions }) => `vector(${dimensions})`,
    vectorEncoder,
    (_, place) => jsonDecoder(place),
  ),
  geometry: ownText(({ of }) => shapes[of]),
};

/** The row of an array's entries. Arrays of arrays must be rectangular to PostgreSQL, which no type of ours is. */
function inner({ inner: type }: TypeOf<"array">, place: ValuePlace): TypeRow<ColumnType> {
  if (type.kind !== "array" && type.kind !== "set") return typeRow(type);
  throw new UnsupportedError({
    capability: `The array of arrays ${place.model}.${place.column}`,
    adapter: "postgres",
    alternative: "Use a JSON column.",
    model: place.model,
    column: place.column,
  });
}

function specificStorage({ sqlType }: TypeOf<"specific">, place: ValuePlace): string {
  if (typeof sqlType === "string") return sqlType;
  const own = Object.hasOwn(sqlType, "postgres") ? sqlType["postgres"] : undefined;
  if (own !== undefined) return own;
  throw new UnsupportedError({
    capability: `The type of column "${place.column}" of "${place.model}", which names other engines only,`,
    adapter: "postgres",
    alternative: 'Add an entry for it, as in col.specific({ postgres: "citext" }).',
    model: place.model,
    column: place.column,
  });
}

/** The kinds of columns that PostgreSQL can hold: all of them. */
export const columnKinds: readonly ColumnKind[] = Object.keys(types).filter(isKind);

function isKind(kind: string): kind is ColumnKind {
  return Object.hasOwn(types, kind);
}

/** The record pairs each kind with a row for its type; TypeScript cannot follow the pairing through an index. */
export function typeRow(type: ColumnType): TypeRow<ColumnType> {
  return types[type.kind] as TypeRow<ColumnType>;
}

/** How values of a place are written and read. */
export function codecFor(place: ValuePlace): Codec {
  const found = typeRow(place.type);
  return {
    encode: found.encode(place.type, place),
    decode: found.decode(place.type, place),
    listed: found.listed !== undefined,
    stored: found.stored?.(place.type, place),
  };
}
