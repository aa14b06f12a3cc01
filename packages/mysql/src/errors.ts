import {
  CheckViolationError,
  ConnectionError,
  DeadlockError,
  ForeignKeyViolationError,
  InvalidValueError,
  LockTimeoutError,
  MortiseError,
  NotNullViolationError,
  QueryCancelledError,
  QueryError,
  QueryTimeoutError,
  SerializationError,
  UniqueViolationError,
} from "@mortise/core/adapter";
import type { FailedStatement } from "@mortise/sql";
import { driverFailure, type DriverFailure } from "./driver-error.ts";
import { nameOf, notNullColumns, qualifiedNames, quotedNames, uniqueColumns } from "./violated.ts";

/** The typed error for an error of the driver. Only its number decides; names come from where the text quotes them. */
export function mysqlError(cause: unknown, failed: FailedStatement): MortiseError {
  if (cause instanceof MortiseError) return cause;
  const failure = driverFailure(cause);
  if (failure === undefined) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return new QueryError(`The statement failed: ${sentence(message)}${shown(failed)}`, { cause });
  }
  if (failure.errno === 0 || failure.fatal) return connectionError(failure, cause);
  return constraintError(failure, failed, cause) ?? otherError(failure, failed, cause);
}

function constraintError(
  { errno, message }: DriverFailure,
  failed: FailedStatement,
  cause: unknown,
): MortiseError | undefined {
  const model = failed.model?.table;
  const table = model ?? "";
  switch (errno) {
    case 1062:
    case 1169:
    case 1586: {
      const key = quotedNames(message).at(-1) ?? "";
      const { constraint, columns } = uniqueColumns(key, failed.model);
      const named = columns.length === 0 ? `The key ${constraint}` : nameOf(table, columns);
      const details = { constraint, table, columns, model, cause };
      return new UniqueViolationError(`${named} must be unique, and this value is already there.`, details);
    }
    case 1048:
    case 1263:
    case 1364: {
      const columns = notNullColumns(quotedNames(message)[0], failed.model);
      return new NotNullViolationError(`${nameOf(table, columns)} may not be null.`, { table, columns, model, cause });
    }
    case 1216:
    case 1217:
    case 1451:
    case 1452:
    case 1761:
    case 1762: {
      const { constraint, owner, columns } = qualifiedNames(message, failed.model);
      return new ForeignKeyViolationError(
        `The foreign key ${constraint ?? "of a table"}${owner === undefined ? "" : ` of ${owner}`} points at a row that is not there, or rows still point at this one.`,
        { constraint, table: model ?? owner ?? "", columns, model, cause },
      );
    }
    case 3819:
    case 4025: {
      const constraint = errno === 3819 ? quotedNames(message).at(-1) : /`((?:[^`]|``)*)`/.exec(message)?.[1];
      return new CheckViolationError(
        `A row ${table === "" ? "" : `of ${table} `}breaks the check ${constraint ?? ""}.`,
        {
          constraint,
          table,
          columns: [],
          model,
          cause,
        },
      );
    }
    default:
      return undefined;
  }
}

/** An upsert whose row was stopped by another key than the one it names, which the guard in its SQL reports. */
export function otherKeyError(failed: FailedStatement, cause: unknown): UniqueViolationError {
  const table = failed.model?.table ?? "";
  return new UniqueViolationError(
    `Another unique key of ${table} than the one of the upsert already holds its value.`,
    {
      table,
      columns: [],
      model: failed.model?.table,
      cause,
    },
  );
}

/** Values that the server cannot take for their column: too long, out of range, not of the type. */
const invalidValues: ReadonlySet<number> = new Set([
  1264, 1265, 1292, 1366, 1367, 1406, 1411, 1441, 1525, 1690, 3140, 3141, 3144, 3156, 3997, 4037, 4038,
]);

function otherError({ errno, message }: DriverFailure, failed: FailedStatement, cause: unknown): MortiseError {
  if (invalidValues.has(errno)) {
    return new InvalidValueError(`A value does not fit its column: ${sentence(message)}`, {
      model: failed.model?.table,
      cause,
    });
  }
  switch (errno) {
    case 1213:
    case 1614:
    case 3101:
      return new DeadlockError("Two transactions waited for each other, and the server ended this one.", { cause });
    case 1020:
      return new SerializationError("A row was changed by another transaction since this one began.", { cause });
    case 1205:
    case 3572:
      return new LockTimeoutError("A row or table is locked by another transaction.", { cause });
    case 1792:
    case 1836:
      return new QueryError(`The database or the transaction is read-only, and this is a write.${shown(failed)}`, {
        model: failed.model?.table,
        cause,
      });
    case 1153:
      return tooLong(failed, cause);
    case 1317:
      return new QueryCancelledError("The query was stopped on the server.", { cause });
    case 1969:
    case 3024:
      return new QueryTimeoutError("The query took longer than the server allows and was stopped.", { cause });
    case 1242:
      return failed.sql?.includes("on duplicate key update") === true
        ? otherKeyError(failed, cause)
        : refused(failed, message, cause);
    case 1040:
    case 1129:
    case 1203:
    case 1226:
      return new ConnectionError(`The server takes no more connections now: ${sentence(message)}`, { cause });
    case 1044:
    case 1045:
    case 1698:
    case 3118:
    case 3955:
      return new ConnectionError(
        "The server refused the user: look at user, password and the rights on the database.",
        {
          cause,
        },
      );
    case 1049:
      return new ConnectionError(`The database ${quotedNames(message)[0] ?? ""} does not exist on the server.`, {
        cause,
      });
    default:
      return refused(failed, message, cause);
  }
}

function tooLong(failed: FailedStatement, cause: unknown): QueryError {
  return new QueryError(
    `The statement or its values are longer than the server's max_allowed_packet. Send fewer rows at once, or raise it.${shown(failed)}`,
    { model: failed.model?.table, cause },
  );
}

function refused(failed: FailedStatement, message: string, cause: unknown): QueryError {
  return new QueryError(`The server refused the statement: ${sentence(message)}${shown(failed)}`, {
    model: failed.model?.table,
    cause,
  });
}

const unreachable: ReadonlySet<string> = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

function connectionError({ errno, code, message }: DriverFailure, cause: unknown): ConnectionError {
  if (errno === 0 && (code === "ECONNREFUSED" || code === "ENOENT")) {
    return new ConnectionError(
      "The server refused the connection: it does not run there, or host and port are wrong.",
      {
        cause,
      },
    );
  }
  if (errno === 0 && (code === "ENOTFOUND" || code === "EAI_AGAIN")) {
    return new ConnectionError("The host of the server is not known: look at the option host.", { cause });
  }
  if (errno === 0 && unreachable.has(code)) {
    return new ConnectionError(
      "The server cannot be reached: are host and port right, and does a firewall stand between?",
      { cause },
    );
  }
  return new ConnectionError(`The connection to the server is lost: ${sentence(message === "" ? code : message)}`, {
    cause,
  });
}

/** The SQL text of the failure. Parameters are never in it. */
function shown({ sql }: FailedStatement): string {
  return sql === undefined ? "" : ` The statement was: ${sql}`;
}

function sentence(message: string): string {
  return message.endsWith(".") ? message : `${message}.`;
}
