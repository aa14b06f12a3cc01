import type { ColumnType } from "@mortise/core/adapter";
import type { ColumnBuilder } from "./column-builder.ts";

type GeometryKind = Extract<ColumnType, { kind: "geometry" }>["of"];

/** The column types of a migration. Each is declared as the same type of a model is; what an engine lacks is refused by name. */
export abstract class ColumnTypes {
  protected abstract column(name: string, type: ColumnType | "reference"): ColumnBuilder;

  /** The counted primary key. */
  increments(name = "id"): ColumnBuilder {
    return this.integer(name).autoIncrement().primary();
  }

  bigIncrements(name = "id"): ColumnBuilder {
    return this.bigInteger(name).autoIncrement().primary();
  }

  tinyInteger(name: string): ColumnBuilder {
    return this.column(name, { kind: "tinyInteger", unsigned: false });
  }

  smallInteger(name: string): ColumnBuilder {
    return this.column(name, { kind: "smallInteger", unsigned: false });
  }

  mediumInteger(name: string): ColumnBuilder {
    return this.column(name, { kind: "mediumInteger", unsigned: false });
  }

  integer(name: string): ColumnBuilder {
    return this.column(name, { kind: "integer", unsigned: false });
  }

  bigInteger(name: string): ColumnBuilder {
    return this.column(name, { kind: "bigInteger", unsigned: false, mode: "auto" });
  }

  /** Exact: `decimal("price", 8, 2)` has 8 digits, 2 of them behind the point. */
  decimal(name: string, precision?: number, scale?: number): ColumnBuilder {
    return this.column(name, { kind: "decimal", precision, scale, mode: "string" });
  }

  /** Eight bytes, whatever digits are asked for: nothing is rounded. `decimal` keeps to its digits. */
  float(name: string, _precision?: number, _scale?: number): ColumnBuilder {
    return this.column(name, { kind: "float" });
  }

  double(name: string): ColumnBuilder {
    return this.column(name, { kind: "double" });
  }

  real(name: string): ColumnBuilder {
    return this.column(name, { kind: "real" });
  }

  string(name: string, length = 255): ColumnBuilder {
    return this.column(name, { kind: "string", length });
  }

  varchar(name: string, length = 255): ColumnBuilder {
    return this.string(name, length);
  }

  char(name: string, length = 1): ColumnBuilder {
    return this.column(name, { kind: "char", length });
  }

  text(name: string): ColumnBuilder {
    return this.column(name, { kind: "text" });
  }

  mediumText(name: string): ColumnBuilder {
    return this.column(name, { kind: "mediumText" });
  }

  longText(name: string): ColumnBuilder {
    return this.column(name, { kind: "longText" });
  }

  boolean(name: string): ColumnBuilder {
    return this.column(name, { kind: "boolean" });
  }

  json(name: string): ColumnBuilder {
    return this.column(name, { kind: "json" });
  }

  jsonb(name: string): ColumnBuilder {
    return this.column(name, { kind: "jsonb" });
  }

  date(name: string): ColumnBuilder {
    return this.column(name, { kind: "date", as: "string" });
  }

  time(name: string, precision?: number): ColumnBuilder {
    return this.column(name, { kind: "time", as: "string", precision });
  }

  datetime(name: string, options: InstantOptions = {}): ColumnBuilder {
    return this.#instant("datetime", name, options);
  }

  timestamp(name: string, options: InstantOptions = {}): ColumnBuilder {
    return this.#instant("timestamp", name, options);
  }

  #instant(kind: "datetime" | "timestamp", name: string, { useTz = true, precision }: InstantOptions): ColumnBuilder {
    return this.column(name, { kind, as: "date", useTz, precision });
  }

  /** Bytes, at most `length` of them where one is given. */
  binary(name: string, length?: number): ColumnBuilder {
    return this.column(name, { kind: "binary", length });
  }

  varbinary(name: string, length = 255): ColumnBuilder {
    return this.binary(name, length);
  }

  uuid(name: string): ColumnBuilder {
    return this.column(name, { kind: "uuid" });
  }

  ulid(name: string): ColumnBuilder {
    return this.column(name, { kind: "ulid" });
  }

  /** One of some texts; `{ native: "mood" }` makes it a type of its own where the engine has such. */
  enum(name: string, values: readonly string[], options: { readonly native?: string } = {}): ColumnBuilder {
    return this.column(name, { kind: "enum", values: [...values], native: options.native });
  }

  set(name: string, values: readonly string[]): ColumnBuilder {
    return this.column(name, { kind: "set", values: [...values] });
  }

  geometry(name: string): ColumnBuilder {
    return this.#geometry(name, "geometry");
  }

  point(name: string): ColumnBuilder {
    return this.#geometry(name, "point");
  }

  lineString(name: string): ColumnBuilder {
    return this.#geometry(name, "lineString");
  }

  polygon(name: string): ColumnBuilder {
    return this.#geometry(name, "polygon");
  }

  #geometry(name: string, of: GeometryKind): ColumnBuilder {
    return this.column(name, { kind: "geometry", of });
  }

  inet(name: string): ColumnBuilder {
    return this.column(name, { kind: "inet" });
  }

  macaddr(name: string): ColumnBuilder {
    return this.column(name, { kind: "macaddr" });
  }

  /** A type in the engine's own words: `specificType("tags", "text[]")`, or one for each engine. */
  specificType(name: string, sqlType: string | Readonly<Record<string, string>>): ColumnBuilder {
    return this.column(name, { kind: "specific", sqlType });
  }

  /** A column that points at another table, of the type of the key there: `foreignId("user_id").constrained()`. */
  foreignId(name: string): ColumnBuilder {
    return this.column(name, "reference");
  }

  foreignUuid(name: string): ColumnBuilder {
    return this.uuid(name);
  }
}

/** With a zone unless `useTz: false` is said; `precision` is that of the seconds. */
export interface InstantOptions {
  readonly useTz?: boolean;
  readonly precision?: number;
}
