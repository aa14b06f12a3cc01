import type { ColumnDefinition } from "./column.ts";
import type { ColumnType, EncryptionKey } from "./column-type.ts";
import type {
  ArrayHelper,
  AsymmetricOptions,
  BigIncrementHelper,
  BigIntegerHelper,
  BinaryInput,
  BinaryOptions,
  DateHelper,
  DecimalHelper,
  EnumHelper,
  FullHelper,
  GeneratedHelper,
  InstantOptions,
  IncrementHelper,
  IntegerOptions,
  JsonHelper,
  KeyedHelper,
  LengthOptions,
  PlainHelper,
  PrepareHelper,
  PrimaryHelper,
  SerializeHelper,
  SetHelper,
  SoftDeletesHelper,
  SpecificHelper,
  SymmetricOptions,
  TimeOptions,
  TypedHelper,
} from "./column-options.ts";
import { columnDefinition, type FixedOptions, type RawOptions } from "./column-definition.ts";
import { namedType } from "./named-type.ts";

/** The column helpers. What each takes and gives is in `docs/columns.md`. */
export type Col = TypedHelper & ColHelpers;

interface ColHelpers {
  readonly primary: PrimaryHelper;
  readonly increment: IncrementHelper;
  readonly bigIncrement: BigIncrementHelper;
  readonly tinyInteger: PrepareHelper<number, IntegerOptions>;
  readonly smallInteger: PrepareHelper<number, IntegerOptions>;
  readonly mediumInteger: PrepareHelper<number, IntegerOptions>;
  readonly integer: PrepareHelper<number, IntegerOptions>;
  readonly bigInteger: BigIntegerHelper;
  readonly float: PrepareHelper<number>;
  readonly double: PrepareHelper<number>;
  readonly real: PrepareHelper<number>;
  readonly decimal: DecimalHelper;
  readonly string: FullHelper<string, LengthOptions>;
  readonly char: FullHelper<string, LengthOptions>;
  readonly text: FullHelper<string>;
  readonly mediumText: FullHelper<string>;
  readonly longText: FullHelper<string>;
  readonly boolean: PlainHelper<boolean>;
  readonly json: JsonHelper;
  readonly jsonb: JsonHelper;
  readonly date: DateHelper;
  readonly datetime: DateHelper<InstantOptions>;
  readonly timestamp: DateHelper<InstantOptions>;
  readonly time: DateHelper<TimeOptions>;
  readonly softDeletes: SoftDeletesHelper;
  readonly uuid: SerializeHelper<string>;
  readonly ulid: SerializeHelper<string>;
  readonly objectId: GeneratedHelper<string>;
  readonly binary: FullHelper<Uint8Array, BinaryOptions, BinaryInput>;
  readonly enum: EnumHelper;
  readonly set: SetHelper;
  readonly array: ArrayHelper;
  readonly specific: SpecificHelper;
  readonly encryption: {
    readonly symmetric: KeyedHelper<string, SymmetricOptions>;
    readonly asymmetric: KeyedHelper<string, AsymmetricOptions>;
  };
}

const integer =
  (kind: "tinyInteger" | "smallInteger" | "mediumInteger" | "integer") =>
  (options: RawOptions = {}) =>
    columnDefinition({ kind, unsigned: options["unsigned"] === true }, options, {}, ["unsigned"]);

const bigInteger = (options: RawOptions, fixed: FixedOptions, fallback: "auto" | "number") => {
  const mode = options["mode"] === "number" || options["mode"] === "bigint" ? options["mode"] : fallback;
  const type: ColumnType = { kind: "bigInteger", unsigned: options["unsigned"] === true, mode };
  return columnDefinition(type, options, fixed, ["unsigned", "mode"]);
};

const simple =
  (kind: "float" | "double" | "real" | "text" | "mediumText" | "longText" | "boolean" | "json" | "jsonb") =>
  (options?: RawOptions) =>
    columnDefinition({ kind }, options);

const sized =
  (kind: "string" | "char", length: number) =>
  (options: RawOptions = {}) =>
    columnDefinition({ kind, length: numberOr(options["length"], length) }, options, {}, ["length"]);

const generatedText = (kind: "uuid" | "ulid" | "objectId") => (options?: RawOptions) =>
  columnDefinition({ kind }, options, { generator: kind });

const instantColumn =
  (kind: "datetime" | "timestamp") =>
  (options: RawOptions = {}, fixed: FixedOptions = {}) =>
    columnDefinition(
      { kind, as: form(options), useTz: options["useTz"] !== false, precision: maybeNumber(options["precision"]) },
      options,
      fixed,
      ["as", "useTz", "precision"],
    );

const form = (options: RawOptions) => (options["as"] === "string" ? "string" : "date");
const maybeNumber = (value: unknown) => (typeof value === "number" ? value : undefined);
const numberOr = (value: unknown, fallback: number) => (typeof value === "number" ? value : fallback);

/** A counter is the key of its table unless it says that it is not. */
const counter = (options: RawOptions = {}): FixedOptions => ({
  primaryKey: options["primaryKey"] !== false,
  increment: true,
  nullable: false,
});

const incrementTypes = ["tinyInteger", "smallInteger", "mediumInteger", "integer"] as const;

