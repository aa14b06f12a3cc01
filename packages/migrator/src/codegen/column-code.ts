import { assertNever, type ColumnType } from "@mortise/core/adapter";
import { call, list, literal, record, type Code } from "./code.ts";
import type { PulledColumn, SaidDefault } from "./pulled.ts";

/** What a model says of a column beside its own definition. */
export interface ColumnMarks {
  /** It is the primary key alone. */
  readonly primaryKey: boolean;
  /** It is the primary key, or a part of it. */
  readonly inKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  /** Where it is not the table's. */
  readonly collation: string | undefined;
}

type Options = Readonly<Record<string, Code | undefined>>;

/** `col.string({ length: 45, nullable: false })` */
export function columnCode(column: PulledColumn, marks: ColumnMarks): Code {
  const { said, state } = column;
  const { type } = said;
  const counts = state.autoIncrement && isWhole(type);
  const shared: Options = {
    ...(counts ? { primaryKey: marks.inKey ? undefined : "false" } : keyOrNullable(column, marks)),
    ...defaultOption(column.default),
    databaseName: column.databaseName === undefined ? undefined : literal(column.databaseName),
    unique: marks.unique ? "true" : undefined,
    index: marks.index ? "true" : undefined,
    generatedAs: state.generated && generatedCode(state.generated),
    collation: marks.collation === undefined ? undefined : literal(marks.collation),
    comment: state.comment === undefined ? undefined : literal(state.comment),
  };
  if (counts) return incrementCode(type, shared);
  return typeCode(type, said.value ?? "unknown", shared);
}

type Whole = Extract<ColumnType, { readonly unsigned: boolean }>;

function isWhole(type: ColumnType): type is Whole {
  return "unsigned" in type;
}

function keyOrNullable({ state }: PulledColumn, { primaryKey }: ColumnMarks): Options {
  if (primaryKey) return { primaryKey: "true" };
  return { nullable: state.nullable ? undefined : "false" };
}

function defaultOption(said: SaidDefault | undefined): Options {
  switch (said?.kind) {
    case undefined:
      return {};
    case "now":
      return { defaultNow: "true" };
    case "literal":
      return { default: literal(said.value) };
    case "sql":
      return { default: call("sqlDefault", literal(said.expression)) };
  }
}

function generatedCode({ expression, stored }: { readonly expression: string; readonly stored: boolean }): Code {
  return stored ? record({ expression: literal(expression), stored: "true" }) : literal(expression);
}

function incrementCode(type: Whole, shared: Options): Code {
  const unsigned = type.unsigned ? "true" : undefined;
  if (type.kind === "bigInteger") return helper("bigIncrement", { unsigned, ...shared });
  return helper("increment", { type: type.kind === "integer" ? undefined : literal(type.kind), unsigned, ...shared });
}

function helper(name: string, options: Options, ...before: readonly Code[]): Code {
  const given = Object.values(options).some((value) => value !== undefined);
  return call(`col.${name}`, ...before, ...(given ? [record(options)] : []));
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function typeCode(type: ColumnType, value: string, shared: Options): Code {
  switch (type.kind) {
    case "tinyInteger":
    case "smallInteger":
    case "mediumInteger":
    case "integer":
      return helper(type.kind, { unsigned: type.unsigned ? "true" : undefined, ...shared });
    case "bigInteger":
      return helper(type.kind, {
        unsigned: type.unsigned ? "true" : undefined,
        mode: type.mode === "auto" ? undefined : literal(type.mode),
        ...shared,
      });
    case "decimal": {
      const { precision, scale, mode } = type;
      const own = {
        precision: number(precision),
        scale: number(scale),
        mode: mode === "string" ? literal(mode) : undefined,
      };
      return helper(type.kind, { ...own, ...shared });
    }
    case "string":
    case "char":
      return helper(type.kind, {
        length: type.length === 255 && type.kind === "string" ? undefined : number(type.length),
        ...shared,
      });
    case "binary":
      return helper(type.kind, { length: number(type.length), ...shared });
    case "datetime":
    case "timestamp":
      return helper(type.kind, {
        useTz: type.useTz ? undefined : "false",
        precision: number(type.precision),
        ...shared,
      });
    case "time":
      return helper(type.kind, { precision: number(type.precision), ...shared });
    case "enum":
      return helper(
        type.kind,
        { native: type.native === undefined ? undefined : literal(type.native), ...shared },
        list(type.values.map(literal)),
      );
    case "set":
      return helper(type.kind, shared, list(type.values.map(literal)));
    default:
      return otherTypeCode(type, value, shared);
  }
}

type OtherType = Exclude<
  ColumnType,
  {
    kind: Whole["kind"] | "decimal" | "string" | "char" | "binary" | "datetime" | "timestamp" | "time" | "enum" | "set";
  }
>;

function otherTypeCode(type: OtherType, value: string, shared: Options): Code {
  switch (type.kind) {
    case "float":
    case "double":
    case "real":
    case "text":
    case "mediumText":
    case "longText":
    case "boolean":
    case "json":
    case "jsonb":
    case "date":
    case "uuid":
    case "ulid":
    case "objectId":
      return helper(type.kind, shared);
    case "array":
      return helper(type.kind, shared, typeCode(type.inner, "unknown", {}));
    case "specific":
      return helper(`specific<${value}>`, shared, literal(typeof type.sqlType === "string" ? type.sqlType : ""));
    case "any":
    case "inet":
    case "macaddr":
    case "tsvector":
    case "range":
    case "vector":
    case "geometry":
    case "encrypted":
      throw new RangeError(`No column says the type ${type.kind}.`);
    default:
      return assertNever(type);
  }
}
