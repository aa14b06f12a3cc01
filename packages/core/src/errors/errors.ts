import type { ErrorCode } from "./codes.ts";
import { MortiseError } from "./mortise-error.ts";

interface Where {
  readonly model?: string | undefined;
  readonly column?: string | undefined;
  readonly cause?: unknown;
}

/** A model definition is wrong. Thrown by `defineModel` and `col`. */
export class ModelDefinitionError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "MODEL_DEFINITION", ...where });
  }
}

/** Models and relations do not fit together. Thrown by `defineRelations`, `createSchema` and `createDatabase`. */
export class SchemaError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "SCHEMA", ...where });
  }
}

/** A relation was loaded row by row. Thrown where the database was made with `nPlusOne: "error"`. */
export class NPlusOneError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "N_PLUS_ONE", ...where });
  }
}

/** A column was named that the model does not have. */
export class UnknownColumnError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "UNKNOWN_COLUMN", ...where });
  }
}

/** A relation was named that the model does not have. */
export class UnknownRelationError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "UNKNOWN_RELATION", ...where });
  }
}

/** The adapter cannot do what was asked; `alternative` says what to do instead. */
export class UnsupportedError extends MortiseError {
  readonly capability: string;
  readonly adapter: string;
  readonly alternative: string | undefined;

  constructor(details: { capability: string; adapter: string; alternative?: string } & Where) {
    const hint = details.alternative === undefined ? "" : ` ${details.alternative}`;
    super(`${details.capability} is not supported by ${details.adapter}.${hint}`, { code: "UNSUPPORTED", ...details });
    this.capability = details.capability;
    this.adapter = details.adapter;
    this.alternative = details.alternative;
  }
}

/** A value does not fit its column or argument. Thrown before anything is sent. */
export class InvalidValueError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "INVALID_VALUE", ...where });
  }
}

/** A query has no meaning as it was put together. Thrown before anything is sent. */
export class InvalidQueryError extends MortiseError {
  constructor(message: string, where: Where & { code?: ErrorCode } = {}) {
    super(message, { code: "INVALID_QUERY", ...where });
  }
}

/** An update or delete would touch every row. */
export class UnfilteredWriteError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "UNFILTERED_WRITE", ...where });
  }
}

/** A write matched more rows than `maxRows` allows; it was rolled back. */
export class TooManyRowsError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "TOO_MANY_ROWS", ...where });
  }
}

/** A query that must find a row found none. */
export class RecordNotFoundError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "RECORD_NOT_FOUND", ...where });
  }
}

/** A query that must find exactly one row found more. */
export class MultipleRecordsError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "MULTIPLE_RECORDS", ...where });
  }
}

/** The database cannot be opened or reached. */
export class ConnectionError extends MortiseError {
  constructor(message: string, where: Where & { code?: ErrorCode } = {}) {
    super(message, { code: "CONNECTION", ...where });
  }
}

/** A lock could not be had in time. */
export class LockTimeoutError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "DATABASE_BUSY", ...where });
  }
}

/** Two transactions waited for each other and the engine ended this one. Retried by `transaction({ retry })`. */
export class DeadlockError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "DEADLOCK", ...where });
  }
}

/** The transaction could not be ordered among concurrent ones. Retried by `transaction({ retry })`. */
export class SerializationError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "SERIALIZATION", ...where });
  }
}

/** A statement or transaction took longer than its `timeout` and was stopped on the server. */
export class QueryTimeoutError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "QUERY_TIMEOUT", ...where });
  }
}

/** A statement or transaction was stopped because its `signal` was aborted; the signal's reason is the `cause`. */
export class QueryCancelledError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "QUERY_CANCELLED", ...where });
  }
}

/** No connection of the pool became free in time. */
export class PoolTimeoutError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "POOL_TIMEOUT", ...where });
  }
}

/** The connection broke during COMMIT: the transaction may have been committed or not. Never retried. */
export class CommitOutcomeUnknownError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "COMMIT_UNKNOWN", ...where });
  }
}

/** A transaction was used in a way that has no meaning: after its end, or from outside. */
export class TransactionError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "TRANSACTION", ...where });
  }
}

/** The database refused a statement; the driver's error is the `cause`. */
export class QueryError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "QUERY_FAILED", ...where });
  }
}

/** A stored value cannot be decrypted: it was changed or moved, or the key is not at hand. */
export class DecryptionError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "DECRYPTION", ...where });
  }
}

/** A migration step failed or was refused. */
export class MigrationError extends MortiseError {
  constructor(message: string, where: Where = {}) {
    super(message, { code: "MIGRATION", ...where });
  }
}
