export { col, type Col } from "./model/col.ts";
export type { BinaryInput } from "./model/column-options.ts";
export { sqlDefault, type AnyColumn, type Column, type Columns } from "./model/column.ts";
export { createSchema, schemaOf, type AnySchema, type RegistryIn, type Schema } from "./model/create-schema.ts";
export { defineModel } from "./model/define-model.ts";
export {
  defineRelations,
  type Between,
  type Fills,
  type FillsMorph,
  type Holds,
  type Lists,
  type Relation,
  type RelationSet,
} from "./model/define-relations.ts";
export type { OneOf } from "./model/relation-helpers.ts";
export { jsonNull, type JsonNull } from "./model/json-null.ts";
export type { AnyModel, Model } from "./model/model.ts";
export { raw } from "./model/raw.ts";
export { createDatabase, type DatabaseOptions } from "./runtime/create-database.ts";
export type { QueryEvent } from "./runtime/events.ts";
export type { Database, ManualTransaction, RowsOf, Transaction } from "./types/database.ts";
export type { Documents } from "./types/documents.ts";
export type { ModelQuery } from "./types/query-filter.ts";
export type { CursorPage, Page, Query, SimplePage } from "./types/query.ts";
export type { Registry, RegistryEntry, RegistryOf } from "./types/registry.ts";
export type { Insert, InsertOf, InstanceOf, Row, RowOf, Update, UpdateOf } from "./types/row.ts";
export { errorCodes, type ErrorCode } from "./errors/codes.ts";
export { MortiseError } from "./errors/mortise-error.ts";
export * from "./errors/errors.ts";
export * from "./errors/constraint-errors.ts";
