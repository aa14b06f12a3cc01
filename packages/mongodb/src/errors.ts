import {
  CheckViolationError,
  ConnectionError,
  MortiseError,
  QueryCancelledError,
  QueryError,
  QueryTimeoutError,
  SerializationError,
  TransactionError,
  UniqueViolationError,
  type ModelInfo,
} from "@mortise/core/adapter";
import { MongoError, MongoNetworkError, MongoServerSelectionError } from "mongodb";
import { fieldOf } from "./field.ts";

/** The typed error for an error of the driver. Codes and labels decide, never the text; values are never in it. */
export function mongodbError(cause: unknown, model: ModelInfo | undefined, command?: () => string): MortiseError {
  if (cause instanceof MortiseError) return cause;
  const where = { model: model?.table, cause };
  if (cause instanceof Error && cause.name === "AbortError")
    return new QueryCancelledError("The query was cancelled.", where);
  if (!(cause instanceof MongoError)) return new QueryError("The command failed in the driver.", where);
  if (cause instanceof MongoServerSelectionError || cause instanceof MongoNetworkError) {
    return new ConnectionError("MongoDB cannot be reached, or the connection was lost.", where);
  }
  const code = Number(cause.code);
  if (code === 11_000) return uniqueViolation(cause, model);
  if (cause.hasErrorLabel("TransientTransactionError") || code === 112) {
    return new SerializationError("Another transaction has written the same documents meanwhile.", where);
  }
  switch (code) {
    case 121:
      return new CheckViolationError(`A document of ${model?.table ?? "the collection"} breaks its validator.`, {
        table: model?.table ?? "",
        columns: [],
        model: model?.table,
        cause,
      });
    case 4568:
    case 10_334:
      return new QueryError(
        "A document would be larger than the 16 MB that MongoDB allows. Rows of a relation inside their parent's are part of its document: " +
          'load the relation with { strategy: "separate" }, or fewer rows of it.',
        where,
      );
    case 50:
      return new QueryTimeoutError("MongoDB ended the command, which took longer than its time-out.", where);
    case 263:
      return new TransactionError(
        "MongoDB does not run this command inside a transaction. Run it before or after.",
        where,
      );
    default:
      return new QueryError(
        `MongoDB refused the command with code ${cause.code ?? "unknown"}.${shown(command)}`,
        where,
      );
  }
}

/** The command, without the values in it. */
function shown(command: (() => string) | undefined): string {
  return command === undefined ? "" : ` The statement was: ${command()}`;
}

function uniqueViolation(cause: MongoError, model: ModelInfo | undefined): MortiseError {
  const pattern: unknown = Reflect.get(cause, "keyPattern");
  const fields = typeof pattern === "object" && pattern !== null ? Object.keys(pattern) : [];
  const columns = fields.map((field) => propertyOf(field, model));
  const table = model?.table ?? "";
  const named =
    columns.length === 0 ? `A key of ${table}` : columns.map((column) => `${table}.${column}`).join(" and ");
  return new UniqueViolationError(`${named} must be unique, and this value is already there.`, {
    table,
    columns,
    model: model?.table,
    cause,
  });
}

function propertyOf(field: string, model: ModelInfo | undefined): string {
  const column = model && [...model.columns.values()].find((one) => fieldOf(model, one) === field);
  return column?.property ?? field;
}
