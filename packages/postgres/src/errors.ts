import {
  CheckViolationError,
  ConnectionError,
  DeadlockError,
  ForeignKeyViolationError,
  InvalidValueError,
  LockTimeoutError,
  MortiseError,
  NotNullViolationError,
  QueryError,
  QueryTimeoutError,
  SerializationError,
  TransactionError,
  UniqueViolationError,
  type ConstraintDetails,
} from "@mortise/core/adapter";
import type { FailedStatement } from "@mortise/sql";
import { constraintColumns } from "./constraint-columns.ts";
import { endsSession, isServerError, type ServerError } from "./server-error.ts";

/** The typed error for an error of the server. Its SQLSTATE decides, never its text, which may be in any language. */
export function postgresError(cause: unknown, failed: FailedStatement): MortiseError {
  if (cause instanceof MortiseError) return cause;
  if (!isServerError(cause)) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new QueryError(`The statement failed: ${sentence(message)}${shown(failed)}`, { cause });
  }
  return constraintError(cause, failed) ?? concurrencyError(cause) ?? otherError(cause, failed);
}

function constraintError(cause: ServerError, failed: FailedStatement): MortiseError | undefined {
  switch (cause.code) {
    case "23505":
    case "23P01": {
      const details = detailsOf(cause, failed);
      return new UniqueViolationError(`${names(details)} must be unique, and this value is already there.`, details);
    }
    case "23502": {
      const details = detailsOf(cause, failed);
      return new NotNullViolationError(`${names(details)} may not be null.`, details);
    }
    // 23001 since PostgreSQL 18, where the key says "restrict".
    case "23001":
    case "23503": {
      const details = foreignDetails(cause, failed);
      return new ForeignKeyViolationError(
        `The foreign key ${details.constraint ?? ""} of ${details.table} points at a row that is not there, or rows still point at this one.`,
        details,
      );
    }
    case "23514": {
      const details = detailsOf(cause, failed);
      return new CheckViolationError(
        `A row of ${details.table} breaks the check ${details.constraint ?? ""}.`,
        details,
      );
    }
    default:
      return undefined;
  }
}

function concurrencyError(cause: ServerError): MortiseError | undefined {
  switch (cause.code) {
    case "40P01":
      return new DeadlockError("Two transactions waited for each other, and PostgreSQL ended this one.", { cause });
    case "40001":
      return new SerializationError("The transaction cannot be ordered among those that ran beside it.", { cause });
    case "55P03":
      return new LockTimeoutError("Another transaction holds a lock that this statement needs.", { cause });
    case "57014":
      return new QueryTimeoutError("The statement took longer than the server allows and was stopped.", { cause });
    case "25P02":
      return new TransactionError(
        "A statement of this transaction failed before, and PostgreSQL takes no further ones until it ends. " +
          "Put what may fail into a nested transaction.",
        { cause },
      );
    case "25P03":
    case "25P04":
      return new ConnectionError("The server ended the session because its transaction took too long.", { cause });
    default:
      return endsSession(cause)
        ? new ConnectionError(`The server ended the connection: ${sentence(cause.message)}`, { cause })
        : undefined;
  }
}

/** Class 22 is about values: out of range, of another form, too long, not in the encoding. */
function otherError(cause: ServerError, failed: FailedStatement): MortiseError {
  const { code, message } = cause;
  if (code.startsWith("22") && !dataOfStatement.has(code)) {
    return new InvalidValueError(`PostgreSQL refused a value: ${reasons[code] ?? `it says ${code}`}.${shown(failed)}`, {
      model: failed.model?.table,
      cause,
    });
  }
  if (code === "25006") {
    return new QueryError(`The database or the transaction is read-only, and this is a write.${shown(failed)}`, {
      cause,
    });
  }
  return new QueryError(`PostgreSQL refused the statement: ${sentence(message)}${shown(failed)}`, {
    model: failed.model?.table,
    cause,
  });
}

/** What the statement computes rather than what it was given: a division by zero, an escape in its text. */
const dataOfStatement: ReadonlySet<string> = new Set(["22012", "22019", "22025", "22P06"]);

/** The server's own sentence would show the value. */
const reasons: Readonly<Record<string, string>> = {
  "22001": "a text is too long for its column",
  "22003": "a number is out of range",
  "22007": "a date or time is not written as one",
  "22008": "a date or time is out of range",
  "22021": "a text holds a character that the database cannot store",
  "22023": "an argument is not valid",
  "2201B": "a regular expression is not valid",
  "22P02": "a text is not written as its type asks",
  "22P03": "bytes are not written as their type asks",
  "22P05": "a text holds a character that the database cannot store",
};

function detailsOf(cause: ServerError, { model }: FailedStatement): ConstraintDetails {
  const table = cause.table ?? model?.table ?? "";
  const known = model !== undefined && model.table === table ? model : undefined;
  const column = cause.column === undefined ? [] : [known?.byDatabaseName.get(cause.column)?.property ?? cause.column];
  return {
    constraint: cause.constraint,
    table,
    columns: column.length > 0 ? column : constraintColumns(known, cause.constraint),
    model: known?.table,
    cause,
  };
}

/** The table is the one that was written, which may be the one that the key points at. */
function foreignDetails(cause: ServerError, failed: FailedStatement): ConstraintDetails {
  const details = detailsOf(cause, failed);
  const { model } = failed;
  if (model === undefined || model.table === details.table) return details;
  return { ...details, table: model.table, columns: [], model: model.table };
}

function names({ table, columns }: ConstraintDetails): string {
  if (columns.length === 0) return table === "" ? "A key" : `A key of ${table}`;
  return columns.map((column) => `${table}.${column}`).join(" and ");
}

/** The SQL text of the failure. Parameters are never in it. */
function shown({ sql }: FailedStatement): string {
  return sql === undefined ? "" : ` The statement was: ${sql}`;
}

function sentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}
