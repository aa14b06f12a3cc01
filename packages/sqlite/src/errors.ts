import {
  CheckViolationError,
  ConnectionError,
  ForeignKeyViolationError,
  InvalidValueError,
  LockTimeoutError,
  MortiseError,
  NotNullViolationError,
  QueryError,
  SerializationError,
  UniqueViolationError,
  type ConstraintDetails,
} from "@mortise/core/adapter";
import type { FailedStatement } from "@mortise/sql";
import { driverCode } from "./driver-error.ts";

/** What is known of a failure: the statement, or the file that could not be opened. */
export interface Failure extends FailedStatement {
  readonly path?: string | undefined;
}

/** The typed error for an error of the driver. Only its code decides; the message tells names where the code cannot. */
export function sqliteError(cause: unknown, failure: Failure): MortiseError {
  if (cause instanceof MortiseError) return cause;
  const code = driverCode(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (code === undefined)
    return new QueryError(`The statement failed: ${sentence(message)}${shown(failure)}`, { cause });
  return constraintError(code, message, failure, cause) ?? accessError(code, message, failure, cause);
}

function constraintError(code: string, message: string, failure: Failure, cause: unknown): MortiseError | undefined {
  switch (code) {
    case "SQLITE_CONSTRAINT_UNIQUE":
    case "SQLITE_CONSTRAINT_PRIMARYKEY":
    case "SQLITE_CONSTRAINT_ROWID": {
      const details = { ...place(message, failure), cause };
      return new UniqueViolationError(`${names(details)} must be unique, and this value is already there.`, details);
    }
    case "SQLITE_CONSTRAINT_NOTNULL": {
      const details = { ...place(message, failure), cause };
      return new NotNullViolationError(`${names(details)} may not be null.`, details);
    }
    case "SQLITE_CONSTRAINT_FOREIGNKEY":
    case "SQLITE_CONSTRAINT_TRIGGER": {
      // `on delete restrict` works as a trigger of SQLite's own, with this text; other triggers speak their authors' words.
      if (code === "SQLITE_CONSTRAINT_TRIGGER" && message !== "FOREIGN KEY constraint failed") return undefined;
      const details = { table: failure.model?.table ?? "", columns: [], model: failure.model?.table, cause };
      return new ForeignKeyViolationError(
        `A foreign key ${details.table === "" ? "" : `of or to ${details.table} `}points at a row that is not there, or rows still point at this one.`,
        details,
      );
    }
    case "SQLITE_CONSTRAINT_CHECK": {
      const constraint = afterColon(message);
      const table = failure.model?.table ?? "";
      const details = { table, columns: [], constraint, model: failure.model?.table, cause };
      return new CheckViolationError(
        `A row ${table === "" ? "" : `of ${table} `}breaks the check ${constraint}.`,
        details,
      );
    }
    case "SQLITE_CONSTRAINT_DATATYPE":
    case "SQLITE_MISMATCH":
      return new InvalidValueError(`A value does not have the type of its column: ${sentence(message)}`, {
        model: failure.model?.table,
        cause,
      });
    default:
      return undefined;
  }
}

function accessError(code: string, message: string, failure: Failure, cause: unknown): MortiseError {
  const primary = code.split("_").slice(0, 2).join("_");
  const database = failure.path === undefined ? "The database" : `The database ${failure.path}`;
  switch (primary) {
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      if (code === "SQLITE_BUSY_SNAPSHOT") {
        return new SerializationError(`${database} was changed by another connection since this transaction began.`, {
          cause,
        });
      }
      return new LockTimeoutError(`${database} is locked by another connection.`, { cause });
    case "SQLITE_NOTADB":
      return new ConnectionError(`${database} is not a SQLite database, or it is encrypted.`, { cause });
    case "SQLITE_CORRUPT":
      return new ConnectionError(`${database} is damaged: ${sentence(message)}`, { cause });
    case "SQLITE_CANTOPEN":
    case "SQLITE_PERM":
    case "SQLITE_AUTH":
      return new ConnectionError(`${database} cannot be opened: ${sentence(message)}`, { cause });
    case "SQLITE_IOERR":
    case "SQLITE_FULL":
      return new ConnectionError(`${database} cannot be read or written: ${sentence(message)}`, { cause });
    case "SQLITE_READONLY":
      return failure.path === undefined
        ? new QueryError(`The database or the transaction is read-only, and this is a write.${shown(failure)}`, {
            cause,
          })
        : new ConnectionError(`${database} cannot be written: open it with readonly: true, or change its rights.`, {
            cause,
          });
    default:
      return new QueryError(`SQLite refused the statement: ${sentence(message)}${shown(failure)}`, {
        model: failure.model?.table,
        cause,
      });
  }
}

/** The SQL text of the failure. Parameters are never in it. */
function shown({ sql }: Failure): string {
  return sql === undefined ? "" : ` The statement was: ${sql}`;
}

function sentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}

/** `UNIQUE constraint failed: users.email, users.tenant` names a table and its columns; this text is not translated. */
function place(message: string, { model }: Failure): Omit<ConstraintDetails, "cause"> {
  const listed = afterColon(message);
  const index = /^index '(.*)'$/.exec(listed)?.[1];
  if (index !== undefined) return { table: model?.table ?? "", columns: [], constraint: index, model: model?.table };
  const table = tableOf(listed, model?.table);
  const isModel = model !== undefined && table === model.table;
  const columns = listed
    .split(`, ${table}.`)
    .map((part, position) => (position === 0 ? part.slice(table.length + 1) : part));
  return {
    table,
    columns: columns.map((name) => (isModel ? (model.byDatabaseName.get(name)?.property ?? name) : name)),
    model: isModel ? table : undefined,
  };
}

/** A table's name may have points in it, so that the model's name is tried before the text up to the first point. */
function tableOf(listed: string, known: string | undefined): string {
  if (known !== undefined && listed.startsWith(`${known}.`)) return known;
  return listed.split(".")[0] ?? listed;
}

function names({ table, columns }: ConstraintDetails): string {
  if (columns.length === 0) return table === "" ? "A key" : `A key of ${table}`;
  return columns.map((column) => `${table}.${column}`).join(" and ");
}

function afterColon(message: string): string {
  const at = message.indexOf(": ");
  return at === -1 ? "" : message.slice(at + 2);
}