function increment(options: RawOptions = {}): ColumnDefinition {
  const { type = "integer", unsigned } = options;
  const kind = incrementTypes.find((one) => one === type);
  // A type that does not count is refused as an option that is not known here.
  const own = kind === undefined ? ["unsigned"] : ["unsigned", "type"];
  return columnDefinition({ kind: kind ?? "integer", unsigned: unsigned === true }, options, counter(options), own);
}

/** A named key, or a plain secret; what is neither has no secret, which `defineModel` refuses. */
function encryptionKey(key: unknown): EncryptionKey {
  if (typeof key === "string" || key instanceof Uint8Array) return { id: undefined, secret: key };
  const named = typeof key === "object" && key !== null && "secret" in key ? key : { secret: "" };
  const id = "id" in named && typeof named.id === "string" ? named.id : undefined;
  const secret = typeof named.secret === "string" || named.secret instanceof Uint8Array ? named.secret : "";
  return { id, secret };
}

function symmetric(options: RawOptions = {}) {
  const given: unknown = options["keys"];
  const keys = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(encryptionKey);
  return columnDefinition({ kind: "encrypted", cipher: { scheme: "symmetric", keys } }, options, {}, ["keys"]);
}

function asymmetric(options: RawOptions = {}) {
  const privateKey = typeof options["privateKey"] === "string" ? options["privateKey"] : undefined;
  const cipher = {
    scheme: "asymmetric",
    publicKey: typeof options["publicKey"] === "string" ? options["publicKey"] : "",
    privateKey,
  } as const;
  return columnDefinition({ kind: "encrypted", cipher }, options, {}, ["publicKey", "privateKey"]);
}

function decimal(options: RawOptions = {}) {
  const type: ColumnType = {
    kind: "decimal",
    precision: maybeNumber(options["precision"]),
    scale: maybeNumber(options["scale"]),
    mode: options["mode"] === "string" ? "string" : "number",
  };
  return columnDefinition(type, options, {}, ["precision", "scale", "mode"]);
}

function typed(options: RawOptions = {}, fixed: FixedOptions = {}) {
  const type = namedType(options["type"]);
  return columnDefinition(type ?? { kind: "any" }, options, { managed: type !== undefined, ...fixed }, ["type"]);
}

const helpers = {
  primary: (options?: RawOptions) => typed(options, { primaryKey: true, nullable: false }),
  increment,
  bigIncrement: (options: RawOptions = {}) => bigInteger(options, counter(options), "number"),
  tinyInteger: integer("tinyInteger"),
  smallInteger: integer("smallInteger"),
  mediumInteger: integer("mediumInteger"),
  integer: integer("integer"),
  bigInteger: (options: RawOptions = {}) => bigInteger(options, {}, "auto"),
  float: simple("float"),
  double: simple("double"),
  real: simple("real"),
  decimal,
  string: sized("string", 255),
  char: sized("char", 1),
  text: simple("text"),
  mediumText: simple("mediumText"),
  longText: simple("longText"),
  boolean: simple("boolean"),
  json: simple("json"),
  jsonb: simple("jsonb"),
  date: (options: RawOptions = {}) => columnDefinition({ kind: "date", as: form(options) }, options, {}, ["as"]),
  datetime: instantColumn("datetime"),
  timestamp: instantColumn("timestamp"),
  time: (options: RawOptions = {}) =>
    columnDefinition({ kind: "time", as: form(options), precision: maybeNumber(options["precision"]) }, options, {}, [
      "as",
      "precision",
    ]),
  softDeletes: (options?: RawOptions) => instantColumn("timestamp")(options, { softDelete: true, nullable: true }),
  uuid: generatedText("uuid"),
  ulid: generatedText("ulid"),
  objectId: generatedText("objectId"),
  binary: (options: RawOptions = {}) =>
    columnDefinition({ kind: "binary", length: maybeNumber(options["length"]) }, options, {}, ["length"]),
  enum: (values: readonly string[], options: RawOptions = {}) => {
    const native = typeof options["native"] === "string" ? options["native"] : undefined;
    return columnDefinition({ kind: "enum", values: [...values], native }, options, {}, ["native"]);
  },
  set: (values: readonly string[], options?: RawOptions) =>
    columnDefinition({ kind: "set", values: [...values] }, options),
  array: (inner: ColumnDefinition, options?: RawOptions) =>
    columnDefinition({ kind: "array", inner: inner.type }, options),
  specific: (sqlType: string | Readonly<Record<string, string>>, options?: RawOptions) =>
    columnDefinition({ kind: "specific", sqlType }, options),
  encryption: { symmetric, asymmetric },
};

/** The helpers make plain definitions; their value types exist for the compiler alone, so this cast adds no claim at run time. */
function withValueTypes(untyped: object): Col {
  return untyped as Col;
}

/**
 * Makes columns: `col.string({ nullable: false })`, `col.increment()`, `col.json<Settings>()`, `col<Status>({ type: "string" })`.
 *
 * Columns are nullable unless `nullable: false` is said; keys never are.
 */
export const col: Col = withValueTypes(Object.assign((options?: RawOptions) => typed(options), helpers));
