/** For authors of adapters: the contracts, the operation tree and the errors. Applications import `@mortise/core`. */
export type * from "./adapter/adapter.ts";
export type * from "./adapter/capabilities.ts";
export type * from "./adapter/codec.ts";
export type * from "./adapter/schema-adapter.ts";
export type * from "./model/column-type.ts";
export type * from "./model/model-info.ts";
export type * from "./model/relation.ts";
export { SqlDefault } from "./model/column.ts";
export { JsonNull, jsonNull } from "./model/json-null.ts";
export { printExpression, printStatement } from "./operation/print.ts";
export { rewriteExpression, rewriteSelect, rewriteStatement } from "./operation/rewrite.ts";
export type * from "./operation/expression.ts";
export type * from "./operation/statement.ts";
export { assertNever } from "./operation/assert-never.ts";
export { MortiseError } from "./errors/mortise-error.ts";
export * from "./errors/errors.ts";
export * from "./errors/constraint-errors.ts";
export { toolsOf, type DatabaseTools } from "./runtime/tools.ts";
