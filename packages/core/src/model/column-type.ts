/**
 * The logical type of a column: what the value means, before any database is known.
 *
 * Each adapter has one row for each `kind` (DDL, decode, encode) in its `types.ts`.
 */
export type ColumnType =
  | { readonly kind: "any" }
  | { readonly kind: "tinyInteger" | "smallInteger" | "mediumInteger" | "integer"; readonly unsigned: boolean }
  | { readonly kind: "bigInteger"; readonly unsigned: boolean; readonly mode: "auto" | "number" | "bigint" }
  | { readonly kind: "float" | "double" | "real" }
  | {
      readonly kind: "decimal";
      readonly precision: number | undefined;
      readonly scale: number | undefined;
      readonly mode: "number" | "string";
    }
  | { readonly kind: "string" | "char"; readonly length: number }
  | { readonly kind: "text" | "mediumText" | "longText" }
  | { readonly kind: "boolean" }
  | { readonly kind: "json" | "jsonb" }
  | { readonly kind: "date"; readonly as: "date" | "string" }
  | {
      readonly kind: "datetime" | "timestamp";
      readonly as: "date" | "string";
      readonly useTz: boolean;
      readonly precision: number | undefined;
    }
  | { readonly kind: "time"; readonly as: "date" | "string"; readonly precision: number | undefined }
  | { readonly kind: "uuid" | "ulid" | "objectId" }
  | { readonly kind: "binary"; readonly length: number | undefined }
  | { readonly kind: "enum"; readonly values: readonly string[]; readonly native: string | undefined }
  | { readonly kind: "set"; readonly values: readonly string[] }
  | { readonly kind: "array"; readonly inner: ColumnType }
  | { readonly kind: "inet" | "macaddr" | "tsvector" }
  | { readonly kind: "range"; readonly of: string }
  | { readonly kind: "vector"; readonly dimensions: number }
  | { readonly kind: "geometry"; readonly of: "geometry" | "point" | "lineString" | "polygon" }
  | { readonly kind: "specific"; readonly sqlType: string | Readonly<Record<string, string>> }
  | { readonly kind: "encrypted"; readonly cipher: CipherOptions };

export type ColumnKind = ColumnType["kind"];

/** Keys of an encrypted column. The first key writes, all keys read. */
export type CipherOptions =
  | { readonly scheme: "symmetric"; readonly keys: readonly EncryptionKey[] }
  | { readonly scheme: "asymmetric"; readonly publicKey: string; readonly privateKey: string | undefined };

/** A named secret: `id` is stored beside the value so that keys can rotate. */
export interface EncryptionKey {
  /** `undefined` names the key by a fingerprint of its secret. */
  readonly id: string | undefined;
  readonly secret: string | Uint8Array;
}
