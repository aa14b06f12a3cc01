import type { ErrorCode } from "./codes.ts";
import { MortiseError } from "./mortise-error.ts";

export interface ConstraintDetails {
  /** The constraint's name in the database, where the engine tells it. */
  readonly constraint?: string | undefined;
  readonly table: string;
  /** Property names of the model's columns; database names where the model does not know them. */
  readonly columns: readonly string[];
  readonly model?: string | undefined;
  readonly cause?: unknown;
}

/** The common part of the four constraint violations. */
export abstract class ConstraintViolationError extends MortiseError {
  readonly constraint: string | undefined;
  readonly table: string;
  readonly columns: readonly string[];

  constructor(message: string, code: ErrorCode, details: ConstraintDetails) {
    super(message, { code, model: details.model, column: details.columns[0], cause: details.cause });
    this.constraint = details.constraint;
    this.table = details.table;
    this.columns = details.columns;
  }
}

/** A unique key already holds this value. */
export class UniqueViolationError extends ConstraintViolationError {
  constructor(message: string, details: ConstraintDetails) {
    super(message, "UNIQUE_VIOLATION", details);
  }
}

/** A foreign key points at no row, or rows still point at this one. */
export class ForeignKeyViolationError extends ConstraintViolationError {
  constructor(message: string, details: ConstraintDetails) {
    super(message, "FOREIGN_KEY_VIOLATION", details);
  }
}

/** A column that must have a value was given none. */
export class NotNullViolationError extends ConstraintViolationError {
  constructor(message: string, details: ConstraintDetails) {
    super(message, "NOT_NULL_VIOLATION", details);
  }
}

/** A check constraint refused the row. */
export class CheckViolationError extends ConstraintViolationError {
  constructor(message: string, details: ConstraintDetails) {
    super(message, "CHECK_VIOLATION", details);
  }
}

/**
 * Tells whether an error is a constraint violation on a model, and on one of its columns when that is named.
 *
 * `isConstraint(error, User, "email")` is true for a unique violation on `users.email`.
 */
export function isConstraint<M extends { readonly table: string; readonly columns: object }>(
  error: unknown,
  model: M,
  column?: keyof M["columns"] & string,
): error is ConstraintViolationError {
  if (!(error instanceof ConstraintViolationError) || error.table !== model.table) return false;
  return column === undefined || error.columns.includes(column);
}
